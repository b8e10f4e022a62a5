import { CognitoError } from '../errors.ts';
import { findAttempts, putAttempts } from '../store/attempts.ts';
import type { StoreContext } from '../store/database.ts';

/** Tries per hour and person (Cognito: Quotas, user operations). Password reset: documented as 5 to 20, by risk. */
const PER_HOUR = {
  forgotPassword: 10,
  resendConfirmationCode: 5,
  confirmSignUp: 15,
  changePassword: 5,
  getUserAttributeVerificationCode: 5,
  verifyUserAttribute: 15,
};
const HOUR_MS = 60 * 60 * 1000;

/**
 * Counts a try, for unknown people as for known ones.
 * @param name who tries: `lockoutName`, so that a person's other names give no further tries
 * @throws CognitoError LimitExceededException when the hour's tries are used up.
 */
export function countAttempt(
  context: StoreContext,
  userPoolId: string,
  name: string,
  kind: keyof typeof PER_HOUR,
): void {
  const now = context.clock.now();
  const before = findAttempts(context, userPoolId, name, kind);
  const window = before && now - before.since < HOUR_MS ? before : { count: 0, since: now, blockedUntil: 0 };
  if (window.count >= PER_HOUR[kind])
    throw new CognitoError('LimitExceededException', 'Attempt limit exceeded, please try after some time.');
  putAttempts(context, userPoolId, name, kind, { ...window, count: window.count + 1 });
}
