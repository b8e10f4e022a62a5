import type { Context } from 'hono';
import type { AppClient } from '../model/app-client.ts';
import { mayStaySignedIn } from '../model/hosted-standing.ts';
import { completePasskeyRegistration, startPasskeyRegistration } from '../model/register-passkey.ts';
import type { User } from '../model/user.ts';
import type { UserPool } from '../model/user-pool.ts';
import { requireClient, requireRedirectUri } from '../oauth2/checks/client-and-redirect-uri.ts';
import { findHostedSession } from '../store/hosted-sessions.ts';
import { findUser } from '../store/users.ts';
import { readHostedCookie } from './cookies.ts';
import { giveRequestToken, inUserPool, type Route, readOwnForm, requestLifetime } from './hosted-route.ts';
import type { HostedUi } from './hosted-ui-context.ts';
import { pageResponse } from './page-response.ts';
import { passkeyScriptSource } from './passkey-script.ts';
import { refusalOf } from './refusal.ts';
import { showProblem } from './show-problem.ts';
import { addPasskeyView } from './views/add-passkey-view.ts';

interface Registration {
  userPool: UserPool;
  client: AppClient;
  user: User;
  redirectUri: string;
  /** This page, with its query. */
  address: string;
}

/** `GET /passkeys/add?client_id=&redirect_uri=`: a signed-in person makes a passkey (Cognito: managed login endpoints). */
export function showAddPasskey(ui: HostedUi): Route {
  return forSignedIn(ui, async (context, registration) => {
    const { userPool, user, redirectUri, address } = registration;
    const outcome = await refusalOf(() => startPasskeyRegistration(ui.pool, registration));
    if ('refusal' in outcome)
      return showProblem(context, userPool, 400, {
        heading: 'No passkey can be added',
        message: outcome.refusal.message,
      });
    const view = addPasskeyView({
      brand: userPool.name,
      username: user.attributes.email ?? user.username,
      address,
      requestToken: giveRequestToken(context, ui, userPool.id),
      redirectUri,
      options: JSON.stringify(outcome.value),
    });
    return pageResponse(context, view, 200, redirectUri, passkeyScriptSource);
  });
}

/** `POST /passkeys/add` with `credential`: registers the passkey and goes back to the app client. */
export function addPasskey(ui: HostedUi): Route {
  return forSignedIn(ui, async (context, registration) => {
    const { userPool, redirectUri, address } = registration;
    const restart = { href: address, label: 'Try again' };
    const posted = await readOwnForm(context, ui);
    if (!posted || ui.pool.clock.now() - posted.startedAt > requestLifetime)
      return showProblem(context, userPool, 403, {
        heading: 'Invalid request',
        message: 'This form is too old, or did not come from a page that we gave to this browser.',
        restart,
      });
    const outcome = await refusalOf(() =>
      completePasskeyRegistration(ui.pool, registration, readJson(posted.form.get('credential') ?? '')),
    );
    if ('refusal' in outcome)
      return showProblem(context, userPool, 400, {
        heading: 'The passkey was not added',
        message: outcome.refusal.message,
        restart,
      });
    context.header('Cache-Control', 'no-store');
    return context.redirect(redirectUri, 303);
  });
}

function forSignedIn(
  ui: HostedUi,
  work: (context: Context, registration: Registration) => Promise<Response>,
): Route {
  return (context) =>
    inUserPool(context, ui, async (userPool) => {
      const { searchParams, pathname, search } = new URL(context.req.url);
      const client = requireClient(ui.pool, userPool, searchParams);
      const redirectUri = requireRedirectUri(userPool, client, searchParams);
      if (userPool.domain?.managedLoginVersion !== 2)
        return showProblem(context, userPool, 404, {
          heading: 'Not found',
          message: 'This page is part of managed login: the domain needs ManagedLoginVersion 2.',
        });
      const user = signedInUser(context, ui, userPool);
      if (!user)
        return showProblem(context, userPool, 403, {
          heading: 'You are not signed in',
          message: 'Sign in first, and come back to add a passkey.',
        });
      return work(context, { userPool, client, user, redirectUri, address: pathname + search });
    });
}

function signedInUser(context: Context, { pool }: HostedUi, userPool: UserPool): User | undefined {
  const cookie = readHostedCookie(context, 'cognito');
  const session = cookie === undefined ? undefined : findHostedSession(pool, userPool.id, cookie);
  const user = session && findUser(pool, userPool.id, session.sub);
  return user && mayStaySignedIn(user, session.identityProvider) ? user : undefined;
}

/** What is no JSON is no registration response either. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
