import { verifyAccessToken } from '../access-token.ts';
import { CognitoError, OAuthError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { identitiesAttribute } from '../model/identities.ts';
import { readableAttributes } from '../model/readable-attributes.ts';
import type { UserPool } from '../model/user-pool.ts';
import { jsonResponse } from './json-response.ts';

const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/** `GET /oauth2/userInfo` (Cognito: UserInfo endpoint). Every value is a string, `email_verified` too. */
export async function answerUserInfo(
  pool: LocalPool,
  userPool: UserPool,
  request: Request,
): Promise<Response> {
  try {
    const token = BEARER.exec(request.headers.get('authorization') ?? '')?.[1];
    if (!token) throw new OAuthError('invalid_request', 'Bad OAuth2 request at UserInfo Endpoint', 400);
    const { client, user, scopes } = await verifyAccessToken(pool, userPool, token);
    if (!scopes.includes('openid'))
      throw new OAuthError('invalid_token', 'Access token does not contain openid scope', 401);
    const attributes = readableAttributes(user, client, scopes);
    return jsonResponse({
      sub: user.sub,
      ...identitiesAttribute(user),
      ...attributes,
      username: user.username,
    });
  } catch (error) {
    if (error instanceof OAuthError) return challenge(error);
    if (error instanceof CognitoError) return challenge(new OAuthError('invalid_token', UNUSABLE, 401));
    throw error;
  }
}

const UNUSABLE = 'Access token is expired, disabled, or deleted, or the user has globally signed out.';

function challenge({ error, description = '', status }: OAuthError): Response {
  const header = `Bearer error="${error}", error_description="${description}"`;
  return jsonResponse({ error, error_description: description }, status, { 'WWW-Authenticate': header });
}
