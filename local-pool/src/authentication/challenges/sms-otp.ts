import type { User } from '../../model/user.ts';
import type { Attempt, Challenge, Progress } from '../attempt.ts';
import { afterOneTimeCode } from '../first-factor.ts';
import { askOneTimeCode, takeOneTimeCode } from '../one-time-code.ts';
import type { AnswerChallenge } from '../open-challenge.ts';
import { requireParameter } from '../refusals.ts';

/** Sends a code to the user's phone in the place of a password (Cognito: SMS_OTP). */
export function askSmsOtp(attempt: Attempt, user: User | undefined, progress: Progress): Promise<Challenge> {
  return askOneTimeCode(attempt, user, progress, 'SMS_OTP', { attribute: 'phone_number', factor: 'first' });
}

/** Judges `SMS_OTP_CODE`. */
export const answerSmsOtp: AnswerChallenge = async (attempt, open, responses) => {
  const user = takeOneTimeCode(attempt, open, requireParameter(responses, 'SMS_OTP_CODE'));
  return afterOneTimeCode(attempt, user, open.progress, 'sms');
};
