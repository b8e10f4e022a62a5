import { randomUUID } from 'node:crypto';
import { CognitoError } from '../errors.ts';
import { runPostConfirmation } from '../lambda/post-confirmation.ts';
import { type PreSignUpResult, runPreSignUp } from '../lambda/pre-sign-up.ts';
import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from './app-client.ts';
import { requireSchema, requireWritable } from './attributes.ts';
import type { CodeDelivery } from './code-delivery.ts';
import { confirmationTarget } from './confirm-sign-up.ts';
import { createUser, usernameOf, withUsernameAttribute } from './create-user.ts';
import { requirePasswordPolicy } from './password-policy.ts';
import type { User } from './user.ts';
import type { UserPool } from './user-pool.ts';
import { sendVerificationCode } from './verification-code.ts';

export interface SignUpInput {
  username: string;
  /** Absent where one-time codes sign in. */
  password?: string | undefined;
  attributes: Record<string, string>;
  validationData?: Record<string, string> | undefined;
  clientMetadata?: Record<string, string> | undefined;
}

export interface SignUpResult {
  user: User;
  /** Absent when the user is confirmed already, or when nothing is verified by itself and an administrator must confirm. */
  delivery?: CodeDelivery;
}

/**
 * Registers a person and sends a confirmation code, unless the pre sign-up trigger confirms them (Cognito: SignUp).
 * @throws CognitoError NotAuthorizedException, InvalidParameterException, InvalidPasswordException,
 *   UsernameExistsException, or of the triggers.
 */
export async function signUp(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient,
  input: SignUpInput,
): Promise<SignUpResult> {
  if (userPool.allowAdminCreateUserOnly)
    throw new CognitoError('NotAuthorizedException', 'SignUp is not permitted for this user pool');
  const { username, password, clientMetadata } = input;
  const given = Object.fromEntries(Object.entries(input.attributes).filter(([, value]) => value !== ''));
  const attributes = withUsernameAttribute(userPool, username, given);
  requireSchema(userPool, attributes, { newUser: true });
  requireWritable(client, given);
  requireNoPreferredUsername(userPool, attributes);
  requirePassword(userPool, password);
  const sub = randomUUID();
  const judgement = await runPreSignUp(pool, userPool, client, 'PreSignUp_SignUp', {
    username: usernameOf(userPool, username, sub),
    attributes,
    validationData: input.validationData,
    clientMetadata,
  });
  const user = createUser(
    pool,
    userPool,
    username,
    password,
    { ...attributes, ...verifiedFlags(judgement) },
    judgement.autoConfirmUser ? 'CONFIRMED' : 'UNCONFIRMED',
    { sub },
  );
  if (judgement.autoConfirmUser) {
    await runPostConfirmation(pool, userPool, client, 'PostConfirmation_ConfirmSignUp', user, clientMetadata);
    return { user };
  }
  const target = confirmationTarget(userPool, user);
  if (!target) return { user };
  const source = 'CustomMessage_SignUp';
  return {
    user,
    delivery: await sendVerificationCode(
      pool,
      userPool,
      client,
      user,
      'signUp',
      target,
      source,
      clientMetadata,
    ),
  };
}

/** Whether users may be without a password: where a code that is sent to them signs in (Cognito: passwordless sign-in). */
function allowsNoPassword({ firstFactors }: UserPool): boolean {
  return firstFactors.includes('EMAIL_OTP') || firstFactors.includes('SMS_OTP');
}

function requirePassword(userPool: UserPool, password: string | undefined): void {
  if (password !== undefined) requirePasswordPolicy(userPool.passwordPolicy, password);
  else if (!allowsNoPassword(userPool))
    throw new CognitoError(
      'InvalidParameterException',
      "1 validation error detected: Value null at 'password' failed to satisfy constraint: Member must not be null",
    );
}

function requireNoPreferredUsername({ aliasAttributes }: UserPool, attributes: Record<string, string>): void {
  if (aliasAttributes.includes('preferred_username') && attributes.preferred_username !== undefined)
    throw new CognitoError(
      'InvalidParameterException',
      'Preferred username cannot be provided for unconfirmed account, since user pool is configured for preferred username alias.',
    );
}

/** Verifying counts only together with confirming (Cognito: Pre sign-up Lambda trigger). */
function verifiedFlags({ autoConfirmUser, autoVerifyEmail, autoVerifyPhone }: PreSignUpResult) {
  return {
    ...(autoConfirmUser && autoVerifyEmail && { email_verified: 'true' }),
    ...(autoConfirmUser && autoVerifyPhone && { phone_number_verified: 'true' }),
  };
}
