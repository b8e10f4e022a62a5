/** `skipped` says why nothing is known. A warning is worth a thought; with a problem, something does not work or is not safe. */
export type Verdict = 'ok' | 'skipped' | 'warning' | 'problem';

export interface Result {
  verdict: Verdict;
  /** A sentence for a person; never with a secret or a token. */
  found: string;
  /** What to do, for warnings and problems. */
  advice?: string;
}

export interface Finding extends Result {
  check: string;
}

/** One question to one part of a deployment. */
export interface Check<Subject> {
  name: string;
  examine(subject: Subject): Result | Promise<Result>;
}

export const ok = (found: string): Result => ({ verdict: 'ok', found });
export const skipped = (found: string): Result => ({ verdict: 'skipped', found });
export const warning = (found: string, advice: string): Result => ({ verdict: 'warning', found, advice });
export const problem = (found: string, advice: string): Result => ({ verdict: 'problem', found, advice });

/** Asks one question after the other, so that each answer can be shown as soon as it is there. */
export async function* examineAll<Subject>(
  checks: readonly Check<Subject>[],
  subject: Subject,
): AsyncGenerator<Finding> {
  for (const { name, examine } of checks) yield { check: name, ...(await examine(subject)) };
}
