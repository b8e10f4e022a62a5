import { forgotPassword } from '../model/forgot-password.ts';
import { goToPage, passOn, showPage } from './hosted-answers.ts';
import type { HostedRequest } from './hosted-request.ts';
import { refusalOf } from './refusal.ts';
import { forgotPasswordView } from './views/forgot-password-view.ts';

/** `GET /forgotPassword`. */
export function showForgotPassword(request: HostedRequest): Promise<Response> {
  const { page, pageData } = request;
  const username = pageData?.username ?? request.authorize.loginHint;
  return showPage(request, forgotPasswordView({ page, username }), false);
}

/** `POST /forgotPassword` with `username`: sends a reset code and asks for it on the next page. */
export async function submitForgotPassword(request: HostedRequest): Promise<Response> {
  const { ui, userPool, client, form, page } = request;
  const username = form.get('username')?.trim() ?? '';
  const outcome = await refusalOf(() => forgotPassword(ui.pool, userPool, client, { username }));
  if ('refusal' in outcome)
    return showPage(request, forgotPasswordView({ page, username, error: outcome.refusal.message }), true);
  passOn(request, { username, destination: outcome.value.destination });
  return goToPage(request, 'confirmForgotPassword');
}
