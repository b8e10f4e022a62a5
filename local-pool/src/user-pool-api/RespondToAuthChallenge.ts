import { z } from 'zod';
import { answerChallenge } from '../authentication/answer-challenge.ts';
import { publicOperation } from '../aws-json/operation.ts';
import { stringMap } from '../aws-json/shapes.ts';
import { authAnswer } from './auth-answer.ts';
import { requireAppClient } from './authorisation.ts';
import { ChallengeNameType, ClientIdType, ClientMetadataType, SessionType } from './shapes.ts';

/** Answers a challenge of a sign-in (Cognito: RespondToAuthChallenge). */
export const operation = publicOperation(
  z.object({
    ClientId: ClientIdType,
    ChallengeName: ChallengeNameType,
    Session: SessionType.optional(),
    ChallengeResponses: stringMap().optional(),
    ClientMetadata: ClientMetadataType.optional(),
  }),
  async (pool, input, { ip }) => {
    const { ChallengeName, Session, ChallengeResponses = {}, ClientMetadata = {} } = input;
    const context = requireAppClient(pool, input.ClientId);
    const attempt = {
      pool,
      ...context,
      admin: false,
      ip,
      validationData: {},
      clientMetadata: ClientMetadata,
    };
    return authAnswer(attempt, await answerChallenge(attempt, ChallengeName, Session, ChallengeResponses));
  },
);
