import { randomBytes } from 'node:crypto';
import type { LocalPool } from '../local-pool.ts';
import { fitsCredential, SRP_PRIME } from '../srp.ts';
import type { AppClient } from './app-client.ts';
import { clearFailures, isLockedOut, recordFailure } from './lockout.ts';
import type { User } from './user.ts';
import { findUserByTypedName, normaliseName } from './user-names.ts';
import { poolNameOf, type UserPool } from './user-pool.ts';

export type SignInRefusal =
  | 'NotAuthorized'
  | 'UserNotFound'
  | 'Locked'
  | 'UserDisabled'
  | 'PasswordResetRequired'
  | 'UserNotConfirmed'
  | 'NewPasswordRequired';

export type SignInOutcome =
  | { kind: 'signed-in'; user: User }
  | { kind: 'refused'; code: SignInRefusal; message: string };

/**
 * Checks a password, in Cognito's order: lock, password, enabled, status. Unknown users cost the same work and are
 * locked alike; only a client with PreventUserExistenceErrors off is told that a user does not exist.
 */
export async function signInWithPassword(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient,
  username: string,
  password: string,
): Promise<SignInOutcome> {
  const user = findUserByTypedName(pool, userPool, username);
  const lockName = lockoutName(userPool, username, user);
  if (isLockedOut(pool, userPool.id, lockName)) return refused('Locked', 'Password attempts exceeded');

  const poolName = poolNameOf(userPool.id);
  if (!fitsCredential(user ?? UNKNOWN_USER, poolName, user?.username ?? username, password)) {
    recordFailure(pool, userPool.id, lockName);
    return user || client.preventUserExistenceErrors
      ? refused('NotAuthorized', 'Incorrect username or password.')
      : refused('UserNotFound', 'User does not exist.');
  }
  if (!user) return refused('NotAuthorized', 'Incorrect username or password.');
  clearFailures(pool, userPool.id, lockName);
  return outcomeOf(user);
}

/** What the lock counts on: the user, or what was typed where there is none. */
export function lockoutName(userPool: UserPool, typed: string, user: User | undefined): string {
  return user ? `sub:${user.sub}` : `name:${normaliseName(userPool, typed)}`;
}

function outcomeOf(user: User): SignInOutcome {
  if (!user.enabled) return refused('UserDisabled', 'User is disabled.');
  switch (user.status) {
    case 'CONFIRMED':
      return { kind: 'signed-in', user };
    case 'UNCONFIRMED':
      return refused('UserNotConfirmed', 'User is not confirmed.');
    case 'RESET_REQUIRED':
      return refused('PasswordResetRequired', 'Password reset required for the user');
    case 'FORCE_CHANGE_PASSWORD':
      return refused('NewPasswordRequired', 'A new password is required.');
    case 'EXTERNAL_PROVIDER':
      return refused('NotAuthorized', 'Incorrect username or password.');
  }
}

function refused(code: SignInRefusal, message: string): SignInOutcome {
  return { kind: 'refused', code, message };
}

// No password has this verifier: finding one would take a discrete logarithm.
const UNKNOWN_USER = {
  srpSalt: randomBytes(16).toString('hex'),
  srpVerifier: randomBytes(SRP_PRIME.length / 2 - 1).toString('hex'),
};
