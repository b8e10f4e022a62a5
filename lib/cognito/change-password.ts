import type { Config } from '../config.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { callUserPool } from './user-pool-api.ts';

/** Refusals of ChangePassword that have a name of their own. */
const byName: Record<string, ErrorCode> = {
  InvalidPasswordException: 'password_refused',
  InvalidParameterException: 'password_refused',
  PasswordHistoryPolicyViolationException: 'password_used_before',
  LimitExceededException: 'too_many_attempts',
  TooManyRequestsException: 'too_many_attempts',
};

/** What shares a name is told apart by its message, which is all that there is (Cognito: ChangePassword). */
function codeOf(error: string, message: string): ErrorCode {
  // No password has a space at its end, so this one cannot be right either.
  if (error === 'InvalidParameterException' && message.includes('previousPassword')) return 'wrong_password';
  const named = byName[error];
  if (named) return named;
  if (error !== 'NotAuthorizedException') return 'session_refused';
  if (message.startsWith('Incorrect username or password')) return 'wrong_password';
  if (message.startsWith('Password attempts exceeded')) return 'too_many_attempts';
  return message.startsWith('User password cannot be reset') ? 'no_password' : 'session_refused';
}

/**
 * Changes the password of the person whom the access token belongs to. Their tokens stay good (Cognito: ChangePassword).
 * @param accessToken with the scope `aws.cognito.signin.user.admin`
 * @throws AppError `wrong_password`, `password_refused`, `password_used_before`, `too_many_attempts`, `no_password`,
 *   `session_refused`, after which the password is as it was; `password_uncertain` when the user pool did not answer
 */
export async function changePassword(
  config: Config,
  { accessToken, current, proposed }: { accessToken: string; current: string; proposed: string },
): Promise<void> {
  const outcome = await callUserPool(config, 'ChangePassword', {
    AccessToken: accessToken,
    PreviousPassword: current,
    ProposedPassword: proposed,
  });
  if (outcome.kind === 'unanswered') throw new AppError('password_uncertain', outcome.reason);
  if (outcome.kind === 'refused') throw new AppError(codeOf(outcome.error, outcome.message), outcome.error);
}
