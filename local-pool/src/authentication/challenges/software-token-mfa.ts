import { CognitoError } from '../../errors.ts';
import { changeUser } from '../../model/change-user.ts';
import { useSoftwareCode } from '../../model/software-token.ts';
import type { User } from '../../model/user.ts';
import type { Attempt, Challenge, Progress } from '../attempt.ts';
import type { AnswerChallenge } from '../challenges.ts';
import { afterSecondFactor } from '../next-step.ts';
import { ask, countWrongAnswer, spend } from '../open-challenge.ts';
import { requireParameter } from '../refusals.ts';
import { shownUsername } from '../unknown-user-srp.ts';

/**
 * Asks for the code that the user's authenticator app shows (Cognito: SOFTWARE_TOKEN_MFA).
 * @throws CognitoError SoftwareTokenMFANotFoundException for someone who has no such app
 */
export async function askSoftwareToken(
  attempt: Attempt,
  user: User | undefined,
  progress: Progress,
): Promise<Challenge> {
  const token = user?.details.softwareToken;
  if (user && !token)
    throw new CognitoError(
      'SoftwareTokenMFANotFoundException',
      'Software Token MFA has not been enabled by the user',
    );
  return ask(
    attempt,
    'SOFTWARE_TOKEN_MFA',
    { user, progress },
    {
      USER_ID_FOR_SRP: shownUsername(attempt.userPool, user, progress.username),
      ...(token?.friendlyDeviceName && { FRIENDLY_DEVICE_NAME: token.friendlyDeviceName }),
    },
  );
}

/** Judges `SOFTWARE_TOKEN_MFA_CODE`, which is good once. */
export const answerSoftwareToken: AnswerChallenge = async (attempt, open, responses) => {
  const { pool, userPool } = attempt;
  const code = requireParameter(responses, 'SOFTWARE_TOKEN_MFA_CODE');
  const user = open.user && pool.store.transaction(() => takeSoftwareCode(open.user as User));
  if (!user) {
    countWrongAnswer(attempt, open);
    throw new CognitoError('CodeMismatchException', 'Invalid code received for user');
  }
  return afterSecondFactor(attempt, user, open.progress, 'SOFTWARE_TOKEN_MFA');

  function takeSoftwareCode(person: User): User | undefined {
    let isRight = false;
    const changed = changeUser(pool, userPool, person, (present) => {
      isRight = useSoftwareCode(present, code, pool.clock.now());
    });
    if (!isRight) return undefined;
    spend(attempt, open);
    return changed;
  }
};
