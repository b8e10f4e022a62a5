import { CognitoError } from '../errors.ts';
import { runPostConfirmation } from '../lambda/post-confirmation.ts';
import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from './app-client.ts';
import { countAttempt } from './attempt-limit.ts';
import { changeUser } from './change-user.ts';
import type { CodeDelivery } from './code-delivery.ts';
import { lockoutName } from './lockout.ts';
import { inventDelivery, userNotFound } from './unknown-user.ts';
import type { User } from './user.ts';
import { findUserByTypedName } from './user-names.ts';
import type { UserPool, VerifiableAttribute } from './user-pool.ts';
import { expiredCode, sendVerificationCode, takeVerificationCode } from './verification-code.ts';

/**
 * Confirms a registration with the code that was sent, which also verifies the address it was sent to. The user stays
 * confirmed when the post confirmation trigger fails.
 * @param input `forceAliasCreation`: the address moves here from whoever signs in with it
 * @returns the confirmed user
 * @throws CognitoError CodeMismatchException, ExpiredCodeException, NotAuthorizedException, AliasExistsException,
 *   LimitExceededException, UserNotFoundException, or of the trigger (Cognito: ConfirmSignUp).
 */
export async function confirmSignUp(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient,
  input: {
    username: string;
    code: string;
    forceAliasCreation?: boolean | undefined;
    clientMetadata?: Record<string, string> | undefined;
  },
): Promise<User> {
  const found = findUserByTypedName(pool, userPool, input.username);
  countAttempt(pool, userPool.id, lockoutName(userPool, input.username, found), 'confirmSignUp');
  if (!found) throw client.preventUserExistenceErrors ? expiredCode() : userNotFound();
  const user = changeUser(
    pool,
    userPool,
    found,
    (changed) => {
      requireUnconfirmed(changed);
      const attribute = takeVerificationCode(pool, changed, 'signUp', input.code);
      changed.status = 'CONFIRMED';
      changed.attributes[`${attribute}_verified`] = 'true';
    },
    { takeAliases: input.forceAliasCreation ?? false },
  );
  await runPostConfirmation(
    pool,
    userPool,
    client,
    'PostConfirmation_ConfirmSignUp',
    user,
    input.clientMetadata,
  );
  return user;
}

/**
 * Confirms a registration without a code; no address is verified by it.
 * @throws CognitoError NotAuthorizedException, or of the post confirmation trigger (Cognito: AdminConfirmSignUp).
 */
export async function confirmByAdministrator(
  pool: LocalPool,
  userPool: UserPool,
  found: User,
  clientMetadata: Record<string, string> | undefined,
): Promise<void> {
  const user = changeUser(pool, userPool, found, (changed) => {
    requireUnconfirmed(changed);
    changed.status = 'CONFIRMED';
  });
  const source = 'PostConfirmation_ConfirmSignUp';
  await runPostConfirmation(pool, userPool, undefined, source, user, clientMetadata);
}

/**
 * Sends the confirmation code again; the older one is no longer good.
 * @throws CognitoError InvalidParameterException, NotAuthorizedException, LimitExceededException, UserNotFoundException,
 *   or of the custom message trigger (Cognito: ResendConfirmationCode).
 */
export async function resendConfirmationCode(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient,
  input: { username: string; clientMetadata?: Record<string, string> | undefined },
): Promise<CodeDelivery> {
  const user = findUserByTypedName(pool, userPool, input.username);
  countAttempt(pool, userPool.id, lockoutName(userPool, input.username, user), 'resendConfirmationCode');
  if (userPool.autoVerifiedAttributes.length === 0 && (user || client.preventUserExistenceErrors))
    throw notAutoVerified();
  if (!user) {
    if (client.preventUserExistenceErrors)
      return inventDelivery(userPool, input.username, confirmationAttributes(userPool));
    throw userNotFound();
  }
  if (user.status !== 'UNCONFIRMED')
    throw new CognitoError('InvalidParameterException', 'User is already confirmed.');
  const target = confirmationTarget(userPool, user);
  if (!target) throw notAutoVerified();
  const source = 'CustomMessage_ResendCode';
  const { clientMetadata } = input;
  return sendVerificationCode(pool, userPool, client, user, 'signUp', target, source, clientMetadata);
}

/** Where a confirmation code goes: to the first address of those that the pool verifies by itself. */
export function confirmationTarget(userPool: UserPool, user: User): VerifiableAttribute | undefined {
  return confirmationAttributes(userPool).find((attribute) => user.attributes[attribute]);
}

/** SMS goes before mail where the pool verifies both (Cognito: SignUp). */
function confirmationAttributes({ autoVerifiedAttributes }: UserPool): VerifiableAttribute[] {
  return (['phone_number', 'email'] as const).filter((attribute) =>
    autoVerifiedAttributes.includes(attribute),
  );
}

function requireUnconfirmed({ status }: User): void {
  if (status !== 'UNCONFIRMED')
    throw new CognitoError('NotAuthorizedException', `User cannot be confirmed. Current status is ${status}`);
}

function notAutoVerified(): CognitoError {
  return new CognitoError('NotAuthorizedException', 'Cannot resend codes. Auto verification not turned on.');
}
