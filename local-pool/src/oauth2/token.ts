import { CognitoError, OAuthError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import type { UserPool } from '../model/user-pool.ts';
import { authenticateClient } from './checks/client-authentication.ts';
import { readForm, requireParameter } from './checks/form-body.ts';
import { authorizationCodeGrant } from './grants/authorization-code.ts';
import { clientCredentialsGrant } from './grants/client-credentials.ts';
import type { Grant } from './grants/grant.ts';
import { refreshTokenGrant } from './grants/refresh-token.ts';
import { errorResponse, jsonResponse } from './json-response.ts';

const GRANTS = new Map<string, Grant>([
  ['authorization_code', authorizationCodeGrant],
  ['refresh_token', refreshTokenGrant],
  ['client_credentials', clientCredentialsGrant],
]);

/** `POST /oauth2/token` (Cognito: Token endpoint). Every refusal is HTTP 400. */
export async function answerToken(pool: LocalPool, userPool: UserPool, request: Request): Promise<Response> {
  try {
    const form = await readForm(request);
    const client = authenticateClient(pool, userPool, request.headers, form, 400);
    const grant = GRANTS.get(requireParameter(form, 'grant_type'));
    if (!grant) throw new OAuthError('unsupported_grant_type');
    return jsonResponse(await grant(pool, userPool, client, form));
  } catch (error) {
    if (error instanceof OAuthError) return errorResponse(error);
    if (error instanceof CognitoError) return errorResponse(new OAuthError('invalid_request', error.message));
    throw error;
  }
}
