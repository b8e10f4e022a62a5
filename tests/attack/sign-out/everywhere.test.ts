import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refreshTokens } from '../../../lib/cognito/token-endpoint.ts';
import { type Config, parseConfig } from '../../../lib/config.ts';
import { type Database, openDatabase } from '../../../lib/data/database.ts';
import { endByAdministrator, endEverywhere } from '../../../lib/session/end-recorded.ts';
import { listSessions } from '../../../lib/session/registry.ts';
import { nobody } from '../../../lib/session/visitor.ts';
import { startLocalPool } from '../../../local-pool/src/start.ts';
import { freePort, type RunningApp, startApp } from '../../support/app.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { heldSession } from '../../support/held-session.ts';
import { people } from '../../support/local-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'cabana-everywhere-'));
let pool: Awaited<ReturnType<typeof startLocalPool>>;
let app: RunningApp;
let config: Config;
let database: Database;

beforeAll(async () => {
  const port = await freePort();
  const file = join(folder, 'registry.sqlite');
  pool = await startLocalPool({ port: 0, parameters: { AppUrl: `http://localhost:${port}` } });
  app = await startApp({ LOCAL_POOL_URL: pool.url, DATABASE_FILE: file }, port);
  config = parseConfig(app.environment);
  database = openDatabase({ kind: 'sqlite', file });
});
afterAll(async () => {
  await Promise.all([app.stop(), database.close()]);
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
});

async function signedIn(person: { username: string; password: string }): Promise<Browser> {
  const browser = openBrowser(app);
  expect((await browser.signIn(person)).url.pathname).toBe('/home');
  return browser;
}

async function heldBy(browser: Browser) {
  const { session, refreshToken } = await heldSession(app, browser);
  const { accessToken, claims, sessionId } = session;
  return { accessToken, sessionId, sub: String(claims.sub), refreshToken };
}

/** A second and a little: what was ended from outside is known to the application. */
const known = () => new Promise((resolve) => setTimeout(resolve, 1_050));

async function expectTurnedOut(browser: Browser): Promise<void> {
  expect((await browser.follow(await browser.get('/home'))).url.searchParams.get('reason')).toBe('ended');
  // The user pool is on the same host, and its cookies are in the same jar.
  expect(Object.keys(browser.cookies()).filter((name) => /session|refresh/.test(name))).toEqual([]);
}

test('LO-08 a sign-out everywhere ends every session, and the user pool refuses every refresh token', async () => {
  const [laptop, phone] = [await signedIn(people.ada), await signedIn(people.ada)];
  const bystander = await signedIn(people.grace);
  const [here, there] = [await heldBy(laptop), await heldBy(phone)];
  expect(await listSessions(here.sub, undefined, database)).toHaveLength(2);

  expect(await endEverywhere(config, here, nobody, undefined, database)).toEqual({
    sessions: 2,
    revoked: true,
  });
  await known();
  for (const { refreshToken } of [here, there])
    expect(await refreshTokens(config, refreshToken)).toEqual({ kind: 'refused', error: 'invalid_grant' });
  await expectTurnedOut(laptop);
  await expectTurnedOut(phone);
  expect((await bystander.get('/home')).status).toBe(200);
  expect(await listSessions(here.sub, undefined, database)).toEqual([]);
});

test('LO-08 a user pool that does not answer keeps no session open', async () => {
  const browser = await signedIn(people.ada);
  const unanswered = { ...config, issuer: `http://localhost:${await freePort()}/us-east-1_Cabana001` };
  const answer = await endEverywhere(unanswered, await heldBy(browser), nobody, undefined, database);
  expect(answer).toMatchObject({ revoked: false });
  await known();
  await expectTurnedOut(browser);
});

test('an administrator signs a person out of every browser, and the next sign-in stands', async () => {
  const browser = await signedIn(people.linus);
  const { sub, refreshToken } = await heldBy(browser);
  expect(await endByAdministrator(sub, undefined, database)).toBe(1);
  await known();
  await expectTurnedOut(browser);
  expect((await refreshTokens(config, refreshToken)).kind).toBe('refused');
  expect((await (await signedIn(people.linus)).get('/home')).status).toBe(200);
});
