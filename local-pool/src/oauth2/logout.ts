import type { Context } from 'hono';
import { clearHostedCookie, readHostedCookie } from '../hosted-ui/cookies.ts';
import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from '../model/app-client.ts';
import type { UserPool } from '../model/user-pool.ts';
import { deleteHostedSession } from '../store/hosted-sessions.ts';
import { validateAuthorizeRequest } from './authorize.ts';
import { AuthorizeError, pageError } from './authorize-error.ts';
import { requireClient } from './checks/client-and-redirect-uri.ts';
import { redirect } from './redirect.ts';
import { responseLocation } from './response-location.ts';

/**
 * `GET /logout` (Cognito: Logout endpoint): ends the hosted session and goes to `logout_uri`, or, with `redirect_uri`,
 * to the sign-in page. Tokens live on.
 */
export function answerLogout(context: Context, pool: LocalPool, userPool: UserPool): Response {
  const query = new URL(context.req.url).searchParams;
  try {
    const client = requireClient(pool, userPool, query);
    const location = logoutLocation(client, query) ?? signInAgainLocation(pool, userPool, client, query);
    const cookie = readHostedCookie(context, 'cognito');
    if (cookie) deleteHostedSession(pool, userPool.id, cookie);
    clearHostedCookie(context, userPool.id, 'cognito');
    return redirect(context, location);
  } catch (error) {
    if (error instanceof AuthorizeError) return redirect(context, error.location);
    throw error;
  }
}

function logoutLocation(client: AppClient, query: URLSearchParams): string | undefined {
  const [logoutUri, ...others] = query.getAll('logout_uri');
  if (!logoutUri || others.length > 0 || !client.logoutUrls.includes(logoutUri)) return undefined;
  const state = query.get('state');
  return state === null ? logoutUri : responseLocation(logoutUri, undefined, { state });
}

function signInAgainLocation(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient,
  query: URLSearchParams,
): string {
  if (!query.has('redirect_uri'))
    throw pageError(userPool, 'invalid_request', {
      description: "Required String parameter 'redirect_uri' is not present",
      clientId: client.clientId,
    });
  query.delete('logout_uri');
  validateAuthorizeRequest(pool, userPool, query);
  return `/${userPool.id}/login?${query}`;
}
