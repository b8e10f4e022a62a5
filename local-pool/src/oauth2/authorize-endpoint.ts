import type { Context } from 'hono';
import { externalProvider, sendToProvider } from '../federation/send-to-provider.ts';
import { readHostedCookie } from '../hosted-ui/cookies.ts';
import type { LocalPool } from '../local-pool.ts';
import { mayStaySignedIn } from '../model/hosted-standing.ts';
import type { UserPool } from '../model/user-pool.ts';
import { findHostedSession, type HostedSession } from '../store/hosted-sessions.ts';
import { findUser } from '../store/users.ts';
import { issueAuthorizationResponse } from './authorization-response.ts';
import { validateAuthorizeRequest } from './authorize.ts';
import { AuthorizeError, clientError } from './authorize-error.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import { redirect } from './redirect.ts';

/** `GET /oauth2/authorize`: straight back with a code where a hosted session stands, else to the provider or the sign-in page. */
export async function answerAuthorize(
  context: Context,
  pool: LocalPool,
  userPool: UserPool,
): Promise<Response> {
  const query = new URL(context.req.url).searchParams;
  try {
    const request = validateAuthorizeRequest(pool, userPool, query);
    const session = asksAnew(request) ? undefined : standingSession(context, pool, request);
    if (session) return redirect(context, await issueAuthorizationResponse(pool, request, session));
    if (request.prompt.includes('none'))
      throw clientError({ state: undefined, ...request }, 'login_required');
    const provider = externalProvider(request);
    if (provider) return await sendToProvider(context, pool, request, provider, query);
    return redirect(context, `/${userPool.id}/login?${query}`);
  } catch (error) {
    if (error instanceof AuthorizeError) return redirect(context, error.location);
    throw error;
  }
}

/** `max_age=0` says the same as `prompt=login` (OpenID Connect Core 3.1.2.1). */
function asksAnew({ prompt, maxAge }: AuthorizeRequest): boolean {
  return prompt.includes('login') || maxAge === 0;
}

/** The browser's session, if its user is still good and it began with the provider that is asked for, lately enough. */
function standingSession(
  context: Context,
  pool: LocalPool,
  { userPool, client, identityProvider, maxAge = Infinity }: AuthorizeRequest,
): HostedSession | undefined {
  const cookie = readHostedCookie(context, 'cognito');
  const session = cookie ? findHostedSession(pool, userPool.id, cookie) : undefined;
  if (!session || (identityProvider ?? session.identityProvider) !== session.identityProvider)
    return undefined;
  if (pool.clock.now() - session.authTime > maxAge * 1000) return undefined;
  if (!client.supportedIdentityProviders.includes(session.identityProvider)) return undefined;
  const user = findUser(pool, userPool.id, session.sub);
  return user && mayStaySignedIn(user, session.identityProvider) ? session : undefined;
}
