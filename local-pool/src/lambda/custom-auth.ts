import { z } from 'zod';
import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from '../model/app-client.ts';
import type { User } from '../model/user.ts';
import type { TriggerName, UserPool } from '../model/user-pool.ts';
import { flag, stringMap, text } from './answer-shapes.ts';
import { runTrigger } from './run-trigger.ts';
import { userAttributesOf } from './trigger-event.ts';
import { unrecognizableOutput } from './unrecognizable-output.ts';

/** One finished challenge, as the functions see it in `session`. */
export interface ChallengeResult {
  challengeName: string;
  challengeResult: boolean;
  challengeMetadata: string | null;
}

/** Who is signing in: `user` is undefined for a name that nobody has, `username` is what was typed. */
interface Attempt {
  user: User | undefined;
  username: string;
  clientMetadata?: Record<string, string> | undefined;
}

export interface DefinedChallenge {
  challengeName?: string;
  issueTokens: boolean;
  failAuthentication: boolean;
}

export interface CreatedChallenge {
  publicChallengeParameters: Record<string, string>;
  privateChallengeParameters: Record<string, string>;
  challengeMetadata?: string;
}

const longestMetadata = 2048;
const definedAnswer = z.object({
  challengeName: text(longestMetadata),
  issueTokens: flag,
  failAuthentication: flag,
});
const createdAnswer = z.object({
  publicChallengeParameters: stringMap,
  privateChallengeParameters: stringMap,
  challengeMetadata: text(longestMetadata),
});
const verifiedAnswer = z.object({ answerCorrect: flag });

/**
 * Asks what comes next in custom authentication. Failing comes before tokens, and tokens before another challenge.
 * @throws CognitoError InvalidParameterException without such a trigger; InvalidLambdaResponseException when the answer
 *   names neither a challenge nor an end; those of the trigger (Cognito: Define Auth challenge Lambda trigger).
 */
export async function runDefineAuthChallenge(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient | undefined,
  attempt: Attempt & { session: ChallengeResult[] },
): Promise<DefinedChallenge> {
  const { challengeName, issueTokens, failAuthentication } = await runCustomAuthTrigger(
    { pool, userPool, client, attempt },
    'DefineAuthChallenge',
    { session: attempt.session },
    { challengeName: null, issueTokens: null, failAuthentication: null },
    definedAnswer,
  );
  if (!challengeName && !issueTokens && !failAuthentication) throw unrecognizableOutput();
  return { ...(challengeName && { challengeName }), issueTokens, failAuthentication };
}

/**
 * Has a custom challenge made. The private parameters are for {@link runVerifyAuthChallengeResponse} alone.
 * @throws CognitoError InvalidParameterException without such a trigger; those of the trigger (Cognito: Create Auth
 *   challenge Lambda trigger).
 */
export async function runCreateAuthChallenge(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient | undefined,
  attempt: Attempt & { challengeName: string; session: ChallengeResult[] },
): Promise<CreatedChallenge> {
  const { challengeMetadata, ...parameters } = await runCustomAuthTrigger(
    { pool, userPool, client, attempt },
    'CreateAuthChallenge',
    { challengeName: attempt.challengeName, session: attempt.session },
    { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
    createdAnswer,
  );
  return { ...parameters, ...(challengeMetadata !== undefined && { challengeMetadata }) };
}

/**
 * Has the answer to a custom challenge judged. A wrong one is no error: the define trigger decides what follows.
 * @throws CognitoError InvalidParameterException without such a trigger; those of the trigger (Cognito: Verify Auth
 *   challenge response Lambda trigger).
 */
export async function runVerifyAuthChallengeResponse(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient | undefined,
  attempt: Attempt & { privateChallengeParameters: Record<string, string>; challengeAnswer: string },
): Promise<boolean> {
  const { privateChallengeParameters, challengeAnswer } = attempt;
  const { answerCorrect } = await runCustomAuthTrigger(
    { pool, userPool, client, attempt },
    'VerifyAuthChallengeResponse',
    { privateChallengeParameters, challengeAnswer },
    { answerCorrect: null },
    verifiedAnswer,
  );
  return answerCorrect;
}

async function runCustomAuthTrigger<Answer>(
  {
    pool,
    userPool,
    client,
    attempt: { user, username, clientMetadata = {} },
  }: { pool: LocalPool; userPool: UserPool; client: AppClient | undefined; attempt: Attempt },
  name: TriggerName,
  own: Record<string, unknown>,
  response: Record<string, null>,
  answer: z.ZodType<Answer>,
): Promise<Answer> {
  const request = {
    userAttributes: user ? userAttributesOf(user) : {},
    ...own,
    clientMetadata,
    userNotFound: !user,
  };
  const call = { source: `${name}_Authentication`, userName: user?.username ?? username, request, response };
  const result = await runTrigger(pool, userPool, client, name, call, answer);
  if (result === undefined)
    throw new CognitoError(
      'InvalidParameterException',
      'Custom auth lambda trigger is not configured for the user pool.',
    );
  return result;
}
