import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { stringMap } from '../aws-json/shapes.ts';
import { requireAppClient } from './authorisation.ts';
import { initiateAuth } from './initiate-auth.ts';
import { AuthFlowType, ClientIdType, ClientMetadataType, SessionType, UserPoolIdType } from './shapes.ts';

/** Begins a sign-in on a server that has AWS credentials (Cognito: AdminInitiateAuth). */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    AuthFlow: AuthFlowType,
    AuthParameters: stringMap().optional(),
    ClientId: ClientIdType,
    ClientMetadata: ClientMetadataType.optional(),
    Session: SessionType.optional(),
  }),
  (pool, input, { ip }) => {
    const context = requireAppClient(pool, input.ClientId, input.UserPoolId);
    return initiateAuth({ pool, ...context, admin: true, ip }, input);
  },
);
