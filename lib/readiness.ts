import { tokenVerifier } from './cognito/token-verifier.ts';
import { database } from './data/database.ts';
import { processWide } from './process-wide.ts';
import { remembering } from './remembering.ts';

/** In milliseconds. Anybody may ask, as often as they like. */
const REMEMBERED_MS = 1_000;

interface Readiness {
  /** Its signing keys could be had, at most ten seconds ago. */
  readonly userPool: boolean;
  readonly database: boolean;
}

async function reach(): Promise<Readiness> {
  const [userPool, reachable] = await Promise.all([tokenVerifier().ready(), database().reachable()]);
  return { userPool, database: reachable };
}

/** @returns whether what this application cannot do without answers, as it was within the last second */
export const readiness = (): Promise<Readiness> =>
  processWide('readiness', () => remembering(reach, () => REMEMBERED_MS))();
