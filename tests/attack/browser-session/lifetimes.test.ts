import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../../../lib/config.ts';
import type { SessionCookie } from '../../../lib/session/cookie-contents.ts';
import { readSession } from '../../../lib/session/session-cookies.ts';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { namesSet } from '../../support/cookie-names.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { sealedSession } from '../../support/sealed-session.ts';

const DAY = 86_400;
const MINUTE = 60;

let pool: HostileUserPool;
let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp({ ...pool.environment, SESSION_DAYS: '7', SESSION_IDLE_MINUTES: '30' });
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});
beforeEach(() => {
  pool.reset();
  browser = openBrowser(app);
});

const now = (): number => Math.floor(Date.now() / 1_000);

/** As if the clock had moved on since this session was opened or used: no test can wait for that long. */
async function arrive(times: Partial<SessionCookie>, refreshToken = 'refresh-1'): Promise<void> {
  const { access_token } = await pool.tokens({ nonce: undefined });
  const contents = { accessToken: String(access_token), claims: { sub: pool.sub } };
  const due = { refreshDueAt: now() + 2_700, seenAt: now(), ...times };
  browser.jar.plant('localhost', await sealedSession(app, { ...contents, ...due }, refreshToken));
}

async function held(): Promise<SessionCookie> {
  const cookies = browser.cookies();
  const jar = { read: (name: string) => cookies[name], names: () => Object.keys(cookies), write: () => {} };
  const read = await readSession(jar, parseConfig(app.environment));
  if (read.kind !== 'session') throw new Error('There is no session.');
  return read.session;
}

const expectOver = async () => {
  expect((await browser.get('/home')).location?.search).toContain('reason=ended');
  expect(browser.cookies()).toEqual({});
  expect(pool.tokenRequests).toEqual([]);
};

test('BS-09 a session that was not used for its idle lifetime has ended, however good its tokens are', async () => {
  await arrive({ seenAt: now() - 30 * MINUTE });
  await expectOver();
});

test('BS-09 a session that is used within its idle lifetime goes on, and its seal says when it was used', async () => {
  await arrive({ seenAt: now() - 29 * MINUTE });
  const page = await browser.get('/home');
  expect(page.status).toBe(200);
  expect(namesSet(page.headers.getSetCookie())).toEqual(['session']);
  expect(now() - (await held()).seenAt).toBeLessThan(10);
  expect((await browser.get('/home')).headers.getSetCookie()).toEqual([]);
});

test('BS-09 a copy of the cookies from before ends by its own seal', async () => {
  await arrive({ seenAt: now() - 30 * MINUTE });
  const old = browser.cookies();
  browser = openBrowser(app);
  browser.jar.plant('localhost', old);
  await expectOver();
});

test('BS-09 a session ends with its absolute lifetime, however much it is used', async () => {
  await arrive({ openedAt: now() - 7 * DAY, seenAt: now() });
  await expectOver();
});

test('BS-09 a refresh does not extend the absolute lifetime', async () => {
  const openedAt = now() - 7 * DAY + 2;
  await arrive({ openedAt, refreshDueAt: now() - 1 });
  expect((await browser.get('/home')).status).toBe(200);
  expect(pool.tokenRequests).toHaveLength(1);
  expect((await held()).openedAt).toBe(openedAt);
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  pool.reset();
  await expectOver();
});

test('BS-09 a cookie that outlives its Max-Age in the browser is of no use', async () => {
  await arrive({ openedAt: now() - 8 * DAY, seenAt: now() - 8 * DAY });
  await expectOver();
});
