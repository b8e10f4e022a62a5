import { z } from 'zod';
import { refresh } from '../authentication/refresh.ts';
import { publicOperation } from '../aws-json/operation.ts';
import { authenticationResult } from './auth-answer.ts';
import { requireAppClient, requireClientSecret } from './authorisation.ts';
import {
  ClientIdType,
  ClientMetadataType,
  ClientSecretType,
  DeviceKeyType,
  TokenModelType,
} from './shapes.ts';

/** Refreshes, and rotates where the client does (Cognito: GetTokensFromRefreshToken). */
export const operation = publicOperation(
  z.object({
    RefreshToken: TokenModelType,
    ClientId: ClientIdType,
    ClientSecret: ClientSecretType.optional(),
    DeviceKey: DeviceKeyType.optional(),
    ClientMetadata: ClientMetadataType.optional(),
  }),
  async (pool, input) => {
    const context = requireAppClient(pool, input.ClientId);
    requireClientSecret(context.client, input.ClientSecret);
    const metadata = input.ClientMetadata ?? {};
    const tokens = await refresh({ pool, ...context }, input.RefreshToken, input.DeviceKey, metadata);
    return { AuthenticationResult: authenticationResult(tokens) };
  },
);
