import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../lib/data/database.ts';
import { endOtherSession } from '../../../lib/session/end-recorded.ts';
import { listSessions } from '../../../lib/session/registry.ts';
import { recentEvents } from '../../../lib/session/security-events.ts';
import { nobody } from '../../../lib/session/visitor.ts';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { namesOf } from '../../support/cookie-names.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';

/** A second and a little: what one instance ended, the others know. */
const known = () => new Promise((resolve) => setTimeout(resolve, 1_050));

let folder: string;
let pool: HostileUserPool;
let database: Database;
let app: RunningApp;
/** Another instance with the same secret and the same registry. */
let second: RunningApp;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cabana-registry-'));
  const file = join(folder, 'registry.sqlite');
  pool = await startHostileUserPool();
  app = await startApp({ ...pool.environment, DATABASE_FILE: file });
  const { SESSION_SECRET = '' } = app.environment;
  second = await startApp({ ...pool.environment, DATABASE_FILE: file, APP_URL: app.url, SESSION_SECRET });
  database = openDatabase({ kind: 'sqlite', file });
});
afterAll(async () => {
  await Promise.all([app.stop(), second.stop(), database.close()]);
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => pool.reset());

async function signedIn(): Promise<Browser> {
  const browser = openBrowser(app);
  await browser.signIn();
  return browser;
}

/** Another browser that holds a copy of the cookies. */
function thief(browser: Browser, instance = app): Browser {
  const copy = openBrowser({ url: app.url, address: instance.address });
  copy.jar.plant('localhost', browser.cookies());
  return copy;
}

/** The id that the registry has for the session that began last. */
const latest = async (): Promise<string> =>
  (await recentEvents(pool.sub, 1, database)).find(({ kind }) => kind === 'signed in')?.session_id ?? '';

/** Asks for a page, and checks that the way leads to the sign-in page and leaves no cookie. */
async function expectTurnedOut(browser: Browser): Promise<void> {
  const page = await browser.get('/home');
  expect(page.location?.pathname).toBe('/api/session/ended');
  const cleared = await browser.follow(page);
  expect(cleared.url.pathname).toBe('/sign-in');
  expect(cleared.url.searchParams.get('reason')).toBe('ended');
  expect(cleared.url.searchParams.get('returnTo')).toBe('/home');
  expect(browser.cookies()).toEqual({});
}

test('LO-03 a copy of the cookies is worth nothing after the sign-out, on this instance at once', async () => {
  const browser = await signedIn();
  const copy = thief(browser);
  expect((await copy.get('/home')).status).toBe(200);
  await browser.post('/sign-out');
  await expectTurnedOut(copy);
});

test('LO-03 a copy of the cookies is worth nothing on another instance a second later', async () => {
  const browser = await signedIn();
  const copy = thief(browser, second);
  expect((await copy.get('/home')).status).toBe(200);
  await browser.post('/sign-out');
  await known();
  await expectTurnedOut(copy);
});

test('a session that ends from another device loses its cookies, and its refresh token is revoked', async () => {
  const browser = await signedIn();
  const refreshToken = pool.issued.at(-1);
  await endOtherSession(pool.sub, await latest(), nobody, undefined, database);
  await known();
  expect(pool.revoked).toEqual([]);
  await expectTurnedOut(browser);
  expect(pool.revoked).toEqual([refreshToken]);
});

test('LO-04 a refresh that lands after the sign-out does not bring the session back', async () => {
  pool.onToken(async (request) => ({
    body: await pool.tokens(request, { lifetime: 1 }),
    delay: request.grantType === 'refresh_token' ? 500 : 0,
  }));
  const browser = await signedIn();
  const late = browser.get('/home');
  const copy = thief(browser);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await copy.post('/sign-out');
  await late;
  pool.reset();
  expect(namesOf(browser.cookies())).toContain('session');
  await expectTurnedOut(browser);
  expect(pool.revoked).toHaveLength(1);
});

test('LO-06 nobody is signed out by a link to where ended sessions are cleared', async () => {
  const browser = await signedIn();
  const answer = await browser.get('/api/session/ended?returnTo=/pro');
  expect([answer.status, answer.location?.href]).toEqual([303, `${app.url}/pro`]);
  expect((await browser.get('/home')).status).toBe(200);
  expect(pool.revoked).toEqual([]);
  const elsewhere = await browser.get('/api/session/ended?returnTo=https://evil.example/');
  expect(elsewhere.location?.href).toBe(`${app.url}/home`);
});

test('API-11 an access token is refused once its session has signed out', async () => {
  const browser = await signedIn();
  const [accessToken] = pool.issued.slice(-3);
  const call = () => browser.get('/api/v1/me', { authorization: `Bearer ${accessToken}` });
  expect((await call()).status).toBe(200);
  await browser.post('/sign-out');
  await known();
  const refused = await call();
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
});

test('a second sign-in in the same browser ends the session before it', async () => {
  const browser = await signedIn();
  const copy = thief(browser);
  await browser.signIn();
  await known();
  await expectTurnedOut(copy);
  expect((await browser.get('/home')).status).toBe(200);
});

test('IF-11 the registry says who signed in how and where, and holds no token, code or secret', async () => {
  const browser = await signedIn();
  await browser.get('/home');
  const [row] = await listSessions(pool.sub, undefined, database);
  expect(row).toMatchObject({ sub: pool.sub, username: 'mallory', signed_in_by: 'user pool' });
  expect(row?.address).toMatch(/^(127\.0\.0\.1|::1)$/);
  const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
  const secrets = [...pool.issued, ...Object.values(browser.cookies())];
  expect(secrets.length).toBeGreaterThan(5);
  for (const secret of secrets) expect(bytes.some((text) => text.includes(secret))).toBe(false);
});
