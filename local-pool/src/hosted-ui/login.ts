import { signInWithPassword } from '../model/sign-in.ts';
import { findUserByTypedName } from '../model/user-names.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { goToPage, passOn, showPage } from './hosted-answers.ts';
import type { HostedRequest } from './hosted-request.ts';
import { noticeText } from './notices.ts';
import { loginView } from './views/login-view.ts';

/** `GET /login` (Cognito: Login endpoint). */
export function showLogin(request: HostedRequest): Promise<Response> {
  const { context, userPool, page, pageData } = request;
  const view = loginView({
    page,
    username: pageData?.username ?? request.authorize.loginHint,
    notice: noticeText(context.req.query('notice')),
    offersSignUp: !userPool.allowAdminCreateUserOnly,
  });
  return showPage(request, view, false);
}

/** `POST /login` with `username` and `password`. */
export async function submitLogin(request: HostedRequest): Promise<Response> {
  const { ui, userPool, client, form, page } = request;
  const username = form.get('username')?.trim() ?? '';
  const outcome = await signInWithPassword(ui.pool, userPool, client, username, form.get('password') ?? '');
  if (outcome.kind === 'signed-in') return finishSignIn(request, outcome.user);
  switch (outcome.code) {
    case 'UserNotConfirmed':
      passOn(request, { username, provenSub: findUserByTypedName(ui.pool, userPool, username)?.sub });
      return goToPage(request, 'confirmUser');
    case 'PasswordResetRequired':
      passOn(request, { username });
      return goToPage(request, 'forgotPassword');
    default: {
      const error = outcome.code === 'NewPasswordRequired' ? temporaryPassword : outcome.message;
      const offersSignUp = !userPool.allowAdminCreateUserOnly;
      return showPage(request, loginView({ page, username, error, offersSignUp }), true);
    }
  }
}

const temporaryPassword =
  'This password is temporary and must be changed, which this page cannot do. Ask an administrator for a new one.';
