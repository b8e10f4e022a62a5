import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../../lib/data/database.ts';
import { listSessions } from '../../../lib/session/registry.ts';
import { recentEvents } from '../../../lib/session/security-events.ts';
import type { RunningApp } from '../../support/app.ts';
import { type AppAndRegistry, startAppAndRegistry } from '../../support/app-and-registry.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import type { HostileUserPool } from '../../support/hostile-user-pool.ts';
import { sealedSession } from '../../support/sealed-session.ts';

const forms = ['end', 'end-others', 'end-everywhere'].map((name) => `/account/sessions/${name}`);

let stand: AppAndRegistry;
let pool: HostileUserPool;
let database: Database;
let app: RunningApp;
/** Whose tokens the pool issues: each test has people of its own. */
let sub: string;

beforeAll(async () => {
  stand = await startAppAndRegistry();
  ({ app, database, pool } = stand);
});
afterAll(() => stand.stop());
beforeEach(() => {
  pool.reset();
  sub = crypto.randomUUID();
  pool.onToken(async (request) => ({ body: await tokens(request.nonce) }));
});

const tokens = (nonce?: string, issuedAt?: number) =>
  pool.tokens(
    { nonce },
    { access: { claims: { sub } }, id: { claims: { sub } }, ...(issuedAt && { issuedAt }) },
  );

async function signedIn(): Promise<Browser> {
  const browser = openBrowser(app);
  expect((await browser.signIn()).url.pathname).toBe('/home');
  return browser;
}

const sessions = async (of = sub) => (await listSessions(of, undefined, database)).map(({ id }) => id);

async function expectTurnedOut(browser: Browser): Promise<void> {
  const page = await browser.follow(await browser.get('/home'));
  expect(page.url.searchParams.get('reason')).toBe('ended');
  expect(browser.cookies()).toEqual({});
}

test('a session is ended from another device, and no other', async () => {
  const phone = await signedIn();
  const [id = ''] = await sessions();
  const [laptop, tablet] = [await signedIn(), await signedIn()];
  const answer = await laptop.post('/account/sessions/end', { session: id });
  expect([answer.status, answer.location?.href]).toEqual([303, `${app.url}/account/sessions?done=ended`]);
  await expectTurnedOut(phone);
  for (const other of [laptop, tablet]) expect((await other.get('/home')).status).toBe(200);
  const again = await laptop.post('/account/sessions/end', { session: id });
  expect(again.location?.search).toBe('?done=ended-before');
});

test('all other devices are signed out, and this one stays', async () => {
  const [laptop, ...others] = [await signedIn(), await signedIn(), await signedIn()];
  const answer = await laptop.post('/account/sessions/end-others');
  expect([answer.status, answer.location?.search]).toEqual([303, '?done=ended-others']);
  for (const other of others) await expectTurnedOut(other);
  expect((await laptop.get('/home')).status).toBe(200);
  expect(await sessions()).toHaveLength(1);
});

test('LO-06 nobody ends another person’s session, or learns that there is one', async () => {
  const victim = await signedIn();
  const victimSub = sub;
  const [id = ''] = await sessions();
  sub = crypto.randomUUID();
  const attacker = await signedIn();
  const [known, unknown] = [id, crypto.randomUUID()].map((session) =>
    attacker.post('/account/sessions/end', { session }),
  );
  expect((await known)?.location?.href).toBe((await unknown)?.location?.href);
  for (const path of forms) await attacker.post(path, { session: id, sub: victimSub });
  expect((await victim.get('/home')).status).toBe(200);
  expect(await sessions(victimSub)).toEqual([id]);
});

test('LO-06 a GET of a form’s address is answered 405 and ends nothing', async () => {
  const browser = await signedIn();
  await signedIn();
  for (const path of forms) {
    const answer = await browser.get(`${path}?session=${(await sessions())[0]}`);
    expect([answer.status, answer.headers.get('allow')], path).toEqual([405, 'POST']);
  }
  expect(await sessions()).toHaveLength(2);
  expect(pool.apiRequests).toEqual([]);
});

test('LO-06 a form of another site is refused and ends nothing', async () => {
  const browser = await signedIn();
  await signedIn();
  for (const path of forms)
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const answer = await browser.post(path, { session: (await sessions())[0] ?? '' }, headers);
      expect(answer.status, path).toBe(403);
    }
  expect(await sessions()).toHaveLength(2);
  expect(pool.apiRequests).toEqual([]);
});

/** An hour and more ago, so that the access token is past its end and the middleware takes a new one. */
async function expiredSession(note = ''): Promise<{ browser: Browser; expired: string }> {
  const { access_token, refresh_token } = await tokens(undefined, Math.floor(Date.now() / 1_000) - 7_200);
  const browser = openBrowser(app);
  const session = { accessToken: String(access_token), claims: { sub, note } };
  browser.jar.plant('localhost', await sealedSession(app, session, String(refresh_token)));
  return { browser, expired: String(access_token) };
}

const expectSignedOutHere = (answer: Awaited<ReturnType<Browser['post']>>, browser: Browser) => {
  expect([answer.status, answer.location?.origin, answer.location?.pathname]).toEqual([
    303,
    pool.origin,
    '/logout',
  ]);
  expect(answer.location?.searchParams.get('logout_uri')).toBe(`${app.url}/`);
  expect(browser.cookies()).toEqual({});
};

test.each([
  ['a small session', ''],
  ['a session in several pieces', 'n'.repeat(3_500)],
])('LO-08 a sign-out everywhere that begins with a refresh leaves no cookie behind: %s', async (_, note) => {
  const elsewhere = await signedIn();
  const { browser, expired } = await expiredSession(note);
  pool.onToken(async ({ nonce }) => ({
    body: await pool.tokens({ nonce }, { access: { claims: { sub } }, id: { claims: { sub, note } } }),
  }));
  const before = pool.issued.length;
  const answer = await browser.post('/account/sessions/end-everywhere');
  expect(pool.tokenRequests.at(-1)?.grantType).toBe('refresh_token');
  // The middleware set the cookies of the refreshed session in this very answer.
  const set = answer.headers.getSetCookie().filter((line) => !/Max-Age=0/i.test(line));
  expect(set.length).toBeGreaterThan(0);
  expectSignedOutHere(answer, browser);
  const [{ operation, input } = {}] = pool.apiRequests;
  expect(operation).toBe('GlobalSignOut');
  expect(pool.issued.slice(before)).toContain(input?.AccessToken);
  expect(input?.AccessToken).not.toBe(expired);
  await expectTurnedOut(elsewhere);
  expect(await sessions()).toEqual([]);
});

test('LO-08 a sign-out everywhere also ends a sign-in that is under way', async () => {
  const browser = await signedIn();
  await browser.post('/api/auth/signin/cognito', { returnTo: '/home' });
  expect(Object.keys(browser.cookies()).length).toBeGreaterThan(4);
  expectSignedOutHere(await browser.post('/account/sessions/end-everywhere'), browser);
});

test('LO-08 a user pool that does not confirm a sign-out everywhere keeps no session open, and the page says so', async () => {
  const [browser, elsewhere] = [await signedIn(), await signedIn()];
  pool.onApi(() => ({ status: 500 }));
  const answer = await browser.post('/account/sessions/end-everywhere');
  expect([answer.status, answer.location?.pathname]).toEqual([303, '/sign-out/unconfirmed']);
  expect(browser.cookies()).toEqual({});
  const page = await browser.follow(answer);
  expect(page.text).toContain('did not confirm');
  expect(page.text).toContain('/logout?client_id=');
  await expectTurnedOut(elsewhere);
});

test('each end is among the person’s security events, and nobody else’s', async () => {
  const browser = await signedIn();
  await signedIn();
  await browser.post('/account/sessions/end-others');
  const events = await recentEvents(sub, 50, database);
  expect(events.map(({ kind, detail }) => `${kind}: ${detail}`).sort()).toEqual([
    'session ended: another device',
    'signed in: user pool',
    'signed in: user pool',
  ]);
  expect((await browser.get('/account/sessions')).text).toContain('Session ended from another device');
  sub = crypto.randomUUID();
  const page = await (await signedIn()).get('/account/sessions');
  expect(page.text).not.toContain('Session ended');
  expect(page.text).toContain('No other device is signed in');
});
