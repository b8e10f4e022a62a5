import type { Step } from '../authentication/attempt.ts';
import { afterPassword } from '../authentication/next-step.ts';
import { checkPassword } from '../authentication/password.ts';
import { CognitoError } from '../errors.ts';
import { findUserByTypedName } from '../model/user-names.ts';
import { letsPoolUsersIn } from '../oauth2/checks/identity-provider.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { goToPage, passOn, showPage } from './hosted-answers.ts';
import { hostedAttempt } from './hosted-attempt.ts';
import type { HostedRequest } from './hosted-request.ts';
import { idpLinks } from './idp-links.ts';
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
    offersPassword: letsPoolUsersIn(request.authorize),
    idpLinks: idpLinks(request),
  });
  return showPage(request, view, false);
}

/** `POST /login` with `username` and `password`. */
export async function submitLogin(request: HostedRequest): Promise<Response> {
  const { ui, userPool, form } = request;
  const username = form.get('username')?.trim() ?? '';
  try {
    const attempt = hostedAttempt(request);
    const user = await checkPassword(attempt, username, form.get('password') ?? '');
    const progress = { username, tokenSource: 'TokenGeneration_Authentication' } as const;
    return goOn(request, await afterPassword(attempt, user, progress));
  } catch (error) {
    if (!(error instanceof CognitoError)) throw error;
    switch (error.code) {
      case 'UserNotConfirmedException':
        passOn(request, { username, provenSub: findUserByTypedName(ui.pool, userPool, username)?.sub });
        return goToPage(request, 'confirmUser');
      case 'PasswordResetRequiredException':
        passOn(request, { username });
        return goToPage(request, 'forgotPassword');
      default:
        return refuse(request, username, error.message);
    }
  }
}

function goOn(request: HostedRequest, step: Step): Promise<Response> {
  if (step.kind === 'signed-in') return finishSignIn(request, step.user);
  return refuse(request, step.name, temporaryPassword);
}

function refuse(request: HostedRequest, username: string, error: string): Promise<Response> {
  const offersSignUp = !request.userPool.allowAdminCreateUserOnly;
  return showPage(
    request,
    loginView({ page: request.page, username, error, offersSignUp, idpLinks: idpLinks(request) }),
    true,
  );
}

const temporaryPassword =
  'This password is temporary and must be changed, which this page cannot do. Ask an administrator for a new one.';
