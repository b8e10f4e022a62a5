import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { namesSet } from '../../support/cookie-names.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { rawRequest } from '../../support/raw-request.ts';
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
beforeEach(async () => {
  pool.reset();
  browser = openBrowser(app);
  await browser.signIn();
});

async function dueSession(): Promise<Record<string, string>> {
  const { access_token, refresh_token } = await pool.tokens({ nonce: undefined });
  const session = { accessToken: String(access_token), claims: { sub: pool.sub } };
  return await sealedSession(app, session, String(refresh_token));
}

const image = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors' };

test.each(['GET', 'HEAD'])('BS-11 %s of /sign-out answers 405 and signs nobody out', async (method) => {
  const cookie = browser.jar.header(new URL(app.url));
  const answer = await rawRequest(app.address, '/sign-out', { cookie, ...image }, method);
  expect(answer.status).toBe(405);
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(pool.revoked).toEqual([]);
  expect((await browser.get('/home')).status).toBe(200);
});

test.each(['GET', 'HEAD'])(
  'BS-11 %s of the sign-in address answers 405 and starts nothing',
  async (method) => {
    const answer = await rawRequest(app.address, '/api/auth/signin/cognito', image, method);
    expect(answer.status).toBe(405);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers.location).toBeUndefined();
  },
);

test.each([
  'signin',
  'signout',
  'session',
  'csrf',
  'providers',
  'error',
  '_log',
  'callback',
  'callback/other',
  'signin/other',
])('BS-11 GET and POST of next-auth’s own /api/auth/%s answer 404 and set no cookie', async (action) => {
  for (const answer of [
    await browser.get(`/api/auth/${action}`),
    await browser.post(`/api/auth/${action}`),
  ]) {
    expect(answer.status).toBe(404);
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
});

test.each([
  ['of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['of a sibling site', { origin: 'https://evil.example', 'sec-fetch-site': 'same-site' }],
  ['of a sandboxed frame', { origin: 'null' }],
  ['that names no origin', { origin: '' }],
])('BS-11 a form %s starts neither a sign-in nor a sign-out', async (_, headers) => {
  for (const path of ['/sign-out', '/api/auth/signin/cognito']) {
    const answer = await browser.post(path, {}, headers);
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
  expect(pool.revoked).toEqual([]);
  expect((await browser.get('/home')).status).toBe(200);
});

test('BS-11 no page carries a link that prefetches: each of them is a plain anchor', async () => {
  for (const path of ['/', '/home', '/admin', '/pro', '/sign-in?reason=ended', '/nothing-here']) {
    const page = await browser.get(path);
    expect(page.text).toMatch(/<a [^>]*href="\/home"/);
    expect(page.text).not.toMatch(/<link[^>]+rel="(prefetch|prerender)"|speculationrules/);
    expect(page.text).not.toMatch(/\\"prefetch\\":|next\/dist\/client\/app-dir\/link/);
  }
});

test('BS-11 what a page loads besides itself spends no refresh token, however due the session is', async () => {
  const { text } = await browser.get('/home');
  const assets = new Set(
    [...text.matchAll(/(?:src|href)="(\/(?:_next\/static\/|icon)[^"]+)"/g)].map(([, url]) => url ?? ''),
  );
  expect(assets.size).toBeGreaterThan(2);
  browser = openBrowser(app);
  browser.jar.plant('localhost', await dueSession());
  pool.reset();
  for (const asset of [...assets, '/favicon.ico', '/api/health', '/api/v1/me']) {
    expect((await browser.get(asset)).headers.getSetCookie(), asset).toEqual([]);
  }
  expect(pool.tokenRequests).toEqual([]);
});

test.each([
  ['the browser’s own', { 'sec-purpose': 'prefetch;prerender', purpose: 'prefetch' }],
  ['a router’s', { rsc: '1', 'next-router-prefetch': '1' }],
])(
  'BS-11 a prefetch, %s, loses nothing: the tokens that it fetched are in its own answer',
  async (_, headers) => {
    browser = openBrowser(app);
    browser.jar.plant('localhost', await dueSession());
    pool.reset();
    const prefetched = await browser.get('/home', headers);
    expect(pool.tokenRequests.length).toBe(1);
    expect(namesSet(prefetched.headers.getSetCookie())).toEqual(['refresh', 'session']);
    expect((await browser.get('/home')).status).toBe(200);
    expect(pool.tokenRequests.length).toBe(1);
  },
);
