import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/** The names that Cognito's hosted pages use. */
export type HostedCookie = 'cognito' | 'XSRF-TOKEN' | 'page-data';

/** The value of a cookie of this pool, or undefined. */
export function readHostedCookie(context: Context, name: HostedCookie): string | undefined {
  return getCookie(context, name);
}

/**
 * Sets a cookie for the pages of one user pool. Not Secure, because the local pool speaks plain http on loopback.
 * @param maxAge seconds; absent = until the browser closes.
 */
export function setHostedCookie(
  context: Context,
  userPoolId: string,
  name: HostedCookie,
  value: string,
  maxAge?: number,
): void {
  const path = `/${userPoolId}`;
  setCookie(context, name, value, {
    httpOnly: true,
    sameSite: 'Lax',
    path,
    ...(maxAge !== undefined && { maxAge }),
  });
}

/** Takes a cookie of this pool away from the browser. */
export function clearHostedCookie(context: Context, userPoolId: string, name: HostedCookie): void {
  deleteCookie(context, name, { path: `/${userPoolId}`, httpOnly: true, sameSite: 'Lax' });
}
