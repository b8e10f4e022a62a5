import { deleteAttempts, findAttempts, putAttempts } from '../store/attempts.ts';
import type { StoreContext } from '../store/database.ts';
import type { User } from './user.ts';
import { normaliseName } from './user-names.ts';
import type { UserPool } from './user-pool.ts';

const FREE_FAILURES = 5;
const LONGEST_LOCK_MS = 15 * 60 * 1000;
const IDLE_RESET_MS = 15 * 60 * 1000;

/** What is guessed at: each has its own count. */
export type GuessedSecret = 'password' | 'mfa' | 'firstFactorCode';

/** Whether sign-in is locked for a name after failures. Asking does not extend the lock. */
export function isLockedOut(
  context: StoreContext,
  userPoolId: string,
  name: string,
  kind: GuessedSecret = 'password',
): boolean {
  const attempts = findAttempts(context, userPoolId, name, kind);
  return attempts !== undefined && context.clock.now() < attempts.blockedUntil;
}

/** Counts a failure: from the fifth on, each locks for 2^(n-5) seconds up to 15 minutes (Cognito: Lockout behavior). */
export function recordFailure(
  context: StoreContext,
  userPoolId: string,
  name: string,
  kind: GuessedSecret = 'password',
): void {
  const now = context.clock.now();
  const before = findAttempts(context, userPoolId, name, kind);
  // Idle time begins when the lock ends: counted from the failure, the longest lock would already be the reset.
  const count = before && now - before.blockedUntil < IDLE_RESET_MS ? before.count + 1 : 1;
  const lock = count < FREE_FAILURES ? 0 : Math.min(2 ** (count - FREE_FAILURES) * 1000, LONGEST_LOCK_MS);
  putAttempts(context, userPoolId, name, kind, { count, since: now, blockedUntil: now + lock });
}

/** Forgets the failures, after a success. */
export function clearFailures(
  context: StoreContext,
  userPoolId: string,
  name: string,
  kind: GuessedSecret = 'password',
): void {
  // Reading first: nearly every sign-in has nothing to forget, and a write costs far more.
  if (findAttempts(context, userPoolId, name, kind)) deleteAttempts(context, userPoolId, name, kind);
}

/** What the lock counts on: the user, or what was typed where there is none. */
export function lockoutName(userPool: UserPool, typed: string, user: User | undefined): string {
  return user ? `sub:${user.sub}` : `name:${normaliseName(userPool, typed)}`;
}
