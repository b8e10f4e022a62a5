import type { Context } from 'hono';

/** A front-channel redirect: 302 as Cognito sends it, kept by no cache and without a Referer that could hold a code. */
export function redirect(context: Context, location: string): Response {
  context.header('Cache-Control', 'no-store');
  context.header('Referrer-Policy', 'no-referrer');
  return context.redirect(location, 302);
}
