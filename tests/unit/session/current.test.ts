import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Config } from '../../../lib/config.ts';
import type { SessionCookie } from '../../../lib/session/cookie-contents.ts';
import { type KeptSession, keepSession, readCurrentSession } from '../../../lib/session/current.ts';
import { writeSessionCookies } from '../../../lib/session/session-cookies.ts';
import { type BrowserCookies, browserCookies } from '../../support/browser-cookies.ts';
import { configurationFor, environmentFor } from '../../support/configuration.ts';
import { sessionOf } from '../../support/session-contents.ts';
import { clientId, type Members, makeSigningKey, signPair } from '../../support/signed-tokens.ts';
import {
  sendJson,
  sendKeys,
  startUserPoolServer,
  type UserPoolServer,
} from '../../support/user-pool-server.ts';

const key = makeSigningKey('pool-key-1');
const start = Date.now();
const seconds = Math.floor(start / 1_000);

let pool: UserPoolServer;
let config: Config;

beforeAll(async () => {
  pool = await startUserPoolServer();
  pool.answers.keys = sendKeys(key);
  for (const [name, value] of Object.entries(environmentFor(pool.issuer, clientId))) vi.stubEnv(name, value);
  config = configurationFor(pool.issuer, clientId);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await pool.close();
});
beforeEach(() => {
  pool.calls.token = 0;
  const { accessToken, idToken } = signPair(pool.issuer, seconds, key, { jti: 'renewed' });
  pool.answers.token = sendJson({ access_token: accessToken, id_token: idToken, token_type: 'Bearer' });
});

const dueLater = seconds + 2_700;
const dueNow = seconds - 1;
const expired: Members = { iat: seconds - 7_200, auth_time: seconds - 7_200, exp: seconds - 3_600 };

/** A browser with a session whose access token has these claims. */
async function signedIn(refreshDueAt: number, claims: Members = {}, changes: Partial<SessionCookie> = {}) {
  const { accessToken } = signPair(pool.issuer, seconds, key, claims);
  const session = { ...sessionOf(accessToken, seconds), refreshDueAt, ...changes };
  const browser = browserCookies();
  await browser.request((cookies) => writeSessionCookies(cookies, config, session, crypto.randomUUID()));
  return browser;
}

async function kept(browser: BrowserCookies): Promise<KeptSession> {
  let result: KeptSession = { kind: 'none' };
  await browser.request(async (cookies) => {
    result = await keepSession(config, cookies, start);
  });
  return result;
}

async function readOnly(browser: BrowserCookies): Promise<string> {
  let kind = '';
  await browser.request(async (cookies) => {
    kind = (await readCurrentSession(config, cookies)).kind;
  });
  return kind;
}

it('a session that is not due is live without a token call', async () => {
  expect((await kept(await signedIn(dueLater))).kind).toBe('live');
  expect(pool.calls.token).toBe(0);
});

it('RR-01 a session that is due comes back with fresh tokens', async () => {
  const result = await kept(await signedIn(dueNow));
  expect(result).toMatchObject({ kind: 'refreshed', access: { jti: 'renewed' } });
  expect(pool.calls.token).toBe(1);
});

it('RR-01 a session whose access token has expired comes back with fresh tokens', async () => {
  expect((await kept(await signedIn(dueLater, expired))).kind).toBe('refreshed');
});

it('RR-05 a session that has expired is kept while the user pool does not answer', async () => {
  pool.answers.token = sendJson({ message: 'busy' }, 503);
  expect(await kept(await signedIn(dueNow, expired))).toEqual({ kind: 'unavailable' });
});

it('RR-07 a session that is due goes on with its tokens while the user pool does not answer', async () => {
  pool.answers.token = sendJson({ message: 'busy' }, 503);
  expect((await kept(await signedIn(dueNow))).kind).toBe('live');
  expect(pool.calls.token).toBe(1);
});

it('RR-06 a session whose refresh token is refused has ended, even while its access token lasts', async () => {
  pool.answers.token = sendJson({ error: 'invalid_grant' }, 400);
  expect(await kept(await signedIn(dueNow))).toMatchObject({ kind: 'refused' });
});

it('RR-08 code that cannot set cookies reads a session that is due, and refreshes nothing', async () => {
  expect(await readOnly(await signedIn(dueNow))).toBe('live');
  expect(await readOnly(await signedIn(dueNow, expired))).toBe('ended');
  expect(pool.calls.token).toBe(0);
});

it('a session without its refresh token is live until its access token ends', async () => {
  const live = await signedIn(dueNow);
  live.held.delete(`refresh-${seconds}`);
  expect((await kept(live)).kind).toBe('live');
  const over = await signedIn(dueNow, expired);
  over.held.delete(`refresh-${seconds}`);
  expect((await kept(over)).kind).toBe('ended');
  expect(pool.calls.token).toBe(0);
});

it('an access token of somebody else than the claims are of is no session', async () => {
  const browser = await signedIn(dueLater, { sub: 'stranger' });
  expect(await readOnly(browser)).toBe('ended');
});

it('an access token of another app client is no session', async () => {
  expect(await readOnly(await signedIn(dueLater, { client_id: 'cabanamobile00000000000001' }))).toBe('ended');
});

it('no cookie is no session, and one that cannot be read is a session that has ended', async () => {
  expect((await kept(browserCookies())).kind).toBe('none');
  expect((await kept(browserCookies({ 'session-7': '*******' }))).kind).toBe('ended');
  expect(await readOnly(browserCookies())).toBe('none');
  expect(await readOnly(browserCookies({ 'session-7': '*******' }))).toBe('ended');
});

it('a session ends with its configured lifetime, however good its tokens are and without spending one', async () => {
  const openedAt = seconds - config.sessionLifetime;
  const browser = await signedIn(dueNow, {}, { openedAt });
  expect((await kept(browser)).kind).toBe('ended');
  expect(await readOnly(browser)).toBe('ended');
  expect(pool.calls.token).toBe(0);
  expect((await kept(await signedIn(dueLater, {}, { openedAt: openedAt + 60 }))).kind).toBe('live');
});
