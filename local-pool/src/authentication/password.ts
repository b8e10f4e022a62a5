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
  const { pool, userPool, client } = attempt;
  const user = findUserByTypedName(pool, userPool, username);
  if (!user) {
    const migrated = await migrate(attempt, username, password);
    if (migrated) return migrated;
  }
  await beforePassword(attempt, user, username);
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
  const { pool, userPool, client, validationData } = attempt;
  if (user ? user.enabled : client.preventUserExistenceErrors)
    await runPreAuthentication(pool, userPool, client, { user, username, validationData });
  if (isLockedOut(pool, userPool.id, lockoutName(userPool, username, user)))
    throw notAuthorized('Password attempts exceeded');
}

/** The answer about an unknown user to a client that may know. */
export const userDoesNotExist = (): CognitoError =>
  new CognitoError('UserNotFoundException', 'User does not exist.');

function migrate(
  { pool, userPool, client, validationData, clientMetadata }: Attempt,
  username: string,
  password: string,
): Promise<User | undefined> {
  return runUserMigration(pool, userPool, client, 'UserMigration_Authentication', {
    username,
    password,
    validationData,
    clientMetadata,
  });
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
