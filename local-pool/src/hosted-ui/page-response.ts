import type { Context } from 'hono';
import { contentSecurityPolicy } from './content-security-policy.ts';
import type { Html } from './views/html.ts';

export type PageStatus = 200 | 400 | 403 | 404 | 405 | 413;

/**
 * Answers with a page and the headers that every hosted page has.
 * @param redirectUri where a form of this page may lead in the end, for the content security policy.
 * @param scriptSource the one script that the page may run; absent = none.
 */
export async function pageResponse(
  context: Context,
  page: Html,
  status: PageStatus = 200,
  redirectUri?: string,
  scriptSource?: string,
): Promise<Response> {
  context.header('Content-Security-Policy', contentSecurityPolicy(redirectUri, scriptSource));
  context.header('X-Frame-Options', 'DENY');
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('Referrer-Policy', 'no-referrer');
  context.header('Cache-Control', 'no-store');
  return context.html(await page, status);
}
