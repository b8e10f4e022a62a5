import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freePort, type RunningApp, randomSecret, spawnApp, startApp } from '../../support/app.ts';
import { lost } from '../../support/broken-answers.ts';
import { type BrokenUserPool, startBrokenUserPool, webClientId } from '../../support/broken-user-pool.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { namesSet } from '../../support/cookie-names.ts';
import { expectEnded, expireAccessToken } from '../../support/held-session.ts';
import { people } from '../../support/local-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'cabana-killed-'));
let port: number;
let pool: BrokenUserPool;
let environment: Record<string, string>;
let app: RunningApp | undefined;

beforeAll(async () => {
  port = await freePort();
  const APP_URL = `http://localhost:${port}`;
  pool = await startBrokenUserPool(APP_URL);
  environment = {
    ...pool.environment,
    APP_URL,
    SESSION_SECRET: randomSecret(),
    ALLOW_INSECURE_USER_POOL: 'true',
    DATABASE_FILE: join(folder, 'registry.sqlite'),
  };
});
afterEach(() => app?.stop());
afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => pool.reset());

/** A browser whose refresh token was rotated by the user pool, and whose application was killed before it could say so. */
async function killedMeanwhile(): Promise<Browser> {
  const { child } = spawnApp(port, environment);
  const address = `http://localhost:${port}`;
  await expect
    .poll(
      () =>
        fetch(`${address}/api/health`).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true);
  const browser = openBrowser({ url: address, address });
  expect((await browser.signIn(people.ada)).url.pathname).toBe('/home');
  await expireAccessToken({ environment }, pool, browser);
  pool.reset();
  pool.breaks('token', lost);
  const secretsBefore = pool.issued.size;
  const unanswered = browser.get('/home').catch(() => undefined);
  // The new tokens have been issued.
  await expect.poll(() => pool.issued.size, { timeout: 10_000 }).toBeGreaterThan(secretsBefore);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await unanswered).toBeUndefined();
  pool.reset();
  app = await startApp(environment, port);
  return browser;
}

function rotate(graceSeconds: number): void {
  const client = pool.pool.appClient(webClientId);
  if (!client) throw new Error('The template has no web client.');
  client.refreshTokenRotation = { enabled: true, graceSeconds };
}

describe('RR-15', () => {
  test('RR-15 within the grace the next page load after a kill recovers the session, without a redirect', async () => {
    rotate(60);
    const browser = await killedMeanwhile();
    const page = await browser.get('/home');
    expect(page.status).toBe(200);
    expect(namesSet(page.headers.getSetCookie())).toEqual(['refresh', 'session']);
    expect(pool.calls.token).toBe(1);
    expect((await browser.get('/home')).status).toBe(200);
  }, 60_000);

  test('RR-15 without a grace it is one way to the sign-in page, and a clean sign-in', async () => {
    rotate(0);
    const browser = await killedMeanwhile();
    await expectEnded(browser);
    expect(pool.calls.token).toBe(1);
    expect((await browser.signIn(people.ada)).url.pathname).toBe('/home');
  }, 60_000);
});
