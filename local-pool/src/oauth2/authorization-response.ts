import { CognitoError, OAuthError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { issueAuthorizationCode } from '../store/authorization-codes.ts';
import type { HostedSession } from '../store/hosted-sessions.ts';
import { insertTokenFamily } from '../store/token-families.ts';
import { findUser } from '../store/users.ts';
import { issueUserTokens } from '../tokens.ts';
import { clientError } from './authorize-error.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import { responseLocation } from './response-location.ts';

/**
 * Answers an authorization request for a signed-in browser: the Location that carries the code, or, for the implicit
 * grant, the tokens (Cognito: Authorize endpoint).
 * @throws AuthorizeError when the tokens of the implicit grant cannot be issued.
 */
export async function issueAuthorizationResponse(
  pool: LocalPool,
  request: AuthorizeRequest,
  hostedSession: HostedSession,
): Promise<string> {
  const parameters =
    request.responseType === 'code'
      ? { code: issueCode(pool, request, hostedSession) }
      : await issueImplicitTokens(pool, request, hostedSession);
  return responseLocation(request.redirectUri, request.responseType, {
    ...parameters,
    ...(request.state !== undefined && { state: request.state }),
  });
}

function issueCode(pool: LocalPool, request: AuthorizeRequest, session: HostedSession): string {
  const { userPool, client, redirectUri, scopes, nonce, codeChallenge, resource } = request;
  const { sub, authTime, methods } = session;
  return issueAuthorizationCode(pool, {
    userPoolId: userPool.id,
    clientId: client.clientId,
    sub,
    redirectUri,
    scopes,
    authTime,
    methods,
    ...(nonce !== undefined && { nonce }),
    ...(codeChallenge !== undefined && { codeChallenge }),
    ...(resource !== undefined && { resource }),
  });
}

async function issueImplicitTokens(
  pool: LocalPool,
  request: AuthorizeRequest,
  { sub, authTime, methods }: HostedSession,
): Promise<Record<string, string>> {
  const { userPool, client, scopes, nonce, resource } = request;
  const user = findUser(pool, userPool.id, sub);
  if (!user) throw clientError(asClientError(request), 'invalid_request', 'User does not exist.');
  const family = insertTokenFamily(pool, {
    userPoolId: userPool.id,
    clientId: client.clientId,
    sub,
    scopes,
    hosted: true,
    authTime,
    methods,
    expiresAt: pool.clock.now() + client.validity.access * 1000,
    ...(resource !== undefined && { resource }),
  });
  try {
    const source = 'TokenGeneration_HostedAuth';
    const tokens = await issueUserTokens(pool, { userPool, client, user, family }, source, { nonce });
    return {
      ...(tokens.idToken !== undefined && { id_token: tokens.idToken }),
      access_token: tokens.accessToken,
      token_type: 'Bearer',
      expires_in: String(tokens.expiresIn),
    };
  } catch (error) {
    if (error instanceof CognitoError || error instanceof OAuthError)
      throw clientError(asClientError(request), 'invalid_request', error.message);
    throw error;
  }
}

function asClientError({ redirectUri, responseType, state }: AuthorizeRequest) {
  return { redirectUri, responseType, state };
}
