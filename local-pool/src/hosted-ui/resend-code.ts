import { resendConfirmationCode } from '../model/confirm-sign-up.ts';
import { showCodeRefusal } from './confirm-user.ts';
import { goToPage, passOn } from './hosted-answers.ts';
import type { HostedRequest } from './hosted-request.ts';
import { refusalOf } from './refusal.ts';

/** `POST /resendcode` with `username`: sends the sign-up code again. */
export async function submitResendCode(request: HostedRequest): Promise<Response> {
  const { ui, userPool, client, form, pageData } = request;
  const username = form.get('username')?.trim() ?? '';
  const outcome = await refusalOf(() => resendConfirmationCode(ui.pool, userPool, client, { username }));
  if ('refusal' in outcome) return showCodeRefusal(request, outcome.refusal);
  passOn(request, { ...pageData, username, destination: outcome.value.destination });
  return goToPage(request, 'confirmUser', 'code-sent');
}
