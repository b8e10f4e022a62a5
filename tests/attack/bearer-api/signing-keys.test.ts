import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, type RunningApp, startApp } from '../../support/app.ts';
import { type BrokenUserPool, startBrokenUserPool } from '../../support/broken-user-pool.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { heldSession, replaceAccessToken, signedAnew } from '../../support/held-session.ts';
import { people } from '../../support/local-pool.ts';
import { rawRequest } from '../../support/raw-request.ts';

let pool: BrokenUserPool;
let app: RunningApp;
let browser: Browser;
let accessToken: string;

beforeAll(async () => {
  const port = await freePort();
  pool = await startBrokenUserPool(`http://localhost:${port}`);
  app = await startApp(pool.environment, port);
  browser = openBrowser(app);
  await browser.signIn(people.ada);
  accessToken = (await heldSession(app, browser)).session.accessToken;
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});

const ask = (token: string) => rawRequest(app.address, '/api/v1/me', { authorization: `Bearer ${token}` });

/** A token of the user pool under a name of a key that there is not. */
function madeUp(): string {
  const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid: crypto.randomUUID() }));
  return [header.toString('base64url'), ...accessToken.split('.').slice(1)].join('.');
}

/** Longer than the ten seconds in which the key set is fetched once. */
const PATIENCE = { timeout: 20_000, interval: 250 };

test('TV-12 five hundred made-up keys cost one fetch per window, and meanwhile a key that is new is no reason for a 401', async () => {
  expect((await ask(accessToken)).status).toBe(200);
  await expect.poll(async () => (await ask(madeUp())).status, PATIENCE).toBe(401);
  pool.reset();
  for (let round = 0; round < 20; round += 1) {
    const answers = await Promise.all(Array.from({ length: 25 }, () => ask(madeUp())));
    for (const { status } of answers) expect([401, 503]).toContain(status);
  }
  expect(pool.calls.jwks).toBeLessThanOrEqual(2);

  await pool.rotateKeys();
  const rotated = await signedAnew(pool, accessToken);
  const seen = new Set<number>();
  await expect
    .poll(async () => {
      const { status, headers } = await ask(rotated);
      seen.add(status);
      if (status === 503) expect(headers['retry-after']).toBe('5');
      await ask(madeUp());
      return status;
    }, PATIENCE)
    .toBe(200);
  expect([...seen].every((status) => status === 200 || status === 503)).toBe(true);
}, 60_000);

test('TV-13 a browser whose token is of the new key is served after one fetch, and never signed out', async () => {
  await expect.poll(async () => (await browser.get('/home')).status, PATIENCE).toBe(200);
  await pool.rotateKeys();
  await replaceAccessToken(app, browser, await signedAnew(pool, accessToken));
  const before = browser.cookies();
  pool.reset();
  await expect
    .poll(async () => {
      const { status } = await browser.get('/home');
      expect([200, 503]).toContain(status);
      return status;
    }, PATIENCE)
    .toBe(200);
  expect(pool.calls.jwks).toBeLessThanOrEqual(2);
  expect(browser.cookies()).toEqual(before);
}, 60_000);
