import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

/** Seconds: as long as the round trip to a provider may take. */
const LIFETIME = 5 * 60;
const FORM = /^[A-Za-z0-9_-]{43}$/;

/**
 * Marks the browser that leaves for an identity provider, so that the answer counts in that browser alone. A browser
 * that has a mark keeps it: a second tab must not spoil the first.
 * Two cookies as in Cognito: a SAML provider posts its answer from another site, for which a cookie needs
 * `SameSite=None`, and that needs `Secure`, which not every browser takes over http on loopback.
 */
export function markBrowser(context: Context, userPoolId: string): string {
  const [brought] = browserMarks(context);
  const mark = brought ?? randomBytes(32).toString('base64url');
  const options = { path: `/${userPoolId}`, httpOnly: true, maxAge: LIFETIME };
  setCookie(context, 'csrf-state', mark, { ...options, sameSite: 'None', secure: true });
  setCookie(context, 'csrf-state-legacy', mark, options);
  return mark;
}

/** The marks that a browser brings back, without those that nobody here made. */
export function browserMarks(context: Context): string[] {
  const brought = [getCookie(context, 'csrf-state'), getCookie(context, 'csrf-state-legacy')];
  return [...new Set(brought)].filter((mark) => mark !== undefined).filter((mark) => FORM.test(mark));
}
