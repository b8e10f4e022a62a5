import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { sealedSession } from '../../support/sealed-session.ts';

let pool: HostileUserPool;
let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp(pool.environment);
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});

/** A session in the middle of its tokens' life: nothing is due by itself. */
beforeEach(async () => {
  pool.reset();
  const now = Math.floor(Date.now() / 1_000);
  const { access_token, refresh_token } = await pool.tokens({ nonce: undefined }, { issuedAt: now - 1_800 });
  const session = {
    accessToken: String(access_token),
    claims: { sub: pool.sub, name: 'Before' },
    refreshDueAt: now + 900,
  };
  browser = openBrowser(app);
  browser.jar.plant('localhost', await sealedSession(app, session, String(refresh_token)));
});

const greeting = (text: string): string | undefined => /Hello, ([^<]+)/.exec(text)?.[1];

test('a session that is marked as due has the new claims on the page that follows, by one token call', async () => {
  expect(greeting((await browser.get('/home')).text)).toBe('Before');
  const answer = await browser.post('/home/refresh');
  expect([answer.status, answer.location?.pathname]).toEqual([303, '/home']);
  expect(pool.tokenRequests).toEqual([]);
  const pages = await Promise.all(Array.from({ length: 10 }, () => browser.get('/home')));
  expect(new Set(pages.map(({ text }) => greeting(text)))).toEqual(new Set(['Mallory Example']));
  expect(pool.tokenRequests).toHaveLength(1);
});

test('RR-13 a refresh that is asked for in a loop is answered 429, and the user pool is asked once', async () => {
  await browser.post('/home/refresh');
  await browser.get('/home');
  for (let count = 0; count < 5; count += 1) {
    const answer = await browser.post('/home/refresh');
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    await browser.get('/home');
  }
  expect(pool.tokenRequests).toHaveLength(1);
});

test('RR-13 a refresh that another site asks for is refused, by GET it is no method, and nobody has none', async () => {
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: app.url, 'sec-fetch-site': 'cross-site' },
  ])
    expect((await browser.post('/home/refresh', {}, headers)).status).toBe(403);
  expect((await browser.get('/home/refresh')).status).toBe(405);
  expect((await openBrowser(app).post('/home/refresh')).status).toBe(401);
  await browser.get('/home');
  expect(pool.tokenRequests).toEqual([]);
});
