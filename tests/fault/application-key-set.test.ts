import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { freePort, type RunningApp, randomSecret, startApp } from '../support/app.ts';
import {
  type BrokenAnswer,
  errorPage,
  gzipBomb,
  pageAsJson,
  reset,
  silence,
} from '../support/broken-answers.ts';
import { duplicateKids, privateKeys } from '../support/broken-key-sets.ts';
import { type BrokenUserPool, startBrokenUserPool } from '../support/broken-user-pool.ts';
import { type Browser, openBrowser } from '../support/browser.ts';
import { heldSession } from '../support/held-session.ts';
import { people } from '../support/local-pool.ts';
import { rawRequest } from '../support/raw-request.ts';

const SESSION_SECRET = randomSecret();
let port: number;
let pool: BrokenUserPool;
let app: RunningApp;
let browser: Browser;
let accessToken: string;

/** An application that knows no key yet. */
const startCold = () => startApp({ ...pool.environment, SESSION_SECRET }, port);

beforeAll(async () => {
  port = await freePort();
  pool = await startBrokenUserPool(`http://localhost:${port}`);
  app = await startCold();
  browser = openBrowser(app);
  await browser.signIn(people.ada);
  accessToken = (await heldSession(app, browser)).session.accessToken;
  await app.stop();
});
afterEach(() => app.stop());
afterAll(() => pool.close());

const broken: [string, BrokenAnswer][] = [
  ['503', errorPage(503)],
  ['a page that is said to be JSON', pageAsJson],
  ['a connection that is reset', reset],
  ['no answer', silence],
  ['50 MB packed into 50 KB', gzipBomb],
  ['each name twice', duplicateKids],
  ['a private key', privateKeys],
];

const ask = () => rawRequest(app.address, '/api/v1/me', { authorization: `Bearer ${accessToken}` });

/** The middleware, pages and route handlers are loaded apart, and each of them fetches at most twice in ten seconds. */
const mostFetches = (milliseconds: number): number => 3 * 2 * Math.ceil(milliseconds / 10_000);

describe('IF-04', () => {
  test.each(broken)(
    'IF-04 %s instead of the key set: anonymous people pass, what is protected is 503, nobody is signed out',
    async (_, answer) => {
      pool.reset();
      pool.breaks('jwks', answer);
      app = await startCold();
      const stranger = openBrowser(app);
      expect((await stranger.get('/')).status).toBe(200);
      expect((await stranger.get('/home')).location?.pathname).toBe('/sign-in');
      const before = browser.cookies();
      const gated = await browser.get('/home');
      expect([gated.status, gated.headers.get('retry-after')]).toEqual([503, '5']);
      expect(gated.text).toContain('Your session is kept');
      const open = await browser.get('/');
      expect(open.status).toBe(200);
      expect([...gated.headers.getSetCookie(), ...open.headers.getSetCookie()]).toEqual([]);
      expect(browser.cookies()).toEqual(before);

      const api = await ask();
      expect([api.status, api.headers['retry-after']]).toEqual([503, '5']);
      expect(JSON.parse(api.text)).toMatchObject({ code: 'user_pool_unavailable' });
      await expect.poll(() => pool.underWay(), { timeout: 3_000 }).toBe(0);
      expect(pool.bytesSent()).toBeLessThan(20 * 1024 * 1024);
      expect(app.output()).not.toMatch(/\n\s+at /);
    },
    90_000,
  );
});

describe('TV-14', () => {
  test('TV-14 while the keys cannot be had, a hundred requests cost a handful of fetches, and all are 503', async () => {
    pool.reset();
    pool.breaks('jwks', errorPage(503));
    const started = performance.now();
    app = await startCold();
    const statuses = await Promise.all([
      ...Array.from({ length: 50 }, async () => (await ask()).status),
      ...Array.from({ length: 50 }, async () => (await browser.get('/home')).status),
    ]);
    expect(new Set(statuses)).toEqual(new Set([503]));
    expect(pool.calls.jwks).toBeGreaterThanOrEqual(2);
    expect(pool.calls.jwks).toBeLessThanOrEqual(mostFetches(performance.now() - started));
  }, 60_000);

  test('TV-14 two hundred requests after a cold start share a fetch, and all are answered', async () => {
    pool.reset();
    app = await startCold();
    const statuses = await Promise.all([
      ...Array.from({ length: 100 }, async () => (await ask()).status),
      ...Array.from({ length: 100 }, async () => (await browser.get('/home')).status),
    ]);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(pool.calls.jwks).toBeLessThanOrEqual(3);
  }, 60_000);

  test('TV-14 keys that were fetched serve on while the user pool is away, in pages and in the API', async () => {
    pool.reset();
    app = await startCold();
    const expectServed = async () => {
      expect((await browser.get('/home')).status).toBe(200);
      expect((await ask()).status).toBe(200);
    };
    await expectServed();
    pool.breaks('jwks', reset);
    await expectServed();
  });
});
