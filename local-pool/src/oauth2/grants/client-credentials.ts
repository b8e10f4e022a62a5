import { OAuthError } from '../../errors.ts';
import type { AppClient } from '../../model/app-client.ts';
import { customScopesOf } from '../../model/resource-server.ts';
import type { UserPool } from '../../model/user-pool.ts';
import { issueClientToken } from '../../tokens.ts';
import { splitScope } from '../checks/scopes.ts';
import type { Grant } from './grant.ts';
import { tokenResponse } from './token-response.ts';

/** `grant_type=client_credentials` (Cognito: Token endpoint; RFC 6749 section 4.4). */
export const clientCredentialsGrant: Grant = async (pool, userPool, client, form) => {
  if (client.secrets.length === 0 || !client.allowedOAuthFlows.includes('client_credentials'))
    throw new OAuthError('unauthorized_client');
  const scopes = grantedScopes(userPool, client, splitScope(form.get('scope')));
  const metadata = clientMetadata(form.get('aws_client_metadata'));
  return tokenResponse(await issueClientToken(pool, { userPool, client, scopes }, metadata));
};

function grantedScopes(userPool: UserPool, client: AppClient, asked: string[]): string[] {
  const existing = customScopesOf(userPool.resourceServers);
  const allowed = client.allowedOAuthScopes.filter((scope) => existing.has(scope));
  const scopes = asked.length > 0 ? asked : allowed;
  if (scopes.length === 0 || scopes.some((scope) => !existing.has(scope)))
    throw new OAuthError('invalid_scope');
  if (scopes.some((scope) => !allowed.includes(scope))) throw new OAuthError('invalid_grant');
  return scopes;
}

function clientMetadata(text: string | null): Record<string, string> {
  if (text === null) return {};
  const metadata = parseJson(text);
  const isMap = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata);
  if (!isMap || Object.values(metadata).some((value) => typeof value !== 'string'))
    throw new OAuthError('invalid_request', 'aws_client_metadata must be a JSON object of strings');
  return metadata as Record<string, string>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
