import { randomUUID } from 'node:crypto';
import { CognitoError } from '../errors.ts';
import { runPreSignUp } from '../lambda/pre-sign-up.ts';
import type { LocalPool } from '../local-pool.ts';
import { requireSchema } from './attributes.ts';
import { changeUser } from './change-user.ts';
import { createUser, usernameOf, withUsernameAttribute } from './create-user.ts';
import { type InvitationMedium, sendInvitation } from './invitation.ts';
import { requirePasswordPolicy } from './password-policy.ts';
import { setPassword } from './set-password.ts';
import { generateTemporaryPassword } from './temporary-password.ts';
import type { User } from './user.ts';
import { findUserByTypedName } from './user-names.ts';
import type { UserPool } from './user-pool.ts';

export interface AdministeredUserInput {
  username: string;
  attributes: Record<string, string>;
  validationData?: Record<string, string> | undefined;
  /** Absent = a generated one, or none where the user can sign in by a code. */
  temporaryPassword?: string | undefined;
  forceAliasCreation: boolean;
  /** Whether the user is told; where to, in order. */
  invite: boolean;
  media: InvitationMedium[];
  clientMetadata?: Record<string, string> | undefined;
}

/**
 * Creates a user with a temporary password and sends an invitation with it. One who has a verified address, in a pool
 * that signs in by codes, needs no password and is confirmed at once (Cognito: AdminCreateUser).
 * @throws CognitoError UsernameExistsException, InvalidPasswordException, InvalidParameterException, or of the triggers.
 */
export async function createByAdministrator(
  pool: LocalPool,
  userPool: UserPool,
  input: AdministeredUserInput,
): Promise<User> {
  const { username, temporaryPassword, clientMetadata, validationData } = input;
  const given = Object.fromEntries(Object.entries(input.attributes).filter(([, value]) => value !== ''));
  const attributes = withUsernameAttribute(userPool, username, given);
  requireSchema(userPool, attributes, { newUser: false });
  const needsPassword = temporaryPassword !== undefined || !signsInByCode(userPool, attributes);
  const password = needsPassword
    ? (temporaryPassword ?? generateTemporaryPassword(userPool.passwordPolicy))
    : undefined;
  if (password !== undefined) requirePasswordPolicy(userPool.passwordPolicy, password);
  const sub = randomUUID();
  const person = {
    username: usernameOf(userPool, username, sub),
    attributes,
    validationData,
    clientMetadata,
  };
  await runPreSignUp(pool, userPool, undefined, 'PreSignUp_AdminCreateUser', person);
  const status = password === undefined ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
  const user = createUser(pool, userPool, username, password, attributes, status, {
    sub,
    details: password === undefined ? {} : { temporaryPasswordSetAt: pool.clock.now() },
    takeAliases: input.forceAliasCreation,
    usernameTaken: 'User account already exists',
  });
  if (input.invite && password !== undefined) await sendInvitation(pool, userPool, user, password, input);
  return user;
}

/**
 * Invites a user once more, with a new temporary password and its full lifetime (Cognito: AdminCreateUser, RESEND).
 * @throws CognitoError UserNotFoundException, UnsupportedUserStateException, InvalidPasswordException, or of the trigger.
 */
export async function inviteAgain(
  pool: LocalPool,
  userPool: UserPool,
  input: AdministeredUserInput,
): Promise<User> {
  const { username, temporaryPassword } = input;
  const found = findUserByTypedName(pool, userPool, username);
  if (!found) throw new CognitoError('UserNotFoundException', 'User does not exist.');
  const password = temporaryPassword ?? generateTemporaryPassword(userPool.passwordPolicy);
  const user = changeUser(pool, userPool, found, (current) => {
    if (current.status !== 'FORCE_CHANGE_PASSWORD')
      throw new CognitoError(
        'UnsupportedUserStateException',
        `Resend not possible. ${username} status is not FORCE_CHANGE_PASSWORD`,
      );
    setPassword(pool, userPool, current, password);
    current.details.temporaryPasswordSetAt = pool.clock.now();
  });
  await sendInvitation(pool, userPool, user, password, input);
  return user;
}

/** Whether a one-time code can be sent to an address that is verified. */
function signsInByCode({ firstFactors }: UserPool, attributes: Record<string, string>): boolean {
  return (
    (firstFactors.includes('EMAIL_OTP') && attributes.email_verified === 'true' && 'email' in attributes) ||
    (firstFactors.includes('SMS_OTP') &&
      attributes.phone_number_verified === 'true' &&
      'phone_number' in attributes)
  );
}
