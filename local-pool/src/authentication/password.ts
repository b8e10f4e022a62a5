import { randomBytes } from 'node:crypto';
import { CognitoError } from '../errors.ts';
import { runPreAuthentication } from '../lambda/pre-authentication.ts';
import { runUserMigration } from '../lambda/user-migration.ts';
import { clearFailures, isLockedOut, lockoutName, recordFailure } from '../model/lockout.ts';
import type { User } from '../model/user.ts';
import { findUserByTypedName } from '../model/user-names.ts';
import { poolNameOf } from '../model/user-pool.ts';
import { fitsCredential, type SrpCredential } from '../srp/credential.ts';
import { SRP_PRIME } from '../srp/group.ts';
import type { Attempt } from './attempt.ts';
import { incorrectCredentials, notAuthorized } from './refusals.ts';

/**
 * Finds who a typed name and password are. Unknown users cost the same work and are locked alike; only a client with
 * PreventUserExistenceErrors off is told that a user does not exist. Whoever it is may still have to change the
 * password, confirm the account, or prove more.
 * @throws CognitoError NotAuthorizedException, UserNotFoundException, or of the triggers
 */
export async function checkPassword(attempt: Attempt, username: string, password: string): Promise<User> {
  const user = findUserByTypedName(attempt.pool, attempt.userPool, username);
  const migrated = user ? undefined : await migrateUser(attempt, username, password);
  if (migrated) return migrated;
  await beforePassword(attempt, user, username);
  return judgePassword(attempt, user, username, password);
}

/**
 * Judges a password that someone chose to be asked for, in a sign-in that has begun already.
 * @throws CognitoError NotAuthorizedException, or of the user migration trigger
 */
export async function judgeChosenPassword(
  attempt: Attempt,
  user: User | undefined,
  username: string,
  password: string,
): Promise<User> {
  const migrated = user ? undefined : await migrateUser(attempt, username, password);
  if (migrated) return migrated;
  requireUnlocked(attempt, user, username);
  return judgePassword(attempt, user, username, password);
}

function judgePassword(
  { pool, userPool, client }: Attempt,
  user: User | undefined,
  username: string,
  password: string,
): User {
  const name = lockoutName(userPool, username, user);
  if (!fitsCredential(credentialOf(user), poolNameOf(userPool.id), user?.username ?? username, password)) {
    recordFailure(pool, userPool.id, name);
    if (user || client.preventUserExistenceErrors) throw incorrectCredentials();
    throw userDoesNotExist();
  }
  if (!user) throw incorrectCredentials();
  clearFailures(pool, userPool.id, name);
  return user;
}

/**
 * What comes before any judgement of a password, typed or proven by SRP: the pre authentication trigger, and the lock.
 * @throws CognitoError NotAuthorizedException, or of the trigger
 */
export async function beforePassword(
  attempt: Attempt,
  user: User | undefined,
  username: string,
): Promise<void> {
  await runBeforeSignIn(attempt, user, username);
  requireUnlocked(attempt, user, username);
}

/** Runs the pre authentication trigger. @throws CognitoError of the trigger */
export function runBeforeSignIn(
  { pool, userPool, client, validationData }: Attempt,
  user: User | undefined,
  username: string,
): Promise<void> {
  return runPreAuthentication(pool, userPool, client, { user, username, validationData });
}

/** @throws CognitoError NotAuthorizedException while wrong passwords have locked the account */
export function requireUnlocked({ pool, userPool }: Attempt, user: User | undefined, username: string): void {
  if (isLockedOut(pool, userPool.id, lockoutName(userPool, username, user)))
    throw notAuthorized('Password attempts exceeded');
}

/** The answer about an unknown user to a client that may know. */
export const userDoesNotExist = (): CognitoError =>
  new CognitoError('UserNotFoundException', 'User does not exist.');

/**
 * Asks the user migration trigger about someone unknown.
 * @returns undefined when it does not know them either
 * @throws CognitoError NotAuthorizedException, or of the trigger
 */
async function migrateUser(attempt: Attempt, username: string, password: string): Promise<User | undefined> {
  const { pool, userPool, client, validationData, clientMetadata } = attempt;
  // Before the trigger: it judges passwords too, and must not be asked without end.
  requireUnlocked(attempt, undefined, username);
  const credentials = { username, password, validationData, clientMetadata };
  try {
    return await runUserMigration(pool, userPool, client, 'UserMigration_Authentication', credentials);
  } catch (error) {
    recordFailure(pool, userPool.id, lockoutName(userPool, username, undefined));
    throw error;
  }
}

/** What a password is measured by; for someone without one, a verifier that none has. */
export function credentialOf(user: User | undefined): SrpCredential {
  if (!user?.srpSalt || !user.srpVerifier) return NOBODY;
  return { srpSalt: user.srpSalt, srpVerifier: user.srpVerifier };
}

// No password has this verifier: finding one would take a discrete logarithm.
const NOBODY = {
  srpSalt: randomBytes(16).toString('hex'),
  srpVerifier: randomBytes(SRP_PRIME.length / 2 - 1).toString('hex'),
};
