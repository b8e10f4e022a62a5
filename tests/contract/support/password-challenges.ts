import type { ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider';
import { type ContractClient, password, type Stage } from './stage.ts';

/** The user of the tests of challenges. */
export const USERNAME = 'jane';

/** A password sign-in up to its first challenge. */
export const beginPasswordSignIn = (stage: Stage, { ClientId }: ContractClient, PASSWORD = password) =>
  stage.api.initiateAuth({
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME, PASSWORD },
  });

/** Answers a challenge. */
export const answerChallenge = (
  stage: Stage,
  { ClientId }: ContractClient,
  ChallengeName: ChallengeNameType,
  Session: string | undefined,
  ChallengeResponses: Record<string, string>,
) =>
  stage.api.respondToAuthChallenge({
    ClientId,
    ChallengeName,
    Session,
    ChallengeResponses: { USERNAME, ...ChallengeResponses },
  });
