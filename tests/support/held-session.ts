import { SignJWT } from 'jose';
import { expect } from 'vitest';
import { parseConfig } from '../../lib/config.ts';
import type { SessionCookie } from '../../lib/session/cookie-contents.ts';
import { readSessionCookies } from '../../lib/session/session-cookies.ts';
import type { RunningApp } from './app.ts';
import { type BrokenUserPool, userPoolId } from './broken-user-pool.ts';
import type { Browser } from './browser.ts';
import { sealedSession } from './sealed-session.ts';

type Sealed = Pick<RunningApp, 'environment'>;

/** What the cookies of a signed-in browser hold. */
export async function heldSession(
  app: Sealed,
  browser: Pick<Browser, 'cookies'>,
): Promise<{ session: SessionCookie; refreshToken: string }> {
  const held = browser.cookies();
  const jar = { read: (name: string) => held[name], names: () => Object.keys(held), write: () => {} };
  const read = await readSessionCookies(jar, parseConfig(app.environment));
  if (read.kind !== 'session' || !read.refreshToken) throw new Error('There is no session.');
  return { session: read.session, refreshToken: read.refreshToken };
}

/** Whether a browser has any cookie of a session, good or not. */
export const hasSession = (browser: Pick<Browser, 'cookies'>): boolean =>
  Object.keys(browser.cookies()).some((name) => /^(__Host-)?(session|refresh)-\d/.test(name));

export const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

/** A token of the user pool with other claims, signed with the key that it signs with now. */
export async function signedAnew(
  { pool }: Pick<BrokenUserPool, 'pool'>,
  token: string,
  claims: Record<string, unknown> = {},
): Promise<string> {
  const { kid, privateKey } = pool.signingKeys(userPoolId).access;
  return await new SignJWT({ ...claimsOf(token), ...claims })
    .setProtectedHeader({ kid, alg: 'RS256' })
    .sign(privateKey);
}

/** Puts another access token into the session of a signed-in browser. */
export async function replaceAccessToken(
  app: Sealed,
  browser: Browser,
  accessToken: string,
  refreshDueAt?: number,
): Promise<void> {
  const { session, refreshToken } = await heldSession(app, browser);
  const changed = { ...session, accessToken, ...(refreshDueAt !== undefined && { refreshDueAt }) };
  browser.jar.plant('localhost', await sealedSession(app, changed, refreshToken));
}

/** Has two hours pass for the access token of a signed-in browser, and for nothing else. */
export async function expireAccessToken(
  app: Sealed,
  pool: Pick<BrokenUserPool, 'pool'>,
  browser: Browser,
): Promise<void> {
  const { session } = await heldSession(app, browser);
  const issuedAt = Number(claimsOf(session.accessToken).iat);
  const times = { iat: issuedAt - 7_200, exp: issuedAt - 3_600 };
  const expired = await signedAnew(pool, session.accessToken, times);
  await replaceAccessToken(app, browser, expired, session.refreshedAt);
}

/** A page load finds that the session is over: the cookies go, and the sign-in page says why. */
export async function expectEnded(browser: Browser): Promise<void> {
  const refused = await browser.get('/home');
  expect(refused.status).toBe(303);
  const page = await browser.follow(refused);
  expect(page.url.pathname + page.url.search).toBe('/sign-in?returnTo=%2Fhome&reason=ended');
  expect(page.status).toBe(200);
  expect(hasSession(browser)).toBe(false);
}
