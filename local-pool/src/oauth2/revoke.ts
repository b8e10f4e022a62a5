import { OAuthError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from '../model/app-client.ts';
import type { UserPool } from '../model/user-pool.ts';
import { findRefreshToken } from '../store/refresh-tokens.ts';
import { findTokenFamily, revokeTokenFamily } from '../store/token-families.ts';
import { authenticateClient } from './checks/client-authentication.ts';
import { readForm, requireParameter } from './checks/form-body.ts';
import { errorResponse } from './json-response.ts';

/** `POST /oauth2/revoke` (Cognito: Revoke endpoint; RFC 7009): ends a refresh token and all that descends from it. */
export async function answerRevoke(pool: LocalPool, userPool: UserPool, request: Request): Promise<Response> {
  try {
    const form = await readForm(request);
    const client = authenticateClient(pool, userPool, request.headers, form, 401);
    const token = requireParameter(form, 'token');
    if (!client.enableTokenRevocation)
      throw new OAuthError('invalid_request', 'Token revocation is not enabled for the app client');
    // A signed token has three parts; a refresh token, even a garbled one, is no such thing.
    if (token.split('.').length === 3) throw new OAuthError('unsupported_token_type');
    revoke(pool, client, token);
    return new Response(null, { status: 200 });
  } catch (error) {
    if (error instanceof OAuthError) return errorResponse(error);
    throw error;
  }
}

function revoke(pool: LocalPool, client: AppClient, token: string): void {
  const stored = findRefreshToken(pool, token);
  const family = stored && findTokenFamily(pool, stored.originJti);
  if (!family) return;
  if (family.clientId !== client.clientId) throw new OAuthError('unauthorized_client');
  revokeTokenFamily(pool, family.originJti);
}
