import type { Context } from 'hono';
import { showUnrecognised, takeRequest } from '../federation/returning-browser.ts';
import { answerAuthorizeError } from '../hosted-ui/answer-authorize-error.ts';
import { clearHostedCookie, readHostedCookie } from '../hosted-ui/cookies.ts';
import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from '../model/app-client.ts';
import type { UserPool } from '../model/user-pool.ts';
import { deleteHostedSession, findHostedSession, type HostedSession } from '../store/hosted-sessions.ts';
import { validateAuthorizeRequest } from './authorize.ts';
import { AuthorizeError, pageError } from './authorize-error.ts';
import { requireClient } from './checks/client-and-redirect-uri.ts';
import { redirect } from './redirect.ts';
import { responseLocation } from './response-location.ts';

/**
 * `GET /logout` (Cognito: Logout endpoint): ends the hosted session and goes to `logout_uri`, or, with `redirect_uri`,
 * to the sign-in page; by way of the SAML provider where that is to end its session too. Tokens live on.
 */
export async function answerLogout(context: Context, pool: LocalPool, userPool: UserPool): Promise<Response> {
  const query = new URL(context.req.url).searchParams;
  try {
    const location = signedOutLocation(pool, userPool, query);
    const cookie = readHostedCookie(context, 'cognito');
    const session = cookie ? findHostedSession(pool, userPool.id, cookie) : undefined;
    if (cookie) deleteHostedSession(pool, userPool.id, cookie);
    clearHostedCookie(context, userPool.id, 'cognito');
    const elsewhere = session && (await providerLocation(context, pool, userPool, session, query));
    return redirect(context, elsewhere ?? location);
  } catch (error) {
    if (error instanceof AuthorizeError) return redirect(context, error.location);
    throw error;
  }
}

async function providerLocation(
  context: Context,
  pool: LocalPool,
  userPool: UserPool,
  session: HostedSession,
  query: URLSearchParams,
): Promise<string | undefined> {
  if (session.identityProvider === 'COGNITO') return undefined;
  const { samlLogoutUrl } = await import('../federation/saml/logout.ts');
  return samlLogoutUrl(context, pool, userPool, session, query);
}

/** `/saml2/logout`: back from a SAML provider. What it says of its own session changes nothing: ours has ended. */
export async function answerSamlLogout(
  context: Context,
  pool: LocalPool,
  userPool: UserPool,
): Promise<Response> {
  const form = context.req.method === 'POST' ? await context.req.text() : new URL(context.req.url).search;
  const relayState = new URLSearchParams(form).get('RelayState') ?? '';
  try {
    const request = takeRequest(context, pool, userPool, 'sign-out', relayState);
    if (!request) return showUnrecognised(context, userPool);
    const location = signedOutLocation(pool, userPool, new URLSearchParams(request.query));
    return redirect(context, location, context.req.method === 'POST' ? 303 : 302);
  } catch (error) {
    return answerAuthorizeError(context, error);
  }
}

/** @throws AuthorizeError */
function signedOutLocation(pool: LocalPool, userPool: UserPool, query: URLSearchParams): string {
  const client = requireClient(pool, userPool, query);
  return logoutLocation(client, query) ?? signInAgainLocation(pool, userPool, client, query);
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
