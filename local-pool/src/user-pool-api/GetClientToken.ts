import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { ScopeListType } from '../configuration/app-client-settings.ts';
import { CognitoError } from '../errors.ts';
import { customScopesOf } from '../model/resource-server.ts';
import { issueClientToken } from '../tokens.ts';
import { requireAppClient, requireClientSecret } from './authorisation.ts';
import { ClientIdType, ClientMetadataType, ClientSecretType } from './shapes.ts';

/** The access token of the client_credentials grant, without a domain (Cognito: GetClientToken). */
export const operation = signedOperation(
  z.object({
    ClientId: ClientIdType,
    Secret: ClientSecretType,
    Scopes: ScopeListType.optional(),
    ClientMetadata: ClientMetadataType.optional(),
  }),
  async (pool, { ClientId, Secret, Scopes = [], ClientMetadata = {} }) => {
    const { client, userPool } = requireAppClient(pool, ClientId);
    if (!client.explicitAuthFlows.includes('ALLOW_CLIENT_TOKEN_AUTH') || client.secrets.length === 0)
      throw new CognitoError(
        'OperationNotEnabledException',
        'GetClientToken is not enabled for this client.',
      );
    requireClientSecret(client, Secret);
    const existing = customScopesOf(userPool.resourceServers);
    const allowed = client.allowedOAuthScopes.filter((scope) => existing.has(scope));
    const unknown = Scopes.find((scope) => !allowed.includes(scope));
    if (unknown !== undefined)
      throw new CognitoError('InvalidParameterException', `Invalid scope requested: ${unknown}`);
    const scopes = Scopes.length > 0 ? [...new Set(Scopes)] : allowed;
    const { accessToken, expiresIn } = await issueClientToken(
      pool,
      { userPool, client, scopes },
      ClientMetadata,
    );
    return {
      ClientAuthenticationResult: { AccessToken: accessToken, ExpiresIn: expiresIn, TokenType: 'Bearer' },
    };
  },
);
