import type { User } from '../model/user.ts';
import { issueAuthorizationResponse } from '../oauth2/authorization-response.ts';
import { redirect } from '../oauth2/redirect.ts';
import { createHostedSession, deleteHostedSession, findHostedSession } from '../store/hosted-sessions.ts';
import { readHostedCookie, setHostedCookie } from './cookies.ts';
import { forgetPageData } from './hosted-answers.ts';
import type { HostedRequest } from './hosted-request.ts';

/** Seconds (Cognito: the managed login session cookie lives an hour from sign-in). */
const sessionCookieLifetime = 60 * 60;

/**
 * Opens a hosted session and returns the browser to the app client. A session that the browser brought is closed,
 * never taken over: a value that somebody planted before the sign-in stays worthless after it.
 */
export async function finishSignIn(request: HostedRequest, user: User): Promise<Response> {
  const { context, ui, userPool, authorize } = request;
  const brought = readHostedCookie(context, 'cognito');
  if (brought !== undefined) deleteHostedSession(ui.pool, userPool.id, brought);

  const token = createHostedSession(ui.pool, userPool.id, user.sub);
  const session = findHostedSession(ui.pool, userPool.id, token);
  if (session === undefined) throw new Error('The hosted session that was just opened is gone.');
  setHostedCookie(context, userPool.id, 'cognito', token, sessionCookieLifetime);
  forgetPageData(request);

  const location = await issueAuthorizationResponse(ui.pool, authorize, session);
  return redirect(context, location, 303);
}
