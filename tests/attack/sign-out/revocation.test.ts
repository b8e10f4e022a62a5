import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { globalSignOut } from '../../../lib/cognito/global-sign-out.ts';
import { revokeRefreshToken } from '../../../lib/cognito/token-endpoint.ts';
import { parseConfig } from '../../../lib/config.ts';
import { freePort, type RunningApp, startApp } from '../../support/app.ts';
import {
  type BrokenAnswer,
  brokenOff,
  byteBySecond,
  errorPage,
  fiftyMegabytes,
  late,
  redirect,
  reset,
  silence,
} from '../../support/broken-answers.ts';
import { type BrokenUserPool, startBrokenUserPool, webClientId } from '../../support/broken-user-pool.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { hasSession, heldSession } from '../../support/held-session.ts';
import { people } from '../../support/local-pool.ts';

let pool: BrokenUserPool;
let app: RunningApp;

beforeAll(async () => {
  const port = await freePort();
  pool = await startBrokenUserPool(`http://localhost:${port}`);
  app = await startApp(pool.environment, port);
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});
beforeEach(() => pool.reset());

async function signedIn(): Promise<Browser> {
  const browser = openBrowser(app);
  expect((await browser.signIn(people.ada)).url.pathname).toBe('/home');
  return browser;
}

const broken: [string, BrokenAnswer][] = [
  ['answers 429', errorPage(429)],
  ['answers 500', errorPage(500)],
  ['answers 503', errorPage(503)],
  ['refuses', (response) => void response.writeHead(400).end('{"error":"unsupported_token_type"}')],
  ['redirects', redirect],
  ['resets the connection', reset],
];
const slow: [string, BrokenAnswer][] = [
  ['takes 30 seconds', late(30_000)],
  ['never answers', silence],
];

describe('LO-02', () => {
  test.each([...broken, ...slow])(
    'LO-02 a revocation endpoint that %s: signed out here within two seconds, and the failure is in the log',
    async (_, answer) => {
      const browser = await signedIn();
      pool.breaks('revoke', answer);
      const before = app.output().length;
      const started = performance.now();
      const signedOut = await browser.post('/sign-out');
      expect(performance.now() - started).toBeLessThan(2_000);
      expect([signedOut.status, signedOut.location?.pathname]).toEqual([303, '/us-east-1_Cabana001/logout']);
      expect(hasSession(browser)).toBe(false);
      expect((await browser.get('/home')).location?.pathname).toBe('/sign-in');
      expect(pool.calls.revoke).toBe(1);
      const line = app
        .output()
        .slice(before)
        .split('\n')
        .find((text) => text.includes('session_closed'));
      expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 'warn', revoked: false, recorded: true });
      await expect.poll(() => pool.underWay(), { timeout: 3_000 }).toBe(0);
    },
  );

  test.each([...broken, ...slow, ['sends a byte per second', byteBySecond] as const])(
    'IF-02 a sign-out everywhere at a user pool that %s is not confirmed, after five seconds at the most',
    async (_, answer) => {
      const { session } = await heldSession(app, await signedIn());
      pool.breaks('api', answer);
      const started = performance.now();
      expect(await globalSignOut(parseConfig(app.environment), session.accessToken)).toBe(false);
      expect(performance.now() - started).toBeLessThan(7_000);
      await expect.poll(() => pool.underWay(), { timeout: 3_000 }).toBe(0);
    },
  );

  test.each<[string, BrokenAnswer]>([
    ['sends 50 MB', fiftyMegabytes],
    ['breaks off', brokenOff],
  ])('IF-02 a user pool that %s confirms no sign-out everywhere', async (_, answer) => {
    const { session } = await heldSession(app, await signedIn());
    pool.breaks('api', answer);
    expect(await globalSignOut(parseConfig(app.environment), session.accessToken)).toBe(false);
    expect(pool.bytesSent()).toBeLessThan(20 * 1024 * 1024);
  });
});

describe('LO-09', () => {
  const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

  /** @param authorization the web client's own when absent, none when empty */
  async function revoke(form: Record<string, string>, authorization?: string) {
    const own = basic(webClientId, pool.environment.COGNITO_CLIENT_SECRET ?? '');
    const response = await fetch(`${pool.issuer}/oauth2/revoke`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: authorization === '' ? {} : { authorization: authorization ?? own },
    });
    const text = await response.text();
    return { status: response.status, error: text && JSON.parse(text).error };
  }

  const done = { status: 200, error: '' };
  const refused = (status: number, error: string) => ({ status, error });

  test('LO-09 an unknown, a garbled, a revoked and a good token are answered alike', async () => {
    const { refreshToken } = await heldSession(app, await signedIn());
    const parts = refreshToken.split('.');
    const unknown = [...parts.slice(0, 4), parts[4]?.split('').reverse().join('')].join('.');
    const tokens = ['garbage', 'a'.repeat(5_000), 'ünïcode \u0000', unknown, refreshToken, refreshToken];
    for (const token of tokens) expect(await revoke({ token })).toEqual(done);
  });

  test('LO-09 an access token, an ID token and a forged one are no refresh tokens, and the session goes on', async () => {
    const browser = await signedIn();
    const { session } = await heldSession(app, browser);
    const forged = `${session.accessToken.slice(0, -8)}AAAAAAAA`;
    for (const token of [session.accessToken, forged])
      expect(await revoke({ token })).toEqual(refused(400, 'unsupported_token_type'));
    expect((await browser.get('/home')).status).toBe(200);
  });

  test('LO-09 another client’s token is refused, which costs its owner nothing', async () => {
    const { refreshToken } = await heldSession(app, await signedIn());
    const mobile = { client_id: 'cabanamobile00000000000001' };
    expect(await revoke({ ...mobile, token: refreshToken }, '')).toEqual(refused(400, 'unauthorized_client'));
    expect(pool.pool.appClient(webClientId)).toBeDefined();
    expect(await revoke({ token: refreshToken })).toEqual(done);
  });

  test('LO-09 without a token it is invalid_request', async () => {
    expect(await revoke({})).toEqual(refused(400, 'invalid_request'));
    expect(await revoke({ token: '' })).toEqual(refused(400, 'invalid_request'));
  });

  test('LO-09 a caller that does not prove its client learns nothing about a token', async () => {
    const { refreshToken } = await heldSession(app, await signedIn());
    const callers: [Record<string, string>, string][] = [
      [{}, basic(webClientId, 'wrong')],
      [{ client_id: webClientId }, ''],
      [{}, basic('nobody00000000000000000001', 'wrong')],
      [{}, 'Bearer of-something'],
    ];
    for (const [form, authorization] of callers)
      for (const token of [refreshToken, 'garbage'])
        expect(await revoke({ ...form, token }, authorization)).toEqual(refused(401, 'invalid_client'));
    expect(await revoke({ token: refreshToken }, '')).toEqual(await revoke({ token: 'garbage' }, ''));
    expect(await revokeRefreshToken(parseConfig(app.environment), refreshToken)).toBe(true);
  });

  test('LO-09 the application tells a revocation that was confirmed from one that was not', async () => {
    const { refreshToken } = await heldSession(app, await signedIn());
    const config = parseConfig(app.environment);
    expect(
      await revokeRefreshToken({ ...config, clientId: 'nobody00000000000000000001' }, refreshToken),
    ).toBe(false);
    expect(await revokeRefreshToken(config, refreshToken)).toBe(true);
    expect(await revokeRefreshToken(config, 'garbage')).toBe(true);
  });
});
