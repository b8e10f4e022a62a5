import type { CognitoError } from '../errors.ts';
import { confirmSignUp } from '../model/confirm-sign-up.ts';
import { findUserByTypedName } from '../model/user-names.ts';
import { continueAfterFirstFactor } from './continue-sign-in.ts';
import { goToPage, passOn, showPage } from './hosted-answers.ts';
import type { HostedRequest } from './hosted-request.ts';
import { noticeText } from './notices.ts';
import { refusalOf } from './refusal.ts';
import { confirmUserView } from './views/confirm-user-view.ts';

/** `GET /confirmUser`: asks for the code that was sent at sign-up. */
export function showConfirmUser(request: HostedRequest): Promise<Response> {
  const { context, page, pageData } = request;
  const view = confirmUserView({
    page,
    username: pageData?.username,
    destination: pageData?.destination,
    notice: noticeText(context.req.query('notice')),
  });
  return showPage(request, view, false);
}

/**
 * `POST /confirmUser` with `username` and `code`. The person is signed in at once when this browser gave the account's
 * password a moment ago; a code alone does not sign anybody in.
 */
export async function submitConfirmUser(request: HostedRequest): Promise<Response> {
  const { ui, userPool, client, form, pageData } = request;
  const username = form.get('username')?.trim() ?? '';
  const code = form.get('code')?.trim() ?? '';
  const outcome = await refusalOf(() => confirmSignUp(ui.pool, userPool, client, { username, code }));
  if ('refusal' in outcome) return showCodeRefusal(request, outcome.refusal);
  const user = findUserByTypedName(ui.pool, userPool, username);
  if (user?.enabled && user.sub === pageData?.provenSub)
    return continueAfterFirstFactor(request, username, user, pageData.provenBy ?? []);
  passOn(request, { username });
  return goToPage(request, 'login', 'confirmed');
}

/** The page again with the reason why a code, or the wish for another one, was refused. */
export function showCodeRefusal(request: HostedRequest, refusal: CognitoError): Promise<Response> {
  const { page, form, pageData } = request;
  const username = form.get('username')?.trim();
  const destination = pageData?.username === username ? pageData?.destination : undefined;
  return showPage(request, confirmUserView({ page, username, destination, error: refusal.message }), true);
}
