import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../../lib/data/database.ts';
import { listSessions } from '../../../lib/session/registry.ts';
import { recentEvents } from '../../../lib/session/security-events.ts';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type AppAndRegistry, startAppAndRegistry } from '../../support/app-and-registry.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { namesOf } from '../../support/cookie-names.ts';
import type { HostileUserPool } from '../../support/hostile-user-pool.ts';

let stand: AppAndRegistry;
let pool: HostileUserPool;
let app: RunningApp;
let database: Database;

beforeAll(async () => {
  stand = await startAppAndRegistry();
  ({ app, database, pool } = stand);
});
afterAll(() => stand.stop());
beforeEach(() => pool.reset());

const latestEvents = async () => (await recentEvents(pool.sub, 2, database)).map(({ kind }) => kind);
const refusals = async () =>
  (await recentEvents(pool.sub, 50, database)).filter(({ kind }) => kind === 'refresh refused').length;
const sessions = async () => (await listSessions(pool.sub, undefined, database)).length;

/** A browser whose session is due at once, and another that holds a copy of its cookies from when it was not. */
async function signedInAndCopied(): Promise<[Browser, Browser]> {
  pool.onToken(async (request) => ({ body: await pool.tokens(request, { lifetime: 1 }) }));
  const browser = openBrowser(app);
  await browser.signIn();
  const thief = openBrowser(app);
  thief.jar.plant('localhost', browser.cookies());
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  return [browser, thief];
}

const refuse = () => pool.onToken(() => ({ status: 400, body: { error: 'invalid_grant' } }));

test('RR-04 a refused refresh token ends the session everywhere, and the person can read of it', async () => {
  const [browser, thief] = await signedInAndCopied();
  const before = await sessions();
  // The thief is first, and has newer tokens; the person’s own refresh token is spent.
  pool.onToken(undefined);
  expect((await thief.get('/home')).status).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, 60));
  const restarted = openBrowser(app, browser.jar);
  refuse();
  // The application would give its own result again for a minute: another instance would not.
  const other = await startApp({ ...app.environment, APP_URL: app.url });
  const elsewhere = openBrowser({ url: app.url, address: other.address }, restarted.jar);
  const end = await elsewhere.follow(await elsewhere.get('/home'));
  await other.stop();
  expect(end.url.searchParams.get('reason')).toBe('ended');
  expect(namesOf(browser.cookies())).toEqual([]);
  expect(await latestEvents()).toEqual(['refresh refused', 'signed in']);
  expect(await sessions()).toBe(before - 1);
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  expect((await thief.get('/home')).location?.pathname).toBe('/api/session/ended');
});

test('a refusal met on a public page is recorded at the next sign-in', async () => {
  const [browser] = await signedInAndCopied();
  refuse();
  const before = await refusals();
  expect((await browser.get('/')).status).toBe(200);
  expect(namesOf(browser.cookies())).toEqual(['refusal']);
  expect(await refusals()).toBe(before);
  pool.onToken(undefined);
  expect((await browser.signIn()).url.pathname).toBe('/home');
  expect(await refusals()).toBe(before + 1);
  expect(namesOf(browser.cookies())).toEqual(['refresh', 'session']);
});

test('a form whose session is refused is answered 401, and the refusal is not lost', async () => {
  const [browser] = await signedInAndCopied();
  refuse();
  expect((await browser.post('/home/refresh')).status).toBe(401);
  expect(namesOf(browser.cookies())).toEqual(['refusal']);
});

test.each([
  ['garbage', 'garbage'],
  ['a seal that is cut off', 'Fe26.2*1*'],
])('a note that is %s ends nobody’s session', async (_, refusal) => {
  const browser = openBrowser(app);
  await browser.signIn();
  browser.jar.plant('localhost', { refusal });
  expect((await browser.follow(await browser.get('/api/session/ended?returnTo=/home'))).status).toBe(200);
  expect((await browser.get('/home')).status).toBe(200);
});
