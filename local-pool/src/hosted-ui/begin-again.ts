import { goToPage, passOn } from './hosted-answers.ts';
import type { HostedRequest } from './hosted-request.ts';

/** Sends the browser back to the sign-in page, which says why. @param problem one sentence for the person */
export function beginAgain(request: HostedRequest, username: string, problem: string): Response {
  passOn(request, { username, problem });
  return goToPage(request, 'login');
}
