import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { openBrowser } from '../../support/browser.ts';
import { cookieNamed } from '../../support/cookie-names.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';

let pool: HostileUserPool;
let app: RunningApp;

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp({ ...pool.environment, APP_URL: 'https://app.example.test' });
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});
beforeEach(() => pool.reset());

const host = 'app.example.test';
const nameOnPage = /Hello, ([^<]+)/;

/** Makes the next sign-in one of somebody else. */
function signInAs(name: string): void {
  const sub = crypto.randomUUID();
  pool.onToken(async (request) => ({
    body: await pool.tokens(request, { access: { claims: { sub } }, id: { claims: { sub, name } } }),
  }));
}

test('BS-03 signing in over the attacker’s session leaves nothing of it and revokes its refresh token', async () => {
  const attacker = openBrowser(app);
  signInAs('Attacker');
  await attacker.signIn();
  const planted = attacker.cookies();
  const plantedRefreshToken = pool.issued.at(-1);

  const victim = openBrowser(app);
  victim.jar.plant(host, planted);
  signInAs('Victim');
  const page = await victim.signIn();

  expect(nameOnPage.exec(page.text)?.[1]).toBe('Victim');
  for (const name of ['__Host-session', '__Host-refresh'])
    expect(cookieNamed(victim.cookies(), name)).not.toBe(cookieNamed(planted, name));
  expect(pool.revoked).toEqual([plantedRefreshToken]);
});

test('BS-03 each sign-in has a session id of its own, in the log and nowhere else', async () => {
  const browser = openBrowser(app);
  const before = app.output().length;
  await browser.signIn();
  await browser.signIn();
  const opened = app
    .output()
    .slice(before)
    .matchAll(/"session_opened","session":"([^"]+)"/g);
  const ids = [...opened].map(([, id]) => id);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(2);
});

test('BS-03 a refresh cookie planted beside somebody’s session is not used for it', async () => {
  const attacker = openBrowser(app);
  signInAs('Attacker');
  await attacker.signIn();
  const victim = openBrowser(app);
  signInAs('Victim');
  await victim.signIn();
  const [own] = Object.keys(victim.cookies()).filter((name) => name.startsWith('__Host-refresh-'));
  victim.jar.plant(host, { [own ?? '']: cookieNamed(attacker.cookies(), '__Host-refresh') });
  await victim.post('/sign-out');
  expect(pool.revoked).toEqual([]);
});

test.each([
  [
    'an unprefixed cookie of the same name',
    { 'session-9999999999': 'planted', 'refresh-9999999999': 'planted' },
  ],
  [
    'cookies that start with the name',
    { '__Host-session-token.x': 'planted', '__Host-session-9999999999x': 'planted' },
  ],
  ['a piece of no session', { '__Host-session.0': 'planted', '__Host-session.1': 'planted' }],
  [
    'the names that next-auth would use',
    { '__Secure-next-auth.session-token': 'planted', 'next-auth.session-token.0': 'x' },
  ],
])('BS-04 %s from a sibling domain changes nothing', async (_, planted) => {
  const browser = openBrowser(app);
  signInAs('Victim');
  await browser.signIn();
  const own = browser.cookies();
  browser.jar.plant(host, planted);
  const page = await browser.get('/home');
  expect(page.status).toBe(200);
  expect(nameOnPage.exec(page.text)?.[1]).toBe('Victim');
  expect(page.headers.getSetCookie()).toEqual([]);
  expect(browser.cookies()).toMatchObject(own);
});

test('BS-04 a browser keeps no __Host- cookie that a sibling domain sets for the whole domain', () => {
  const browser = openBrowser(app);
  const sibling = new URL('https://evil.example.test');
  browser.jar.receive(sibling, ['__Host-session-7=planted; Path=/; Secure; Domain=example.test']);
  expect(browser.jar.header(new URL(app.url))).toBe('');
});
