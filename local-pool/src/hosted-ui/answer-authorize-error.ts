import type { Context } from 'hono';
import { AuthorizeError } from '../oauth2/authorize-error.ts';

/**
 * Sends the browser where a refused authorization request must go: to the client when its redirect URI is proven,
 * otherwise to our error page. After a post by 303, so that a password is never posted on (RFC 9700 section 4.12).
 * Any other error is a fault and goes on as an exception.
 */
export function answerAuthorizeError(context: Context, error: unknown): Response {
  if (!(error instanceof AuthorizeError)) throw error;
  context.header('Cache-Control', 'no-store');
  context.header('Referrer-Policy', 'no-referrer');
  return context.redirect(error.location, context.req.method === 'POST' ? 303 : 302);
}
