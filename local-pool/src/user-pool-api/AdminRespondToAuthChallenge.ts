import { z } from 'zod';
import { answerChallenge } from '../authentication/answer-challenge.ts';
import { signedOperation } from '../aws-json/operation.ts';
import { stringMap } from '../aws-json/shapes.ts';
import { authAnswer } from './auth-answer.ts';
import { requireAppClient } from './authorisation.ts';
import {
  ChallengeNameType,
  ClientIdType,
  ClientMetadataType,
  SessionType,
  UserPoolIdType,
} from './shapes.ts';

/** Answers a challenge on a server that has AWS credentials (Cognito: AdminRespondToAuthChallenge). */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    ClientId: ClientIdType,
    ChallengeName: ChallengeNameType,
    Session: SessionType.optional(),
    ChallengeResponses: stringMap().optional(),
    ClientMetadata: ClientMetadataType.optional(),
  }),
  async (pool, input, { ip }) => {
    const { ChallengeName, Session, ChallengeResponses = {}, ClientMetadata = {} } = input;
    const context = requireAppClient(pool, input.ClientId, input.UserPoolId);
    const attempt = { pool, ...context, admin: true, ip, validationData: {}, clientMetadata: ClientMetadata };
    return authAnswer(attempt, await answerChallenge(attempt, ChallengeName, Session, ChallengeResponses));
  },
);
