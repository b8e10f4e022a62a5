import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { createCredential } from '../srp.ts';
import { updateUser } from '../store/users.ts';
import type { AppClient } from './app-client.ts';
import { countAttempt } from './attempt-limit.ts';
import type { CodeDelivery } from './code-delivery.ts';
import { clearFailures } from './lockout.ts';
import { requirePasswordPolicy } from './password-policy.ts';
import { lockoutName } from './sign-in.ts';
import { inventDelivery, userNotFound } from './unknown-user.ts';
import type { User } from './user.ts';
import { findUserByTypedName, normaliseName, signInNames } from './user-names.ts';
import { poolNameOf, type UserPool, type VerifiableAttribute } from './user-pool.ts';
import { codeMismatch, sendVerificationCode, takeVerificationCode } from './verification-code.ts';

/**
 * Sends a code with which a password may be reset; the old password stays good until then. A client with
 * PreventUserExistenceErrors gets a made-up delivery where there is nobody to send to.
 * @throws CognitoError LimitExceededException, UserNotFoundException, NotAuthorizedException, InvalidParameterException
 *   (Cognito: ForgotPassword).
 */
export async function forgotPassword(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient,
  input: { username: string },
): Promise<CodeDelivery> {
  countAttempt(pool, userPool.id, normaliseName(userPool, input.username), 'forgotPassword');
  const user = findUserByTypedName(pool, userPool, input.username);
  try {
    if (!user) throw userNotFound();
    return sendVerificationCode(pool, user, 'forgot', requireRecoveryTarget(userPool, user));
  } catch (error) {
    if (error instanceof CognitoError && client.preventUserExistenceErrors)
      return inventDelivery(userPool, input.username);
    throw error;
  }
}

/**
 * Sets a new password with the code that was sent, and forgets failed sign-ins. Tokens already issued stay good.
 * @throws CognitoError InvalidPasswordException, CodeMismatchException, ExpiredCodeException, LimitExceededException,
 *   UserNotFoundException (Cognito: ConfirmForgotPassword).
 */
export async function confirmForgotPassword(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient,
  input: { username: string; code: string; password: string },
): Promise<void> {
  countAttempt(pool, userPool.id, normaliseName(userPool, input.username), 'forgotPassword');
  requirePasswordPolicy(userPool.passwordPolicy, input.password);
  const user = findUserByTypedName(pool, userPool, input.username);
  if (!user?.enabled) throw client.preventUserExistenceErrors ? codeMismatch() : userNotFound();
  const attribute = takeVerificationCode(pool, user, 'forgot', input.code);
  if (user.status === 'UNCONFIRMED') user.attributes[`${attribute}_verified`] = 'true';
  user.status = 'CONFIRMED';
  Object.assign(user, createCredential(poolNameOf(userPool.id), user.username, input.password));
  updateUser(pool, user, signInNames(userPool, user));
  clearFailures(pool, userPool.id, lockoutName(userPool, input.username, user));
}

function requireRecoveryTarget(userPool: UserPool, user: User): VerifiableAttribute {
  if (!user.enabled) throw new CognitoError('NotAuthorizedException', 'User is disabled.');
  if (user.status === 'FORCE_CHANGE_PASSWORD' || user.status === 'EXTERNAL_PROVIDER')
    throw new CognitoError('NotAuthorizedException', 'User password cannot be reset in the current state.');
  const mechanisms =
    userPool.accountRecovery.length > 0
      ? userPool.accountRecovery
      : (['verified_phone_number', 'verified_email'] as const);
  for (const mechanism of mechanisms) {
    if (mechanism === 'admin_only')
      throw new CognitoError('NotAuthorizedException', 'Contact administrator to reset password.');
    const attribute = mechanism === 'verified_email' ? 'email' : 'phone_number';
    if (user.attributes[attribute] && user.attributes[`${attribute}_verified`] === 'true') return attribute;
  }
  throw new CognitoError(
    'InvalidParameterException',
    'Cannot reset password for the user as there is no registered/verified email or phone_number',
  );
}
