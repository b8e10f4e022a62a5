import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { stringMap } from '../aws-json/shapes.ts';
import { requireAppClient } from './authorisation.ts';
import { initiateAuth } from './initiate-auth.ts';
import { AuthFlowType, ClientIdType, ClientMetadataType, SessionType } from './shapes.ts';

/** Begins a sign-in, or refreshes one (Cognito: InitiateAuth). */
export const operation = publicOperation(
  z.object({
    AuthFlow: AuthFlowType,
    AuthParameters: stringMap().optional(),
    ClientId: ClientIdType,
    ClientMetadata: ClientMetadataType.optional(),
    Session: SessionType.optional(),
  }),
  (pool, input, { ip }) =>
    initiateAuth({ pool, ...requireAppClient(pool, input.ClientId), admin: false, ip }, input),
);
