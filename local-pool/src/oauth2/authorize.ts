import type { LocalPool } from '../local-pool.ts';
import type { UserPool } from '../model/user-pool.ts';
import { clientError } from './authorize-error.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import { requireClient, requireRedirectUri } from './checks/client-and-redirect-uri.ts';
import { requireCodeChallenge } from './checks/code-challenge.ts';
import { requireIdentityProvider } from './checks/identity-provider.ts';
import { requireMaxAge } from './checks/max-age.ts';
import { requirePrompt } from './checks/prompt.ts';
import { findRepeatedParameter } from './checks/repeated-parameter.ts';
import { requireResource } from './checks/resource.ts';
import { requireResponseType } from './checks/response-type.ts';
import { requireScopes } from './checks/scopes.ts';

/**
 * The ordered checks of an authorization request (Cognito: Authorize endpoint; RFC 6749 section 4.1.2.1).
 * @throws AuthorizeError with the `location` to send the browser to.
 */
export function validateAuthorizeRequest(
  pool: LocalPool,
  userPool: UserPool,
  query: URLSearchParams,
): AuthorizeRequest {
  const client = requireClient(pool, userPool, query);
  const redirectUri = requireRedirectUri(userPool, client, query);

  const state = query.get('state') ?? undefined;
  const responseType = query.get('response_type') ?? undefined;
  const refuse = (error: string, description?: string) =>
    clientError({ redirectUri, responseType, state }, error, description);

  const repeated = findRepeatedParameter(query);
  if (repeated) throw refuse('invalid_request', 'A parameter is given more than once');
  const codeChallenge = requireCodeChallenge(query, refuse);
  const resource = requireResource(query, refuse);
  const identityProvider = requireIdentityProvider(userPool, client, query, refuse);
  const maxAge = requireMaxAge(userPool, query, refuse);
  const nonce = query.get('nonce');
  const loginHint = query.get('login_hint');
  return {
    userPool,
    client,
    redirectUri,
    responseType: requireResponseType(client, responseType, refuse),
    scopes: requireScopes(client, query, refuse),
    prompt: requirePrompt(userPool, query, refuse),
    ...(state !== undefined && { state }),
    ...(maxAge !== undefined && { maxAge }),
    ...(nonce && { nonce }),
    ...(loginHint && { loginHint }),
    ...(codeChallenge && { codeChallenge }),
    ...(identityProvider !== undefined && { identityProvider }),
    ...(resource && { resource }),
  };
}
