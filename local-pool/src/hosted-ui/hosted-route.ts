import type { Context } from 'hono';
import { externalProvider, sendToProvider } from '../federation/send-to-provider.ts';
import type { UserPool } from '../model/user-pool.ts';
import { validateAuthorizeRequest } from '../oauth2/authorize.ts';
import { clientError } from '../oauth2/authorize-error.ts';
import { letsPoolUsersIn } from '../oauth2/checks/identity-provider.ts';
import { answerAuthorizeError } from './answer-authorize-error.ts';
import { readHostedCookie, setHostedCookie } from './cookies.ts';
import { authorizeQuery, type HostedHandler, hostedRequest } from './hosted-request.ts';
import type { HostedUi } from './hosted-ui-context.ts';
import { checkRequestToken, issueRequestToken } from './request-token.ts';
import { showProblem } from './show-problem.ts';

/** Milliseconds: how long a page of a sign-in stays good (Cognito: five minutes for the whole authorization request). */
export const requestLifetime: number = 5 * 60 * 1000;

/** Characters (API reference: UsernameType). A name goes from page to page in a cookie, which holds 4,096 bytes. */
const LONGEST_NAME = 128;

const notForPoolUsers = 'The identity provider COGNITO is not enabled for the app client';

export type Route = (context: Context) => Promise<Response>;

/**
 * A GET of a hosted page, or the way to the identity provider that the request asks for. The address carries the authorization request, which is checked anew on every page.
 * Opening a page begins the sign-in's five minutes: Cognito's `/login` is an entry point of its own with the same query
 * as `/oauth2/authorize`, so what must not work is a page left open.
 */
export function hostedPage(ui: HostedUi, handler: HostedHandler): Route {
  return (context) =>
    inUserPool(context, ui, async (userPool) => {
      const authorize = validateAuthorizeRequest(ui.pool, userPool, authorizeQuery(context));
      // A client that asked for no page must not be shown one (OpenID Connect Core section 3.1.2.1).
      if (authorize.prompt.includes('none'))
        throw clientError({ state: undefined, ...authorize }, 'login_required');
      const provider = externalProvider(authorize);
      if (provider) return sendToProvider(context, ui.pool, authorize, provider, authorizeQuery(context));
      const token = giveRequestToken(context, ui, userPool.id);
      return handler(hostedRequest(context, ui, userPool, authorize, token, new URLSearchParams()));
    });
}

/**
 * A form post of a hosted page: from this browser, in time, and for a good authorization request.
 * @param lifetime milliseconds that the page stays good.
 */
export function hostedForm(ui: HostedUi, handler: HostedHandler, lifetime: number = requestLifetime): Route {
  return (context) =>
    inUserPool(context, ui, async (userPool) => {
      const posted = await readOwnForm(context, ui);
      if (!posted) return forged(context, userPool);
      const { form, token, startedAt } = posted;
      const authorize = validateAuthorizeRequest(ui.pool, userPool, authorizeQuery(context));
      if (!letsPoolUsersIn(authorize))
        throw clientError({ state: undefined, ...authorize }, 'invalid_request', notForPoolUsers);
      if (ui.pool.clock.now() - startedAt > lifetime) return expired(context, userPool);
      if ((form.get('username')?.trim() ?? '').length > LONGEST_NAME) return tooLong(context, userPool);
      return handler(hostedRequest(context, ui, userPool, authorize, token, form));
    });
}

/** Works with the user pool that the address names; what an authorization request is refused for is answered here. */
export async function inUserPool(
  context: Context,
  ui: HostedUi,
  work: (userPool: UserPool) => Promise<Response>,
) {
  const userPool = ui.pool.userPool(context.req.param('userPoolId') ?? '');
  if (userPool === undefined)
    return showProblem(context, undefined, 404, {
      heading: 'No such user pool',
      message: 'This server has no user pool of that ID.',
    });
  try {
    return await work(userPool);
  } catch (error) {
    return answerAuthorizeError(context, error);
  }
}

/** The form that this browser was given by us and posts now, with its token and when it was opened (milliseconds). */
export async function readOwnForm(
  context: Context,
  ui: HostedUi,
): Promise<{ form: URLSearchParams; token: string; startedAt: number } | undefined> {
  const form = await readForm(context);
  const token = form?.get('_csrf') ?? undefined;
  const startedAt = checkRequestToken(ui.key, readHostedCookie(context, 'XSRF-TOKEN'), token);
  return form && token !== undefined && startedAt !== undefined ? { form, token, startedAt } : undefined;
}

/** Gives the browser a request token for a page that is opened now. */
export function giveRequestToken(context: Context, ui: HostedUi, userPoolId: string): string {
  const token = issueRequestToken(ui.key, readHostedCookie(context, 'XSRF-TOKEN'), ui.pool.clock.now());
  setHostedCookie(context, userPoolId, 'XSRF-TOKEN', token);
  return token;
}

/** The posted fields, or undefined when the body is not a form. */
async function readForm(context: Context): Promise<URLSearchParams | undefined> {
  const type = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  return type === 'application/x-www-form-urlencoded'
    ? new URLSearchParams(await context.req.text())
    : undefined;
}

function forged(context: Context, userPool: UserPool): Promise<Response> {
  return showProblem(context, userPool, 403, {
    heading: 'Invalid request',
    message: 'This form did not come from a page that we gave to this browser. Cookies may be off.',
    restart: restart(context, userPool),
  });
}

function expired(context: Context, userPool: UserPool): Promise<Response> {
  return showProblem(context, userPool, 400, {
    heading: 'Something went wrong',
    message: 'This page was open for too long. A sign-in must be finished within five minutes.',
    restart: restart(context, userPool),
  });
}

function tooLong(context: Context, userPool: UserPool): Promise<Response> {
  return showProblem(context, userPool, 400, {
    heading: 'Something went wrong',
    message: 'This user name is too long.',
    restart: restart(context, userPool),
  });
}

function restart(context: Context, userPool: UserPool): { href: string; label: string } {
  return { href: `/${userPool.id}/oauth2/authorize?${authorizeQuery(context)}`, label: 'Start again' };
}
