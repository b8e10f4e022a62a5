import { tokenVerifier } from './cognito/token-verifier.ts';
import { database } from './data/database.ts';
import { processWide } from './process-wide.ts';

/** In milliseconds. Anybody may ask, as often as they like. */
const REMEMBERED_MS = 1_000;

export interface Readiness {
  /** Its signing keys could be had, at most ten seconds ago. */
  readonly userPool: boolean;
  readonly database: boolean;
}

/**
 * Makes a check that is carried out once at a time, and whose result is given out for a second.
 * @param now milliseconds from any moment, of a clock that nobody sets
 */
export function rememberingCheck(
  check: () => Promise<Readiness>,
  now: () => number = () => performance.now(),
): () => Promise<Readiness> {
  let last: Promise<Readiness> | undefined;
  let goodUntil = 0;
  return () => {
    if (last && now() < goodUntil) return last;
    goodUntil = Number.POSITIVE_INFINITY;
    last = check().finally(() => {
      goodUntil = now() + REMEMBERED_MS;
    });
    return last;
  };
}

async function reach(): Promise<Readiness> {
  const [userPool, reachable] = await Promise.all([tokenVerifier().ready(), database().reachable()]);
  return { userPool, database: reachable };
}

/** @returns whether what this application cannot do without answers, as it was within the last second */
export const readiness = (): Promise<Readiness> => processWide('readiness', () => rememberingCheck(reach))();
