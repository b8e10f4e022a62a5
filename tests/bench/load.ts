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
  /** Cookie headers, sent in turn too; none when absent. */
  cookies?: string[];
  connections: number;
  /** Not measured. */
  warmUpSeconds: number;
  seconds: number;
  /** Sends every body, or every cookie, one time and none again, without a warm-up. */
  eachOnce?: boolean;
  /**
   * So many begin in a second, however long they take, and each counts from when it was due. Absent = each connection
   * sends its next as soon as it has an answer.
   */
  perSecond?: number;
  /** Goes on after an answer that is not as expected, and counts it. */
  countFailures?: boolean;
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
  /** Milliseconds, in the order in which the answers came. */
  latencies: number[];
  /** Answers that were not as expected. */
  failures: number;
}

/** What a program of this folder sends back. */
export type Answer<Result> = { result: Result } | { problem: string };

/** A program of this folder in a process of its own, for one piece of work after the other. */
interface Program<Work, Result> {
  /** @throws Error with the program's reason */
  run(work: Work): Promise<Result>;
  end(): void;
}

/** @param env added to this process's own environment */
function startProgram<Work extends object, Result>(
  program: string,
  env: Record<string, string> = {},
): Program<Work, Result> {
  const child = fork(join(import.meta.dirname, program), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const ended = unexpectedEnd(child, () => complaints);
  // Whoever gives it work hears of it.
  ended.catch(() => {});
  return {
    async run(work) {
      child.send(work);
      const [answer] = (await Promise.race([once(child, 'message'), ended])) as [Answer<Result>];
      if ('problem' in answer) throw new Error(answer.problem);
      return answer.result;
    },
    end: () => child.disconnect(),
  };
}

/**
 * Has a program of this folder do one thing.
 * @param work what it is to do
 * @param env added to this process's own environment
 * @throws Error with the program's reason
 */
export async function runProgram<Result>(
  program: string,
  work: object,
  env: Record<string, string> = {},
): Promise<Result> {
  const { run, end } = startProgram<object, Result>(program, env);
  try {
    return await run(work);
  } finally {
    end();
  }
}

/** Puts loads on servers, one after the other. */
export type LoadGenerator = Program<Load, Measurement>;

/** One generator for several loads whose figures are compared with each other. */
export const startLoadGenerator = (): LoadGenerator => startProgram('load-generator.ts');

/** Puts one load on a server. @throws Error with the generator's reason */
export const measure = (load: Load): Promise<Measurement> => runProgram('load-generator.ts', load);

async function unexpectedEnd(child: ReturnType<typeof fork>, complaints: () => string): Promise<never> {
  const [code] = await once(child, 'close');
  throw new Error(`the measuring program ended with ${code}: ${complaints()}`);
}

/** Several measurements of one thing as one. */
export function merge(measurements: Measurement[]): Measurement {
  return {
    count: sum(measurements.map(({ count }) => count)),
    seconds: sum(measurements.map(({ seconds }) => seconds)),
    latencies: measurements.flatMap(({ latencies }) => latencies),
    failures: sum(measurements.map(({ failures }) => failures)),
  };
}

/** How many a second. */
export const rate = ({ count, seconds }: Measurement): number => count / seconds;

/** The latency, in milliseconds, that a share of all exchanges (0.5, 0.99) did not exceed. */
export function percentile({ latencies }: Pick<Measurement, 'latencies'>, share: number): number {
  const sorted = Float64Array.from(latencies).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
