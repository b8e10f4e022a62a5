import { CognitoError } from '../../errors.ts';
import { changeUser } from '../../model/change-user.ts';
import { clearFailures, isLockedOut, lockoutName, recordFailure } from '../../model/lockout.ts';
import { spendSoftwareCode, stepOfSoftwareCode } from '../../model/software-token.ts';
import type { User } from '../../model/user.ts';
import type { Attempt, Challenge, Progress } from '../attempt.ts';
import { afterSecondFactor } from '../next-step.ts';
import { type AnswerChallenge, ask, countWrongAnswer, spend } from '../open-challenge.ts';
import { notAuthorized, requireParameter } from '../refusals.ts';
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

/** Judges `SOFTWARE_TOKEN_MFA_CODE`, which is good once. Wrong ones lock like those of other second factors. */
export const answerSoftwareToken: AnswerChallenge = async (attempt, open, responses) => {
  const code = requireParameter(responses, 'SOFTWARE_TOKEN_MFA_CODE');
  const { pool, userPool } = attempt;
  const lockName = lockoutName(userPool, open.progress.username, open.user);
  if (isLockedOut(pool, userPool.id, lockName, 'mfa')) throw notAuthorized('Password attempts exceeded');
  const user = open.user && takeSoftwareCode(attempt, open.user, code, () => spend(attempt, open));
  if (user) {
    clearFailures(pool, userPool.id, lockName, 'mfa');
    return afterSecondFactor(attempt, user, open.progress, 'SOFTWARE_TOKEN_MFA');
  }
  countWrongAnswer(attempt, open);
  recordFailure(pool, userPool.id, lockName, 'mfa');
  throw new CognitoError('CodeMismatchException', 'Invalid code received for user');
};

/** @returns undefined for a wrong code, of which nothing is kept */
function takeSoftwareCode(
  { pool, userPool }: Attempt,
  user: User,
  code: string,
  whenRight: () => void,
): User | undefined {
  const secret = user.details.softwareToken?.secret;
  const now = pool.clock.now();
  if (secret === undefined || stepOfSoftwareCode(secret, code, now) === undefined) return undefined;
  return pool.store.transaction(() => {
    whenRight();
    return changeUser(pool, userPool, user, (present) => spendSoftwareCode(present, code, now));
  });
}
