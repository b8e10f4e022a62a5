import type { Context } from 'hono';
import type { SignedIn } from '../authentication/attempt.ts';
import { requireSignInStatus } from '../authentication/user-status.ts';
import { CognitoError } from '../errors.ts';
import { runPostAuthentication } from '../lambda/post-authentication.ts';
import type { LocalPool } from '../local-pool.ts';
import type { User } from '../model/user.ts';
import { issueAuthorizationResponse } from '../oauth2/authorization-response.ts';
import type { AuthorizeRequest } from '../oauth2/authorize-request.ts';
import { redirect } from '../oauth2/redirect.ts';
import {
  createHostedSession,
  deleteHostedSession,
  findHostedSession,
  type HostedSession,
} from '../store/hosted-sessions.ts';
import { findUser } from '../store/users.ts';
import { beginAgain } from './begin-again.ts';
import { readHostedCookie, setHostedCookie } from './cookies.ts';
import { forgetPageData } from './hosted-answers.ts';
import { hostedAttempt } from './hosted-attempt.ts';
import type { HostedRequest } from './hosted-request.ts';
import { refusalOf } from './refusal.ts';

/** Seconds (Cognito: the managed login session cookie lives an hour from sign-in). */
const sessionCookieLifetime = 60 * 60;

/**
 * Ends a sign-in at the pages, after the post authentication trigger: opens a hosted session and returns the browser to
 * the app client. A trigger that throws leads back to the sign-in page, which shows what it said.
 */
export async function finishSignIn(
  request: HostedRequest,
  { user, progress: { username, methods = [] } }: SignedIn,
): Promise<Response> {
  const outcome = await refusalOf(() => authenticated(request, user));
  if ('refusal' in outcome) return beginAgain(request, username, outcome.refusal.message);
  forgetPageData(request);
  const origin = { identityProvider: 'COGNITO', methods };
  return openHostedSession(request.context, request.ui.pool, request.authorize, outcome.value, origin);
}

/** The user as the post authentication trigger leaves them. @throws CognitoError of the trigger, or of who may not sign in any more */
async function authenticated(request: HostedRequest, user: User): Promise<User> {
  const { ui, userPool, client } = request;
  await runPostAuthentication(ui.pool, userPool, client, user, {
    newDeviceUsed: userPool.deviceConfiguration !== undefined,
  });
  const present = findUser(ui.pool, userPool.id, user.sub);
  if (!present) throw new CognitoError('UserNotFoundException', 'User does not exist.');
  requireSignInStatus(hostedAttempt(request), present);
  return present;
}

/**
 * Opens a hosted session and answers the authorization request. A session that the browser brought is closed, never
 * taken over: a value that somebody planted before the sign-in stays worthless after it.
 * @param origin who vouched for the person, `COGNITO` = the pool itself, and how they signed in
 * @throws AuthorizeError when the tokens of the implicit grant cannot be issued.
 */
export async function openHostedSession(
  context: Context,
  pool: LocalPool,
  authorize: AuthorizeRequest,
  user: User,
  origin: Pick<HostedSession, 'identityProvider' | 'methods'>,
): Promise<Response> {
  const { userPool } = authorize;
  const brought = readHostedCookie(context, 'cognito');
  if (brought !== undefined) deleteHostedSession(pool, userPool.id, brought);

  const token = createHostedSession(pool, userPool.id, user.sub, origin);
  const session = findHostedSession(pool, userPool.id, token);
  if (session === undefined) throw new Error('The hosted session that was just opened is gone.');
  setHostedCookie(context, userPool.id, 'cognito', token, sessionCookieLifetime);

  const location = await issueAuthorizationResponse(pool, authorize, session);
  return redirect(context, location, context.req.method === 'POST' ? 303 : 302);
}
