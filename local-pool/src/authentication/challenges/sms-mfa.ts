import type { User } from '../../model/user.ts';
import type { Attempt, Challenge, Progress } from '../attempt.ts';
import { afterSecondFactor } from '../next-step.ts';
import { askOneTimeCode, takeOneTimeCode } from '../one-time-code.ts';
import type { AnswerChallenge } from '../open-challenge.ts';
import { requireParameter } from '../refusals.ts';
import { shownUsername } from '../unknown-user-srp.ts';

/** Sends a code to the user's phone as second factor (Cognito: SMS_MFA). */
export async function askSmsMfa(
  attempt: Attempt,
  user: User | undefined,
  progress: Progress,
): Promise<Challenge> {
  const challenge = await askOneTimeCode(attempt, user, progress, 'SMS_MFA', {
    attribute: 'phone_number',
    factor: 'second',
  });
  const USER_ID_FOR_SRP = shownUsername(attempt.userPool, user, progress.username);
  return { ...challenge, parameters: { ...challenge.parameters, USER_ID_FOR_SRP } };
}

/** Judges `SMS_MFA_CODE`. */
export const answerSmsMfa: AnswerChallenge = async (attempt, open, responses) => {
  const user = takeOneTimeCode(attempt, open, requireParameter(responses, 'SMS_MFA_CODE'));
  return afterSecondFactor(attempt, user, open.progress, 'SMS_MFA');
};
