import type { Answer, Measurement } from './load.ts';

/**
 * Does something over and over on several lanes at once.
 * @param once does it one time; told which time it is
 * @param times after so many it stops before its time
 */
export async function repeat(
  lanes: number,
  seconds: number,
  once: (turn: number) => Promise<unknown>,
  times = Number.POSITIVE_INFINITY,
): Promise<Measurement> {
  const latencies: number[] = [];
  const begin = performance.now();
  const end = begin + seconds * 1_000;
  let turn = 0;
  async function lane(): Promise<void> {
    for (let sent = performance.now(); sent < end && turn < times; sent = performance.now()) {
      await once(turn++);
      latencies.push(performance.now() - sent);
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  return { count: latencies.length, seconds: (performance.now() - begin) / 1_000, latencies };
}

/** For a program that was started with a load: takes it, answers, and ends. */
export function answerLoad<L>(work: (load: L) => Promise<Measurement>): void {
  process.once('disconnect', () => process.exit(1));
  process.once('message', async (load: L) => {
    const answer: Answer = await work(load).then(
      (measurement) => ({ measurement }),
      (error: Error) => ({ problem: error.message }),
    );
    process.send?.(answer, () => process.exit(0));
  });
}
