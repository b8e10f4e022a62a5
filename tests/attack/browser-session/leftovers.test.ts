import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';

let pool: HostileUserPool;
let app: RunningApp;
let browser: Browser;
let refreshToken: string | undefined;

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp(pool.environment);
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});
beforeEach(async () => {
  pool.reset();
  browser = openBrowser(app);
  await browser.signIn();
  refreshToken = pool.issued.at(-1);
  const [own] = Object.keys(browser.cookies()).filter((name) => name.startsWith('session-'));
  browser.jar.plant('localhost', { [own ?? '']: '*******' });
});

test('BS-06 an unreadable session beside a good refresh token: a page clears both and revokes the token', async () => {
  const answer = await browser.get('/home');
  expect(answer.location?.search).toContain('reason=ended');
  expect(browser.cookies()).toEqual({});
  expect(pool.revoked).toEqual([refreshToken]);
});

test('BS-06 so does a sign-out', async () => {
  await browser.post('/sign-out');
  expect(browser.cookies()).toEqual({});
  expect(pool.revoked).toEqual([refreshToken]);
});

test('BS-06 so does the next sign-in', async () => {
  const started = await browser.post('/api/auth/signin/cognito', { returnTo: '/home' });
  const callback = (await browser.get(started.location?.href ?? '')).location;
  await browser.get(callback?.href ?? '');
  expect(pool.revoked).toEqual([refreshToken]);
  expect((await browser.get('/home')).status).toBe(200);
});
