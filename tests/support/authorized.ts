import type { Answer, Browser, Visit } from './browser.ts';
import { formWith } from './form.ts';

/** @returns the user pool's answer to a good password: a redirect to the callback, which nobody has followed yet */
export async function authorized(browser: Browser, visit: Visit): Promise<Answer> {
  const { returnTo = '/home', username = '', password = '' } = visit;
  const page = await browser.follow(await browser.post('/api/auth/signin/cognito', { returnTo }));
  const form = formWith(page, 'password');
  if (!form) throw new Error('The hosted page shows no form.');
  const answer = await browser.submit(form, { username, password });
  return answer.location?.searchParams.has('code') ? answer : await browser.get(answer.location?.href ?? '');
}
