import type { Progress, Step } from '../authentication/attempt.ts';
import { userAuth } from '../authentication/flows/user-auth.ts';
import { afterPassword } from '../authentication/next-step.ts';
import { checkPassword } from '../authentication/password.ts';
import { incorrectCredentials } from '../authentication/refusals.ts';
import { letsPoolUsersIn } from '../oauth2/checks/identity-provider.ts';
import { continueSignIn } from './continue-sign-in.ts';
import { detour } from './detour.ts';
import { passOn, showPage } from './hosted-answers.ts';
import { hostedAttempt } from './hosted-attempt.ts';
import type { HostedRequest } from './hosted-request.ts';
import { idpLinks } from './idp-links.ts';
import { noticeText } from './notices.ts';
import { refusalOf } from './refusal.ts';
import { type LoginView, loginView } from './views/login-view.ts';

/** `GET /login` (Cognito: Login endpoint). */
export function showLogin(request: HostedRequest): Promise<Response> {
  const { context, pageData } = request;
  const { username = request.authorize.loginHint, problem } = pageData ?? {};
  // Said once: the next look at the page is not about it any more.
  if (pageData && problem !== undefined) passOn(request, { username: pageData.username });
  const notice = problem === undefined ? noticeText(context.req.query('notice')) : undefined;
  return showPage(request, view(request, { username, problem, notice }), false);
}

/** `POST /login` with `username` and `password`, or with `username` alone where people choose what comes next. */
export async function submitLogin(request: HostedRequest): Promise<Response> {
  const username = request.form.get('username')?.trim() ?? '';
  const outcome = await refusalOf(async () =>
    continueSignIn(request, username, await begin(request, username)),
  );
  if (!('refusal' in outcome)) return outcome.value;
  const { refusal } = outcome;
  return (
    detour(request, username, refusal, ['pwd']) ??
    showPage(request, view(request, { username, error: refusal.message }), true)
  );
}

async function begin(request: HostedRequest, username: string): Promise<Step> {
  // Before any trigger, which could take nothing for a password.
  if (username === '') throw incorrectCredentials();
  const attempt = hostedAttempt(request);
  const progress: Progress = { username, tokenSource: 'TokenGeneration_Authentication' };
  const password = request.form.get('password');
  if (password === null && letsChoose(request))
    return userAuth(attempt, {}, { ...progress, choiceBased: true }, undefined);
  if (!password) throw incorrectCredentials();
  return afterPassword(attempt, await checkPassword(attempt, username, password), progress);
}

/** Whether people say who they are first and how they prove it second (Cognito: choice-based sign-in). */
function letsChoose({ userPool, client }: HostedRequest): boolean {
  return client.explicitAuthFlows.includes('ALLOW_USER_AUTH') && userPool.firstFactors.length > 1;
}

function view(request: HostedRequest, shown: Pick<LoginView, 'username' | 'error' | 'problem' | 'notice'>) {
  return loginView({
    ...shown,
    page: request.page,
    offersSignUp: !request.userPool.allowAdminCreateUserOnly,
    offersPassword: letsPoolUsersIn(request.authorize),
    asksPassword: !letsChoose(request),
    idpLinks: idpLinks(request),
  });
}
