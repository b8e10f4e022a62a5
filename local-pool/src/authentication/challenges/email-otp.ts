import type { User } from '../../model/user.ts';
import type { Attempt, Challenge, Progress } from '../attempt.ts';
import { afterOneTimeCode } from '../first-factor.ts';
import { afterSecondFactor } from '../next-step.ts';
import { askOneTimeCode, takeOneTimeCode } from '../one-time-code.ts';
import type { AnswerChallenge } from '../open-challenge.ts';
import { requireParameter } from '../refusals.ts';

/** Sends a code by mail as second factor (Cognito: EMAIL_OTP). */
export function askEmailMfa(
  attempt: Attempt,
  user: User | undefined,
  progress: Progress,
): Promise<Challenge> {
  return askOneTimeCode(attempt, user, progress, 'EMAIL_OTP', { attribute: 'email', factor: 'second' });
}

/** Sends a code by mail in the place of a password (Cognito: EMAIL_OTP in choice-based sign-in). */
export function askEmailOtp(
  attempt: Attempt,
  user: User | undefined,
  progress: Progress,
): Promise<Challenge> {
  return askOneTimeCode(attempt, user, progress, 'EMAIL_OTP', { attribute: 'email', factor: 'first' });
}

/** Judges `EMAIL_OTP_CODE`, of whichever factor it is. */
export const answerEmailOtp: AnswerChallenge = async (attempt, open, responses) => {
  const user = takeOneTimeCode(attempt, open, requireParameter(responses, 'EMAIL_OTP_CODE'));
  return open.state.factor === 'first'
    ? afterOneTimeCode(attempt, user, open.progress, 'email_otp')
    : afterSecondFactor(attempt, user, open.progress, 'EMAIL_OTP');
};
