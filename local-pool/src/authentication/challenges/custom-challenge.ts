import {
  type ChallengeResult,
  runCreateAuthChallenge,
  runVerifyAuthChallengeResponse,
} from '../../lambda/custom-auth.ts';
import type { User } from '../../model/user.ts';
import type { Attempt, Challenge, Progress } from '../attempt.ts';
import { defineNextChallenge, withResult } from '../define-challenge.ts';
import { type AnswerChallenge, ask, spend } from '../open-challenge.ts';
import { requireParameter } from '../refusals.ts';
import { shownUsername } from '../unknown-user-srp.ts';

interface CustomState {
  privateChallengeParameters: Record<string, string>;
  challengeMetadata: string | null;
}

/**
 * Asks what the create trigger made; its private parameters stay on the server (Cognito: Custom authentication challenge).
 * @throws CognitoError of the trigger
 */
export async function askCustomChallenge(
  attempt: Attempt,
  user: User | undefined,
  progress: Progress & { customResults: ChallengeResult[] },
): Promise<Challenge> {
  const { pool, userPool, client, clientMetadata } = attempt;
  const { username, customResults: session } = progress;
  const created = await runCreateAuthChallenge(pool, userPool, client, {
    user,
    username,
    challengeName: 'CUSTOM_CHALLENGE',
    session,
    clientMetadata,
  });
  const { publicChallengeParameters, privateChallengeParameters, challengeMetadata = null } = created;
  return ask(
    attempt,
    'CUSTOM_CHALLENGE',
    { user, progress, state: { privateChallengeParameters, challengeMetadata } },
    { ...publicChallengeParameters, USERNAME: shownUsername(userPool, user, username) },
  );
}

/** Has `ANSWER` judged by the verify trigger. A wrong one is no error: the define trigger says what follows. */
export const answerCustomChallenge: AnswerChallenge = async (attempt, open, responses) => {
  const { pool, userPool, client, clientMetadata } = attempt;
  const { user, progress } = open;
  const { privateChallengeParameters, challengeMetadata } = open.state as unknown as CustomState;
  const challengeAnswer = requireParameter(responses, 'ANSWER');
  // Before the trigger is asked, or parallel answers to one challenge would be so many tries.
  spend(attempt, open);
  const isRight = await runVerifyAuthChallengeResponse(pool, userPool, client, {
    user,
    username: progress.username,
    privateChallengeParameters,
    challengeAnswer,
    clientMetadata,
  });
  const results = withResult(progress, 'CUSTOM_CHALLENGE', isRight, challengeMetadata);
  return defineNextChallenge(attempt, user, results);
};
