import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Question } from './exchange.ts';

/** One question to one server, over and over. */
export interface Load {
  port: number;
  question: Question;
  /** Sent in turn; a GET has one empty body. */
  bodies: string[];
  connections: number;
  /** Not measured. */
  warmUpSeconds: number;
  seconds: number;
  /** Sends every body one time and none again, without a warm-up. */
  eachOnce?: boolean;
}

/** The machine's own RSA-2048 signatures, with no server at all. */
export interface SigningLoad {
  /** Signatures under way at a time. */
  concurrency: number;
  warmUpSeconds: number;
  seconds: number;
}

export interface Measurement {
  count: number;
  seconds: number;
  /** Milliseconds, in no order. */
  latencies: number[];
}

/** What a program of this folder sends back. */
export type Answer = { measurement: Measurement } | { problem: string };

/** Runs a program of this folder under load in its own process. @throws Error with the program's reason */
export async function measure(
  program: 'load-generator.ts' | 'signing-limit.ts',
  load: Load | SigningLoad,
): Promise<Measurement> {
  // Node.js signs on four threads unless it is told otherwise, and the limit is that of all processors.
  const env = { ...process.env, UV_THREADPOOL_SIZE: '16' };
  const child = fork(join(import.meta.dirname, program), { env });
  child.send(load);
  const [answer] = (await Promise.race([once(child, 'message'), unexpectedEnd(child)])) as [Answer];
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.measurement;
}

async function unexpectedEnd(child: ReturnType<typeof fork>): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`the measuring program ended with ${code}`);
}

/** Several measurements of one thing as one. */
export function merge(measurements: Measurement[]): Measurement {
  return {
    count: sum(measurements.map(({ count }) => count)),
    seconds: sum(measurements.map(({ seconds }) => seconds)),
    latencies: measurements.flatMap(({ latencies }) => latencies),
  };
}

/** How many a second. */
export const rate = ({ count, seconds }: Measurement): number => count / seconds;

/** The latency, in milliseconds, that a share of all exchanges (0.5, 0.99) did not exceed. */
export function percentile({ latencies }: Measurement, share: number): number {
  const sorted = Float64Array.from(latencies).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
