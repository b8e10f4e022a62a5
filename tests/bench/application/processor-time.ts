import type { Measurement } from '../load.ts';
import { processorSeconds, type ServerProcess } from '../server-process.ts';

export interface ProcessorMeasurement extends Measurement {
  /** Milliseconds of processor time that the server took for each answer. */
  processorEach: number;
}

/** Measures a load of a server, and the processor time that the server's process takes for it. */
export async function withProcessorTime(
  { pid }: Pick<ServerProcess, 'pid'>,
  load: () => Promise<Measurement>,
): Promise<ProcessorMeasurement> {
  const before = processorSeconds(pid);
  const measurement = await load();
  const used = processorSeconds(pid) - before;
  return { ...measurement, processorEach: (used * 1_000) / measurement.count };
}
