import type { Context } from 'hono';

/**
 * A front-channel redirect, kept by no cache and without a Referer that could hold a code.
 * @param status 302 as Cognito sends it; 303 after a form, so that the password is not posted on (RFC 9700 section 4.12)
 */
export function redirect(context: Context, location: string, status: 302 | 303 = 302): Response {
  context.header('Cache-Control', 'no-store');
  context.header('Referrer-Policy', 'no-referrer');
  return context.redirect(location, status);
}
