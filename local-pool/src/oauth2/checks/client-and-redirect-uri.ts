import type { LocalPool } from '../../local-pool.ts';
import type { AppClient } from '../../model/app-client.ts';
import type { UserPool } from '../../model/user-pool.ts';
import { pageError } from '../authorize-error.ts';

/**
 * The app client that a front-channel request names.
 * @throws AuthorizeError of the page kind: nothing is known yet that a redirect could go to.
 */
export function requireClient(pool: LocalPool, userPool: UserPool, query: URLSearchParams): AppClient {
  const [clientId, ...others] = query.getAll('client_id');
  if (!clientId || others.length > 0)
    throw pageError(userPool, 'invalid_request', {
      description: "Required String parameter 'client_id' is not present",
    });
  const client = pool.appClient(clientId);
  if (!client || client.userPoolId !== userPool.id)
    throw pageError(userPool, 'invalid_client', { description: 'The app client does not exist' });
  if (userPool.domain?.managedLoginVersion === 2 && !client.branded)
    throw pageError(userPool, 'unauthorized_client', {
      description: 'Login pages unavailable. Please contact an administrator.',
      clientId,
    });
  return client;
}

/**
 * The redirect URI, which must be one of the client's callback URLs as an exact string (RFC 9700 section 4.1). It may
 * be left out where the client has a default or only one.
 * @throws AuthorizeError of the page kind.
 */
export function requireRedirectUri(userPool: UserPool, client: AppClient, query: URLSearchParams): string {
  const given = query.getAll('redirect_uri');
  const fallback =
    client.defaultRedirectUri ?? (client.callbackUrls.length === 1 ? client.callbackUrls[0] : undefined);
  const redirectUri = given.length === 0 ? fallback : given[0];
  if (!redirectUri)
    throw pageError(userPool, 'invalid_request', {
      description: "Required String parameter 'redirect_uri' is not present",
      clientId: client.clientId,
    });
  if (given.length > 1 || !client.callbackUrls.includes(redirectUri))
    throw pageError(userPool, 'redirect_mismatch', { clientId: client.clientId });
  return redirectUri;
}
