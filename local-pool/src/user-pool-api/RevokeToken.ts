import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { CognitoError } from '../errors.ts';
import { provesClient } from '../model/app-client.ts';
import { findRefreshToken } from '../store/refresh-tokens.ts';
import { findTokenFamily, revokeTokenFamily } from '../store/token-families.ts';
import { ClientIdType, ClientSecretType, TokenModelType } from './shapes.ts';

/**
 * Ends a refresh token and all that descends from it; a token that nobody knows makes no difference (Cognito:
 * RevokeToken, which models neither NotAuthorizedException nor ResourceNotFoundException).
 */
export const operation = publicOperation(
  z.object({ Token: TokenModelType, ClientId: ClientIdType, ClientSecret: ClientSecretType.optional() }),
  (pool, input) => {
    const client = pool.appClient(input.ClientId);
    if (!client || !provesClient(client, input.ClientSecret)) throw unauthorized(input.ClientId);
    if (!client.enableTokenRevocation)
      throw new CognitoError(
        'UnsupportedOperationException',
        `Token revocation is not enabled for client ${client.clientId}.`,
      );
    // A signed token has three parts; a refresh token, even a garbled one, is no such thing.
    if (input.Token.split('.').length === 3)
      throw new CognitoError('UnsupportedTokenTypeException', 'Only refresh tokens can be revoked.');
    const stored = findRefreshToken(pool, input.Token);
    const family = stored && findTokenFamily(pool, stored.originJti);
    if (!family) return {};
    if (family.clientId !== client.clientId) throw unauthorized(client.clientId);
    revokeTokenFamily(pool, family.originJti);
    return {};
  },
);

function unauthorized(clientId: string): CognitoError {
  return new CognitoError(
    'UnauthorizedException',
    `Client ${clientId} is not authorized to revoke this token.`,
  );
}
