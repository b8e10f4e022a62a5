import {
  type ChallengeNameType,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  createSecretHash,
  createSrpSession,
  signSrpSession,
  wrapAuthChallenge,
  wrapInitiateAuth,
} from 'cognito-srp-helper';
import { handlerOf, type OnChallenge } from './challenge.ts';
import { CognitoFetchError } from './error.ts';
import type { Tokens } from './held-token.ts';
import { type AppClient, ask, tokensOf } from './user-pool.ts';

export interface Credentials {
  username: string;
  password: string;
}

/** A step of a sign-in: tokens, or the next challenge. */
type Step = Pick<
  InitiateAuthCommandOutput,
  'AuthenticationResult' | 'ChallengeName' | 'ChallengeParameters' | 'Session'
>;

/** More than any sign-in has: a second factor to choose, its code, a new password. */
const MOST_CHALLENGES = 5;

/**
 * Signs in with a password that never leaves this machine (Cognito: USER_SRP_AUTH), and answers what else is asked.
 * The access token of such a sign-in has the scope `aws.cognito.signin.user.admin` and no other, unless a trigger adds some.
 * @throws CognitoFetchError `sign_in_refused`, `challenge_unanswered`, `user_pool_unavailable`; what a function of
 * `onChallenge` throws
 */
export async function signInBySrp(
  userPool: CognitoIdentityProviderClient,
  client: AppClient,
  { username, password }: Credentials,
  onChallenge: OnChallenge,
): Promise<Tokens> {
  const { userPoolId, clientId: ClientId, clientSecret } = client;
  const secretHash = (name: string): Record<string, string> =>
    clientSecret ? { SECRET_HASH: createSecretHash(name, ClientId, clientSecret) } : {};

  const session = createSrpSession(username, password, userPoolId, false);
  const begin = wrapInitiateAuth(session, {
    ClientId,
    AuthFlow: 'USER_SRP_AUTH' as const,
    AuthParameters: { USERNAME: username, ...secretHash(username) },
  });
  let step: Step = await ask('sign_in_refused', userPool.send(new InitiateAuthCommand(begin)));
  // Later challenges name the user as the first did.
  const USERNAME = step.ChallengeParameters?.USER_ID_FOR_SRP ?? username;

  async function answerTo(name: string, parameters: Record<string, string>): Promise<object> {
    if (name === 'PASSWORD_VERIFIER') {
      const proof = { ClientId, ChallengeResponses: {} };
      return wrapAuthChallenge(signed(parameters), proof).ChallengeResponses;
    }
    const answer = await handlerOf(onChallenge, name)?.(parameters);
    if (!answer) throw new CognitoFetchError('challenge_unanswered', name);
    return answer;
  }

  function signed(ChallengeParameters: Record<string, string>) {
    try {
      return signSrpSession(session, { ChallengeParameters });
    } catch (error) {
      throw new CognitoFetchError('user_pool_unavailable', (error as Error).name);
    }
  }

  for (let challenges = 0; step.ChallengeName && challenges < MOST_CHALLENGES; challenges += 1) {
    const { ChallengeName, ChallengeParameters = {}, Session } = step;
    const answer = await answerTo(ChallengeName, ChallengeParameters);
    const command = new RespondToAuthChallengeCommand({
      ClientId,
      ChallengeName: ChallengeName as ChallengeNameType,
      ChallengeResponses: { USERNAME, ...secretHash(USERNAME), ...answer },
      ...(Session && { Session }),
    });
    step = await ask('sign_in_refused', userPool.send(command));
  }
  return tokensOf(step.AuthenticationResult);
}
