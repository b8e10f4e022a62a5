import type { Context } from 'hono';
import { readHostedCookie } from '../hosted-ui/cookies.ts';
import type { LocalPool } from '../local-pool.ts';
import type { UserPool } from '../model/user-pool.ts';
import { findHostedSession, type HostedSession } from '../store/hosted-sessions.ts';
import { findUser } from '../store/users.ts';
import { issueAuthorizationResponse } from './authorization-response.ts';
import { validateAuthorizeRequest } from './authorize.ts';
import { AuthorizeError, clientError } from './authorize-error.ts';
import { redirect } from './redirect.ts';

/** `GET /oauth2/authorize`: straight back with a code where a hosted session stands, else to the sign-in page. */
export async function answerAuthorize(
  context: Context,
  pool: LocalPool,
  userPool: UserPool,
): Promise<Response> {
  const query = new URL(context.req.url).searchParams;
  try {
    const request = validateAuthorizeRequest(pool, userPool, query);
    const session = request.prompt.includes('login') ? undefined : standingSession(context, pool, userPool);
    if (session) return redirect(context, await issueAuthorizationResponse(pool, request, session));
    if (request.prompt.includes('none'))
      throw clientError({ state: undefined, ...request }, 'login_required');
    return redirect(context, `/${userPool.id}/login?${query}`);
  } catch (error) {
    if (error instanceof AuthorizeError) return redirect(context, error.location);
    throw error;
  }
}

function standingSession(context: Context, pool: LocalPool, userPool: UserPool): HostedSession | undefined {
  const cookie = readHostedCookie(context, 'cognito');
  const session = cookie ? findHostedSession(pool, userPool.id, cookie) : undefined;
  return session && findUser(pool, userPool.id, session.sub)?.enabled ? session : undefined;
}
