import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { rawRequest } from '../../support/raw-request.ts';

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

const evil = 'https://evil.example';

const foreign: [string, Record<string, string>][] = [
  ['a foreign Origin', { origin: evil }],
  ['a foreign Origin and Host', { origin: 'http://evil.example', host: 'evil.example' }],
  ['a foreign Origin and X-Forwarded-Host', { origin: evil, 'x-forwarded-host': 'evil.example' }],
  [
    'a foreign Origin, X-Forwarded-Host and -Proto',
    { origin: evil, 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
  ],
  ['the Origin null', { origin: 'null' }],
  ['an empty Origin', { origin: '' }],
  ['no Origin and no Sec-Fetch-Site', {}],
  ['Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site' }],
  ['Sec-Fetch-Site: same-site', { 'sec-fetch-site': 'same-site' }],
  ['Sec-Fetch-Site: none', { 'sec-fetch-site': 'none' }],
  ['a Referer of our own alone', { referer: 'http://localhost:3000/home' }],
  ['an Origin on another port', { origin: 'http://localhost:1' }],
];

/** Sent with the session's cookies, as a browser would of its own accord. */
const send = (path: string, method: string, headers: Record<string, string>) =>
  rawRequest(app.address, path, { ...headers, cookie: browser.jar.header(new URL(app.url)) }, method);

test.each(foreign)('BS-10 a form with %s signs nobody out and starts no sign-in', async (_, headers) => {
  for (const path of ['/sign-out', '/api/auth/signin/cognito']) {
    const answer = await send(path, 'POST', headers);
    expect(answer.status, path).toBe(403);
    expect(answer.headers['set-cookie'], path).toBeUndefined();
  }
  expect(pool.revoked).toEqual([]);
  expect((await browser.get('/home')).status).toBe(200);
});

test.each(foreign)('BS-10 a server action with %s is not carried out on any page', async (_, headers) => {
  const action = { 'next-action': 'a'.repeat(42), 'content-type': 'text/plain;charset=UTF-8' };
  for (const path of ['/', '/home', '/sign-in', '/nothing-here'])
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      expect((await send(path, method, { ...action, ...headers })).status, `${method} ${path}`).toBe(403);
});

test('BS-10 the same requests of our own pages are let through', async () => {
  for (const headers of [{ origin: app.url }, { 'sec-fetch-site': 'same-origin' }]) {
    expect((await send('/nothing-here', 'POST', headers)).status).toBe(404);
    const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
    expect((await send('/api/auth/signin/cognito', 'POST', form)).status).toBe(303);
  }
  expect((await send('/sign-out', 'POST', { origin: app.url })).status).toBe(303);
  expect(pool.revoked).toHaveLength(1);
});
