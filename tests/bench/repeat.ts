import type { Answer, Measurement } from './load.ts';

interface Count {
  /** Stops before its time after so many. */
  times?: number;
  /** Goes on after a failure, and counts it. */
  countFailures?: boolean;
}

/** Does something once, and writes down how long it took since `from`. */
function recorder({ countFailures = false }: Count) {
  const latencies: number[] = [];
  const begin = performance.now();
  let failures = 0;
  return {
    begin,
    async record(from: number, once: Promise<unknown>): Promise<void> {
      await once.catch((error: Error) => {
        if (!countFailures) throw error;
        failures += 1;
      });
      latencies.push(performance.now() - from);
    },
    measurement: (): Measurement => ({
      count: latencies.length,
      seconds: (performance.now() - begin) / 1_000,
      latencies,
      failures,
    }),
  };
}

/**
 * Does something over and over on several lanes at once.
 * @param once does it one time; told which time it is
 */
export async function repeat(
  lanes: number,
  seconds: number,
  once: (turn: number) => Promise<unknown>,
  count: Count = {},
): Promise<Measurement> {
  const { times = Number.POSITIVE_INFINITY } = count;
  const { begin, record, measurement } = recorder(count);
  const end = begin + seconds * 1_000;
  let turn = 0;
  async function lane(): Promise<void> {
    for (let sent = performance.now(); sent < end && turn < times; sent = performance.now())
      await record(sent, once(turn++));
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  return measurement();
}

const TICK_MS = 1;

/** Does something so many times a second. What is late because something else took long counts as slow itself. */
export async function pace(
  perSecond: number,
  seconds: number,
  once: (turn: number) => Promise<unknown>,
  count: Count = {},
): Promise<Measurement> {
  const { begin, record, measurement } = recorder(count);
  const underWay: Promise<void>[] = [];
  const total = Math.round(perSecond * seconds);
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(total, ((performance.now() - begin) * perSecond) / 1_000);
      for (let turn = underWay.length; turn < due; turn = underWay.length) {
        const one = record(begin + (turn * 1_000) / perSecond, once(turn));
        // Whoever waits for all of them hears of it below.
        one.catch(() => {});
        underWay.push(one);
      }
      if (underWay.length < total) return;
      clearInterval(timer);
      resolve();
    }, TICK_MS);
  });
  await Promise.all(underWay);
  return measurement();
}

/** For a program that was started to do work: answers each piece of it, until whoever started it lets go. */
export function answerLoad<Work, Result = Measurement>(work: (load: Work) => Promise<Result>): void {
  process.once('disconnect', () => process.exit(0));
  process.on('message', async (load: Work) => {
    const answer: Answer<Result> = await work(load).then(
      (result) => ({ result }),
      (error: Error) => ({ problem: error.message }),
    );
    process.send?.(answer);
  });
}
