import { goToPage, passOn } from './hosted-answers.ts';
import type { HostedRequest } from './hosted-request.ts';

/** Characters. A trigger may say any amount, and a cookie holds 4,096 bytes. */
const LONGEST_PROBLEM = 300;

/** Sends the browser back to the sign-in page, which says why. @param problem one sentence for the person */
export function beginAgain(request: HostedRequest, username: string, problem: string): Response {
  passOn(request, { username, problem: problem.slice(0, LONGEST_PROBLEM) });
  return goToPage(request, 'login');
}
