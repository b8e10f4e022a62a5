import { CognitoError } from '../errors.ts';
import { runPostConfirmation } from '../lambda/post-confirmation.ts';
import { runUserMigration } from '../lambda/user-migration.ts';
import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from './app-client.ts';
import { countAttempt } from './attempt-limit.ts';
import { changeUser } from './change-user.ts';
import type { CodeDelivery } from './code-delivery.ts';
import { endHostedSignIns } from './end-sign-ins.ts';
import { clearFailures, lockoutName } from './lockout.ts';
import { requirePasswordPolicy } from './password-policy.ts';
import {
  likelyRecoveryAttributes,
  requireAdminResetTarget,
  requireRecoveryTarget,
} from './recovery-target.ts';
import { setPassword } from './set-password.ts';
import { askedInVain, inventDelivery, noteCodeInVain, userNotFound } from './unknown-user.ts';
import type { User } from './user.ts';
import { findUserByTypedName } from './user-names.ts';
import type { UserPool, VerifiableAttribute } from './user-pool.ts';
import {
  codeMismatch,
  expiredCode,
  hasVerificationCode,
  sendVerificationCode,
  takeVerificationCode,
} from './verification-code.ts';

/**
 * Sends a code with which a password may be reset; the old password stays good until then. A client with
 * PreventUserExistenceErrors gets a made-up delivery where there is nobody to send to.
 * @throws CognitoError LimitExceededException, UserNotFoundException, NotAuthorizedException, InvalidParameterException,
 *   or of the triggers (Cognito: ForgotPassword).
 */
export async function forgotPassword(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient,
  input: { username: string; clientMetadata?: Record<string, string> | undefined },
): Promise<CodeDelivery> {
  const { username, clientMetadata } = input;
  const found = findUserByTypedName(pool, userPool, username);
  const name = lockoutName(userPool, username, found);
  countAttempt(pool, userPool.id, name, 'forgotPassword');
  const migration = { username, clientMetadata };
  const user =
    found ?? (await runUserMigration(pool, userPool, client, 'UserMigration_ForgotPassword', migration));
  const judged = user ? recoveryOf(userPool, user) : userNotFound();
  if (judged instanceof CognitoError) {
    if (!client.preventUserExistenceErrors) throw judged;
    noteCodeInVain(pool, userPool.id, name);
    return inventDelivery(userPool, username, likelyRecoveryAttributes(userPool));
  }
  const source = 'CustomMessage_ForgotPassword';
  const { user: known, target } = judged;
  return sendVerificationCode(pool, userPool, client, known, 'forgot', target, source, clientMetadata);
}

/**
 * Sets a new password with the code that was sent, and forgets failed sign-ins. Tokens already issued stay good,
 * sign-ins at the hosted pages end.
 * @throws CognitoError InvalidPasswordException, PasswordHistoryPolicyViolationException, CodeMismatchException,
 *   ExpiredCodeException, LimitExceededException, UserNotFoundException, NotAuthorizedException, or of the post
 *   confirmation trigger (Cognito: ConfirmForgotPassword).
 */
export async function confirmForgotPassword(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient,
  input: {
    username: string;
    code: string;
    password: string;
    clientMetadata?: Record<string, string> | undefined;
  },
): Promise<void> {
  const found = findUserByTypedName(pool, userPool, input.username);
  const name = lockoutName(userPool, input.username, found);
  countAttempt(pool, userPool.id, name, 'forgotPassword');
  requirePasswordPolicy(userPool.passwordPolicy, input.password);
  const codeSent = found !== undefined && hasVerificationCode(pool, found, 'forgot');
  if (client.preventUserExistenceErrors && !(found?.enabled && codeSent))
    throw codeSent || askedInVain(pool, userPool.id, name) ? codeMismatch() : expiredCode();
  if (!found) throw userNotFound();
  if (!found.enabled) throw new CognitoError('NotAuthorizedException', 'User is disabled.');
  const user = changeUser(pool, userPool, found, (changed) => {
    const attribute = takeVerificationCode(pool, changed, 'forgot', input.code);
    setPassword(pool, userPool, changed, input.password);
    if (changed.status === 'UNCONFIRMED') changed.attributes[`${attribute}_verified`] = 'true';
    changed.status = 'CONFIRMED';
    clearFailures(pool, userPool.id, name);
    endHostedSignIns(pool, changed);
  });
  await runPostConfirmation(
    pool,
    userPool,
    client,
    'PostConfirmation_ConfirmForgotPassword',
    user,
    input.clientMetadata,
  );
}

/**
 * Makes a user reset their password, and sends the code for it; they cannot sign in before.
 * @throws CognitoError NotAuthorizedException, InvalidParameterException, or of the custom message trigger
 *   (Cognito: AdminResetUserPassword).
 */
export async function resetByAdministrator(
  pool: LocalPool,
  userPool: UserPool,
  found: User,
  clientMetadata: Record<string, string> | undefined,
): Promise<void> {
  const target = requireAdminResetTarget(userPool, found);
  const user = changeUser(pool, userPool, found, (changed) => {
    changed.status = 'RESET_REQUIRED';
    endHostedSignIns(pool, changed);
  });
  const source = 'CustomMessage_ForgotPassword';
  await sendVerificationCode(pool, userPool, undefined, user, 'forgot', target, source, clientMetadata);
}

/** Whom a code may be sent to and where, or why not: a refusal that not every client is told. */
function recoveryOf(
  userPool: UserPool,
  user: User,
): { user: User; target: VerifiableAttribute } | CognitoError {
  try {
    return { user, target: requireRecoveryTarget(userPool, user) };
  } catch (error) {
    if (error instanceof CognitoError) return error;
    throw error;
  }
}
