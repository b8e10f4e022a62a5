import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { namesOf } from '../../support/cookie-names.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { sealedSession } from '../../support/sealed-session.ts';

let pool: HostileUserPool;
let app: RunningApp;
let browser: Browser;
const hour = 3_600;
const now = (): number => Math.floor(Date.now() / 1_000);

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp(pool.environment);
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});
beforeEach(() => {
  pool.reset();
  browser = openBrowser(app);
});

/** The cookies of a session that is due, and was taken so many seconds ago. */
async function dueSession(age: number, sessionId: string, refreshToken: string, refreshDueAt = now() - 900) {
  const { access_token } = await pool.tokens({ nonce: undefined }, { issuedAt: now() - 50 * 60 });
  const contents = { accessToken: String(access_token), claims: { sub: pool.sub }, sessionId };
  const times = { openedAt: now() - 5 * hour, generation: now() - age, refreshDueAt };
  return await sealedSession(app, { ...contents, ...times }, refreshToken);
}

const greeting = (text: string): string | undefined => /Hello, ([^<]+)/.exec(text)?.[1];

/** The user pool calls the person by this name from now on. */
const rename = (name: string) =>
  pool.onToken(async (request) => ({ body: await pool.tokens(request, { id: { claims: { name } } }) }));

/** Two refreshes of one session, one after the other, as responses that have not arrived anywhere yet. */
async function twoRefreshes(): Promise<{ older: string[]; newer: string[] }> {
  const sessionId = crypto.randomUUID();
  const lines: string[][] = [];
  for (const [age, name] of [
    [2 * hour, 'Older'],
    [hour, 'Newer'],
  ] as const) {
    const other = openBrowser(app);
    other.jar.plant('localhost', await dueSession(age, sessionId, crypto.randomUUID()));
    rename(name);
    lines.push((await other.get('/home')).headers.getSetCookie());
    // Two refreshes within a second have the same name, and come from the same tokens.
    await new Promise((resolve) => setTimeout(resolve, 1_050));
  }
  return { older: lines[0] ?? [], newer: lines[1] ?? [] };
}

test.each([
  ['in order', ['older', 'newer']],
  ['the older one late', ['newer', 'older']],
] as const)('RR-03 two refreshes whose responses arrive %s: the newer tokens stay', async (_, order) => {
  const responses = await twoRefreshes();
  for (const response of order) browser.jar.receive(new URL(app.url), responses[response]);
  pool.reset();
  expect(greeting((await browser.get('/home')).text)).toBe('Newer');
  expect(greeting((await browser.get('/home')).text)).toBe('Newer');
  expect(namesOf(browser.cookies())).toEqual(['refresh', 'session']);
  expect(pool.tokenRequests).toEqual([]);
});

test('RR-03 a response of an earlier session that arrives after a new sign-in changes nothing', async () => {
  const { older } = await twoRefreshes();
  rename('New');
  await browser.signIn();
  const names = Object.keys(browser.cookies());
  const [line = ''] = older;
  expect(names).not.toContain(line.split('=')[0]);
  browser.jar.receive(new URL(app.url), older);
  expect(greeting((await browser.get('/home')).text)).toBe('New');
});

test('RR-03 an older generation that a late response brings back after a refusal is not taken for the winner', async () => {
  const sessionId = crypto.randomUUID();
  const older = await dueSession(2 * hour, sessionId, 'older');
  // The registry knows a session from when it was not due.
  const before = openBrowser(app);
  before.jar.plant('localhost', await dueSession(2 * hour, sessionId, 'older', now() + 900));
  expect((await before.get('/home')).status).toBe(200);
  browser.jar.plant('localhost', await dueSession(hour, sessionId, 'spent'));
  pool.onToken(() => ({ status: 400, body: { error: 'invalid_grant' } }));
  const lost = await browser.get('/home');
  expect(lost.location?.pathname).toBe('/api/session/ended');
  browser.jar.plant('localhost', older);
  const end = await browser.follow(lost);
  expect(end.url.searchParams.get('reason')).toBe('ended');
  expect(pool.tokenRequests).toHaveLength(1);
  expect(namesOf(browser.cookies())).toEqual([]);
});

test('RR-03 the loser of a race clears nothing of the winner', async () => {
  const sessionId = crypto.randomUUID();
  const due = await dueSession(hour, sessionId, 'spent');
  const winner = openBrowser(app);
  winner.jar.plant('localhost', await dueSession(hour, sessionId, 'fresh'));
  rename('Winner');
  const won = (await winner.get('/home')).headers.getSetCookie();

  browser.jar.plant('localhost', due);
  pool.onToken(() => ({ status: 400, body: { error: 'invalid_grant' } }));
  const lost = await browser.get('/home');
  expect(lost.location?.pathname).toBe('/api/session/ended');
  // The winner's response arrives while the browser is on its way.
  browser.jar.receive(new URL(app.url), won);
  const page = await browser.follow(lost);
  expect(page.url.pathname).toBe('/home');
  expect(greeting(page.text)).toBe('Winner');
  expect(namesOf(browser.cookies())).toEqual(['refresh', 'session']);
});
