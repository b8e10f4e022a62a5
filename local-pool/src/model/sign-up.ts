import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { NameTakenError, updateUser } from '../store/users.ts';
import type { AppClient } from './app-client.ts';
import { countAttempt } from './attempt-limit.ts';
import { requireSchema, requireWritable } from './attributes.ts';
import type { CodeDelivery } from './code-delivery.ts';
import { createUser, withUsernameAttribute } from './create-user.ts';
import { requirePasswordPolicy } from './password-policy.ts';
import { inventDelivery, userNotFound } from './unknown-user.ts';
import type { User } from './user.ts';
import { findUserByTypedName, normaliseName, signInNames } from './user-names.ts';
import type { UserPool, VerifiableAttribute } from './user-pool.ts';
import { expiredCode, sendVerificationCode, takeVerificationCode } from './verification-code.ts';

export interface SignUpResult {
  user: User;
  /** Absent when the pool verifies no attribute by itself: an administrator must confirm the user then. */
  delivery?: CodeDelivery;
}

/**
 * Registers a person and sends a confirmation code (Cognito: SignUp).
 * @throws CognitoError NotAuthorizedException, InvalidParameterException, InvalidPasswordException, UsernameExistsException.
 */
export async function signUp(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient,
  input: { username: string; password: string; attributes: Record<string, string> },
): Promise<SignUpResult> {
  if (userPool.allowAdminCreateUserOnly)
    throw new CognitoError('NotAuthorizedException', 'SignUp is not permitted for this user pool');
  const given = Object.fromEntries(Object.entries(input.attributes).filter(([, value]) => value !== ''));
  const attributes = withUsernameAttribute(userPool, input.username, given);
  requireSchema(userPool, attributes, { newUser: true });
  requireWritable(client, given);
  requirePasswordPolicy(userPool.passwordPolicy, input.password);
  const user = createUser(pool, userPool, input.username, input.password, attributes, 'UNCONFIRMED');
  const target = confirmationTarget(userPool, user);
  return target ? { user, delivery: sendVerificationCode(pool, user, 'signUp', target) } : { user };
}

/**
 * Confirms a registration with the code that was sent, which also verifies the address it was sent to.
 * @throws CognitoError CodeMismatchException, ExpiredCodeException, NotAuthorizedException, AliasExistsException,
 *   LimitExceededException, UserNotFoundException (Cognito: ConfirmSignUp).
 */
export async function confirmSignUp(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient,
  input: { username: string; code: string },
): Promise<void> {
  countAttempt(pool, userPool.id, normaliseName(userPool, input.username), 'confirmSignUp');
  const user = findUserByTypedName(pool, userPool, input.username);
  if (!user) throw client.preventUserExistenceErrors ? expiredCode() : userNotFound();
  if (user.status !== 'UNCONFIRMED')
    throw new CognitoError(
      'NotAuthorizedException',
      `User cannot be confirmed. Current status is ${user.status}`,
    );
  const attribute = takeVerificationCode(pool, user, 'signUp', input.code);
  user.status = 'CONFIRMED';
  user.attributes[`${attribute}_verified`] = 'true';
  try {
    updateUser(pool, user, signInNames(userPool, user));
  } catch (error) {
    if (error instanceof NameTakenError)
      throw new CognitoError('AliasExistsException', `An account with the ${attribute} already exists.`);
    throw error;
  }
}

/**
 * Sends the confirmation code again; the older one is no longer good.
 * @throws CognitoError InvalidParameterException, NotAuthorizedException, LimitExceededException, UserNotFoundException
 *   (Cognito: ResendConfirmationCode).
 */
export async function resendConfirmationCode(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient,
  input: { username: string },
): Promise<CodeDelivery> {
  countAttempt(pool, userPool.id, normaliseName(userPool, input.username), 'resendConfirmationCode');
  const user = findUserByTypedName(pool, userPool, input.username);
  if (!user) {
    if (client.preventUserExistenceErrors) return inventDelivery(userPool, input.username);
    throw userNotFound();
  }
  if (user.status !== 'UNCONFIRMED')
    throw new CognitoError('InvalidParameterException', 'User is already confirmed.');
  const target = confirmationTarget(userPool, user);
  if (!target)
    throw new CognitoError('NotAuthorizedException', 'Cannot resend codes. Auto verification not turned on.');
  return sendVerificationCode(pool, user, 'signUp', target);
}

/** SMS goes before mail where the pool verifies both (Cognito: SignUp). */
function confirmationTarget(userPool: UserPool, user: User): VerifiableAttribute | undefined {
  return (['phone_number', 'email'] as const).find(
    (attribute) => userPool.autoVerifiedAttributes.includes(attribute) && user.attributes[attribute],
  );
}
