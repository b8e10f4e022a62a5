import { cases, type Work } from './cases.ts';
import { type Measurement, measure, runProgram, type SigningLoad } from './load.ts';
import type { CaseResult } from './results.ts';
import { rounds } from './rounds.ts';
import { people, signIn, type Target, type Tokens } from './target.ts';

export interface MeasureOptions {
  connections: number;
  /** Of measuring each case at each server, warm-up aside. */
  seconds: number;
  /** Hears what is measured next. */
  onStep(step: string): void;
}

/** Measures every case at both emulators, beside the machine's signing rate where a case signs. */
export async function measureCases(
  options: MeasureOptions,
  localPool: Target,
  cognitoLocal: Target,
): Promise<CaseResult[]> {
  const ourTokens = await signInAll(localPool);
  const theirTokens = await signInAll(cognitoLocal);
  const results: CaseResult[] = [];
  for (const one of cases) {
    options.onStep(one.name);
    const ours = one.of(localPool, ourTokens);
    const theirs = one.of(cognitoLocal, theirTokens);
    if (!ours) throw new Error(`The local pool has no ${one.name}`);
    const measured = await rounds({
      ...(one.signatures > 0 && { signing: () => measureSigning(options) }),
      localPool: () => measureWork(options, localPool, one.name, ours),
      ...(theirs && { cognitoLocal: () => measureWork(options, cognitoLocal, one.name, theirs) }),
    });
    results.push({ name: one.name, signatures: one.signatures, ...measured });
  }
  return results;
}

/** Puts one kind of work on a server. @throws Error naming both, at the first answer that is not as expected */
export async function measureWork(
  options: MeasureOptions,
  target: Target,
  name: string,
  work: Work,
): Promise<Measurement> {
  try {
    const { port } = target;
    const { connections } = options;
    return await measure({ ...work, port, connections, ...roundOf(options) });
  } catch (error) {
    throw new Error(`${name} at ${target.name} ${error instanceof Error ? error.message : 'failed'}`);
  }
}

function measureSigning(options: MeasureOptions): Promise<Measurement> {
  const load: SigningLoad = { concurrency: options.connections, ...roundOf(options) };
  // Node.js signs on four threads unless it is told otherwise, and the limit is that of all processors.
  return runProgram('signing-limit.ts', load, { UV_THREADPOOL_SIZE: '16' });
}

/** Everything is measured in two rounds. */
const roundOf = ({ seconds }: MeasureOptions) => ({ seconds: seconds / 2, warmUpSeconds: seconds / 8 });

const signInAll = (target: Target): Promise<Tokens[]> =>
  Promise.all(people.map((person) => signIn(target, person)));
