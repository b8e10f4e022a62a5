import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { namesOf, namesSet } from '../../support/cookie-names.ts';
import { type HostileUserPool, type Reply, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { sealedSession } from '../../support/sealed-session.ts';

let pool: HostileUserPool;
let app: RunningApp;

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp(pool.environment);
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});
beforeEach(() => pool.reset());

/** A browser whose access token was issued so many seconds ago, with an hour to live. */
async function arrive(age: number, at: RunningApp = app): Promise<Browser> {
  const issued = await pool.tokens({ nonce: undefined }, { issuedAt: Math.floor(Date.now() / 1_000) - age });
  const browser = openBrowser(at);
  const session = { accessToken: String(issued.access_token), claims: { sub: pool.sub, name: 'Before' } };
  browser.jar.plant('localhost', await sealedSession(at, session, String(issued.refresh_token)));
  return browser;
}
const DUE = 3_000;
const EXPIRED = 7_200;

/** What a person meets while the user pool fails: never a sign-out. */
async function expectKept(browser: Browser): Promise<void> {
  const before = browser.cookies();
  const gated = await browser.get('/home');
  expect(gated.status).toBe(503);
  expect(Number(gated.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(gated.text.includes('Your session is kept')).toBe(true);
  const open = await browser.get('/');
  expect(open.status).toBe(200);
  expect([...gated.headers.getSetCookie(), ...open.headers.getSetCookie()]).toEqual([]);
  expect(browser.cookies()).toEqual(before);
}

const tokenError = (error: string, status = 400): Reply => ({ status, body: { error } });

const transient: [string, () => Reply | Promise<Reply>][] = [
  ['429', () => ({ status: 429, headers: { 'retry-after': '1' }, body: { error: 'slow_down' } })],
  ['429 that names invalid_grant', () => tokenError('invalid_grant', 429)],
  ['500', () => ({ status: 500 })],
  ['500 as JSON', () => ({ status: 500, body: { message: 'Internal server error' } })],
  ['502 as HTML', () => ({ status: 502, body: '<h1>Bad gateway</h1>' })],
  ['503', () => ({ status: 503 })],
  ['503 that names invalid_grant', () => tokenError('invalid_grant', 503)],
  ['504', () => ({ status: 504 })],
  ['408', () => ({ status: 408 })],
  ['a broken connection', () => ({ reset: true })],
  ['200 with HTML', () => ({ body: '<html>Sign in to the hotel network</html>' })],
  ['200 and nothing', () => ({ headers: { 'content-type': 'application/json' } })],
  [
    '200 and half of its JSON',
    () => ({ headers: { 'content-type': 'application/json' }, body: '{"access_token":"ey' }),
  ],
  ['200 and an empty object', () => ({ body: {} })],
  ['200 and an array', () => ({ body: [] })],
  ['200 and an error', () => ({ body: { error: 'invalid_grant' } })],
  [
    '200 with a token type that nobody knows',
    async () => ({ body: await pool.tokens({ nonce: undefined }, { answer: { token_type: 'mac' } }) }),
  ],
  [
    '200 and a megabyte',
    () => ({ headers: { 'content-type': 'application/json' }, body: `{"x":"${'y'.repeat(1_000_000)}"}` }),
  ],
  ['a redirect', () => ({ status: 302, headers: { location: 'http://localhost:1/elsewhere' } })],
  ['400 as HTML', () => ({ status: 400, body: '<h1>Blocked by a firewall</h1>' })],
  ['400 and nothing', () => ({ status: 400 })],
  ['400 with invalid_request', () => tokenError('invalid_request')],
  ['400 with an error that nobody knows', () => tokenError('temporarily_unavailable')],
  ['400 with an error that is no text', () => ({ status: 400, body: { error: { code: 'invalid_grant' } } })],
  ['403 of a firewall', () => ({ status: 403, body: 'Forbidden' })],
  ['407 of a proxy', () => ({ status: 407, headers: { 'proxy-authenticate': 'Basic' } })],
  [
    '401 of a proxy',
    () => ({ status: 401, headers: { 'www-authenticate': 'Basic realm="proxy"' }, body: 'Authenticate' }),
  ],
];

describe('RR-05', () => {
  test.each(transient)(
    'RR-05 %s signs nobody out: 503, the cookies kept, and afterwards all goes on',
    async (_, reply) => {
      const browser = await arrive(EXPIRED);
      pool.onToken(reply);
      await expectKept(browser);
      pool.onToken(undefined);
      const page = await browser.get('/home');
      expect(page.status).toBe(200);
      expect(namesSet(page.headers.getSetCookie())).toEqual(['refresh', 'session']);
    },
  );

  test('RR-05 an answer that does not come within five seconds signs nobody out', async () => {
    const browser = await arrive(EXPIRED);
    pool.onToken(() => ({ delay: 20_000 }));
    const before = browser.cookies();
    const started = performance.now();
    const page = await browser.get('/home');
    expect(page.status).toBe(503);
    expect(performance.now() - started).toBeLessThan(6_500);
    expect(browser.cookies()).toEqual(before);
  });

  test.each([
    ['a name that no name server knows', () => 'https://user-pool.invalid'],
    ['a port where nobody listens', () => 'http://localhost:1'],
    ['a server that does not speak TLS', () => pool.origin.replace('http:', 'https:')],
  ])('RR-05 %s signs nobody out', async (_, domain) => {
    const cutOff = await startApp({ ...pool.environment, COGNITO_DOMAIN: domain() });
    try {
      await expectKept(await arrive(EXPIRED, cutOff));
    } finally {
      await cutOff.stop();
    }
  });

  test('RR-05 a form that was posted meanwhile is answered 503 as well', async () => {
    pool.onToken(() => ({ status: 503 }));
    expect((await (await arrive(EXPIRED)).post('/home')).status).toBe(503);
  });
});

describe('RR-06', () => {
  const challenge = { 'www-authenticate': 'Basic realm="user pool"' };

  test.each<[string, Reply]>([
    ['invalid_grant', tokenError('invalid_grant')],
    [
      'invalid_grant with a description',
      { status: 400, body: { error: 'invalid_grant', error_description: 'Refresh Token has been revoked' } },
    ],
    ['unauthorized_client', tokenError('unauthorized_client')],
    ['invalid_client', tokenError('invalid_client')],
    [
      'invalid_client as 401 with a challenge',
      { status: 401, headers: challenge, body: { error: 'invalid_client' } },
    ],
  ])('RR-06 %s ends the session: the cookies are cleared and the sign-in page says why', async (_, reply) => {
    const browser = await arrive(EXPIRED);
    pool.onToken(() => reply);
    const answer = await browser.get('/home');
    expect(answer.status).toBe(303);
    const end = await browser.follow(answer);
    expect(end.url.href).toBe(`${app.url}/sign-in?returnTo=%2Fhome&reason=ended`);
    expect(end.text.includes('Your session has ended')).toBe(true);
    expect(browser.cookies()).toEqual({});
    expect(pool.tokenRequests).toHaveLength(1);
    pool.onToken(undefined);
    expect((await browser.signIn()).url.pathname).toBe('/home');
  });

  test('RR-06 a terminal answer ends a session whose token is still good, too', async () => {
    const browser = await arrive(DUE);
    pool.onToken(() => tokenError('invalid_grant'));
    const end = await browser.follow(await browser.get('/home'));
    expect(end.url.searchParams.get('reason')).toBe('ended');
    expect(browser.cookies()).toEqual({});
  });

  test('RR-06 on a public page the person is anonymous at once, and the cookies are cleared', async () => {
    const browser = await arrive(EXPIRED);
    pool.onToken(() => tokenError('invalid_grant'));
    const page = await browser.get('/');
    expect(page.status).toBe(200);
    expect(page.text.includes('Sign out')).toBe(false);
    expect(namesOf(browser.cookies())).toEqual(['refusal']);
  });

  test.each([
    ['invalid_client', 'error'],
    ['unauthorized_client', 'error'],
    ['invalid_grant', 'info'],
  ])('RR-06 %s is logged as %s: a client that is refused is the operator’s trouble', async (error, level) => {
    const browser = await arrive(EXPIRED);
    pool.onToken(() => tokenError(error));
    const before = app.output().length;
    await browser.get('/home');
    const line = app
      .output()
      .slice(before)
      .split('\n')
      .find((text) => text.includes('session_ended'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ level, reason: error });
  });
});

describe('RR-07', () => {
  test.each(transient.slice(0, 12))(
    'RR-07 while the access token is good, %s to the refresh goes unnoticed',
    async (_, reply) => {
      const browser = await arrive(DUE);
      pool.onToken(reply);
      const page = await browser.get('/home');
      expect(page.status).toBe(200);
      expect(/Hello, ([^<]+)/.exec(page.text)?.[1]).toBe('Before');
      expect(page.headers.getSetCookie()).toEqual([]);
      expect(pool.tokenRequests).toHaveLength(1);
    },
  );

  test('RR-07 the next page load tries again, and then the tokens are fresh', async () => {
    const browser = await arrive(DUE);
    pool.onToken(() => ({ status: 503 }));
    await browser.get('/home');
    pool.onToken(undefined);
    const page = await browser.get('/home');
    expect(/Hello, ([^<]+)/.exec(page.text)?.[1]).toBe('Mallory Example');
    expect(namesSet(page.headers.getSetCookie())).toEqual(['refresh', 'session']);
  });
});
