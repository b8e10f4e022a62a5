import type { CognitoError } from '../errors.ts';
import { confirmForgotPassword } from '../model/forgot-password.ts';
import { goToPage, passOn, showPage } from './hosted-answers.ts';
import type { HostedRequest } from './hosted-request.ts';
import { passwordHint } from './password-hint.ts';
import { refusalOf } from './refusal.ts';
import { confirmForgotPasswordView } from './views/confirm-forgot-password-view.ts';

/** Milliseconds (Cognito: the password reset code's session lasts eight minutes). */
export const resetLifetime: number = 8 * 60 * 1000;

/** `GET /confirmForgotPassword`: asks for the code and a new password. */
export function showConfirmForgotPassword(request: HostedRequest): Promise<Response> {
  return form(request, request.pageData?.username);
}

/** `POST /confirmForgotPassword` with `username`, `code` and `password`; sign-in with the new password comes next. */
export async function submitConfirmForgotPassword(request: HostedRequest): Promise<Response> {
  const { ui, userPool, client } = request;
  const username = request.form.get('username')?.trim() ?? '';
  const code = request.form.get('code')?.trim() ?? '';
  const password = request.form.get('password') ?? '';
  const outcome = await refusalOf(() =>
    confirmForgotPassword(ui.pool, userPool, client, { username, code, password }),
  );
  if ('refusal' in outcome) return form(request, username, outcome.refusal);
  passOn(request, { username });
  return goToPage(request, 'login', 'password-changed');
}

function form(
  request: HostedRequest,
  username: string | undefined,
  refusal?: CognitoError,
): Promise<Response> {
  const { page, userPool, pageData } = request;
  const view = confirmForgotPasswordView({
    page,
    username,
    destination: pageData?.username === username ? pageData?.destination : undefined,
    passwordHint: passwordHint(userPool.passwordPolicy),
    error: refusal?.message,
    invalidField: refusal && blamedField(refusal),
  });
  return showPage(request, view, refusal !== undefined);
}

function blamedField({ code, message }: CognitoError): 'code' | 'password' | undefined {
  if (code === 'CodeMismatchException' || code === 'ExpiredCodeException') return 'code';
  return code === 'InvalidPasswordException' || message.includes("'password'") ? 'password' : undefined;
}
