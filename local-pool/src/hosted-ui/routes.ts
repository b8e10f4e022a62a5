import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { LocalPool } from '../local-pool.ts';
import { hostedUiKey } from '../store/hosted-ui-key.ts';
import { addPasskey, showAddPasskey } from './add-passkey.ts';
import { challengeLifetime, showChallenge, submitChallenge } from './challenge-page.ts';
import { confirmByLink } from './confirm-by-link.ts';
import {
  resetLifetime,
  showConfirmForgotPassword,
  submitConfirmForgotPassword,
} from './confirm-forgot-password.ts';
import { showConfirmUser, submitConfirmUser } from './confirm-user.ts';
import { showError } from './error-page.ts';
import { showForgotPassword, submitForgotPassword } from './forgot-password.ts';
import { hostedForm, hostedPage, inUserPool, type Route } from './hosted-route.ts';
import type { HostedUi } from './hosted-ui-context.ts';
import { showInbox } from './inbox.ts';
import { showInboxJson } from './inbox-json.ts';
import { showLogin, submitLogin } from './login.ts';
import { submitResendCode } from './resend-code.ts';
import { showProblem } from './show-problem.ts';
import { showSignUp, submitSignUp } from './signup.ts';

/** Bytes. The longest honest form is a sign-up with every attribute at Cognito's limit of 2,048 characters. */
const largestForm = 64 * 1024;

/** Adds the hosted pages of every user pool, and the inbox, to the server. */
export function mountHostedUi(app: Hono, pool: LocalPool): void {
  const ui: HostedUi = { pool, key: hostedUiKey(pool) };
  const confirmUserPage = hostedPage(ui, showConfirmUser);
  const linkTarget = confirmByLink(ui);

  app.get('/:userPoolId/passkeys/add', showAddPasskey(ui));
  app.post(
    '/:userPoolId/passkeys/add',
    bodyLimit({ maxSize: largestForm, onError: tooLarge }),
    addPasskey(ui),
  );
  app.post('/:userPoolId/:page', bodyLimit({ maxSize: largestForm, onError: tooLarge }));
  app.get('/:userPoolId/login', hostedPage(ui, showLogin));
  app.post('/:userPoolId/login', hostedForm(ui, submitLogin));
  app.get('/:userPoolId/challenge', hostedPage(ui, showChallenge));
  app.post('/:userPoolId/challenge', hostedForm(ui, submitChallenge, challengeLifetime));
  app.get('/:userPoolId/signup', hostedPage(ui, showSignUp));
  app.post('/:userPoolId/signup', hostedForm(ui, submitSignUp));
  app.get('/:userPoolId/confirmUser', (context) =>
    context.req.query('confirmation_code') === undefined ? confirmUserPage(context) : linkTarget(context),
  );
  app.post('/:userPoolId/confirmUser', hostedForm(ui, submitConfirmUser));
  app.get('/:userPoolId/confirm', toConfirmUser(ui));
  app.get('/:userPoolId/resendcode', toConfirmUser(ui));
  app.post('/:userPoolId/resendcode', hostedForm(ui, submitResendCode));
  app.get('/:userPoolId/forgotPassword', hostedPage(ui, showForgotPassword));
  app.post('/:userPoolId/forgotPassword', hostedForm(ui, submitForgotPassword));
  app.get('/:userPoolId/confirmForgotPassword', hostedPage(ui, showConfirmForgotPassword));
  app.post('/:userPoolId/confirmForgotPassword', hostedForm(ui, submitConfirmForgotPassword, resetLifetime));
  app.get('/:userPoolId/error', showError(ui));
  app.get('/inbox', showInbox(pool));
  app.get('/inbox.json', showInboxJson(pool));
}

/** `/confirm` is how some guides write the page; `/resendcode` is only ever posted to, but a browser may be sent back to it. */
function toConfirmUser(ui: HostedUi): Route {
  return (context) =>
    // From the pool and not the path, in which `%2f` would lead to another host.
    inUserPool(context, ui, async ({ id }) =>
      context.redirect(`/${id}/confirmUser${new URL(context.req.url).search}`, 302),
    );
}

function tooLarge(context: Context): Promise<Response> {
  return showProblem(context, undefined, 413, {
    heading: 'Invalid request',
    message: 'The form is larger than this page accepts.',
  });
}
