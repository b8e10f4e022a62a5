import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Answer, type Browser, openBrowser } from '../../support/browser.ts';
import { flowCookie } from '../../support/flows.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';

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

const start = (fields: Record<string, string> = {}, headers = {}, browser: Browser = openBrowser(app)) =>
  browser.post('/api/auth/signin/cognito', fields, headers);

const queryOf = (answer: Answer): URLSearchParams => answer.location?.searchParams ?? new URLSearchParams();

const honest = [
  'client_id',
  'code_challenge',
  'code_challenge_method',
  'nonce',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
];

describe('OF-01', () => {
  test('OF-01 the authorization request asks for a code with S256, state, nonce, the exact callback and four scopes', async () => {
    const answer = await start({ returnTo: '/home' });
    expect(answer.location?.origin).toBe(pool.origin);
    expect(answer.location?.pathname).toBe('/oauth2/authorize');
    expect(Object.fromEntries(queryOf(answer))).toEqual({
      response_type: 'code',
      client_id: pool.clientId,
      redirect_uri: `${app.url}/api/auth/callback/cognito`,
      scope: 'openid email profile aws.cognito.signin.user.admin',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.any(String),
      nonce: expect.any(String),
    });
  });

  test('OF-01 state, nonce and challenge carry 128 bits or more, and are never used twice', async () => {
    const queries = [];
    for (let count = 0; count < 50; count += 1) queries.push(queryOf(await start()));
    for (const name of ['state', 'nonce', 'code_challenge']) {
      const values = queries.map((query) => query.get(name) ?? '');
      expect(new Set(values).size).toBe(50);
      for (const value of values) {
        expect(value).toMatch(/^[\w-]+$/);
        expect(Buffer.from(value, 'base64url').length).toBeGreaterThanOrEqual(16);
      }
    }
  });

  test('OF-01 the verifier stays in a sealed cookie, and only its hash leaves', async () => {
    const browser = openBrowser(app);
    const asked = queryOf(await start({}, {}, browser));
    await browser.signIn();
    const verifier = pool.tokenRequests.at(-1)?.form.get('code_verifier') ?? '';
    expect(verifier).toMatch(/^[\w.~-]{43,128}$/);
    expect(verifier).not.toBe(asked.get('code_challenge'));
    expect(JSON.stringify(browser.cookies())).not.toContain(verifier);
  });

  test('OF-01 the client authenticates with HTTP Basic, and its secret is in no address and no form', async () => {
    await openBrowser(app).signIn();
    const request = pool.tokenRequests.at(-1);
    expect(request?.authorization).toMatch(/^Basic /);
    expect(request?.form.has('client_secret')).toBe(false);
    expect(request?.form.get('redirect_uri')).toBe(`${app.url}/api/auth/callback/cognito`);
  });

  test.each([
    ['in the form', (extra: string) => start(Object.fromEntries(new URLSearchParams(extra)))],
    ['in the address', (extra: string) => openBrowser(app).post(`/api/auth/signin/cognito?${extra}`, {})],
  ])('OF-01 parameters that a sender adds %s do not reach the user pool', async (_, send) => {
    const extra =
      'scope=admin&response_type=token&redirect_uri=https://evil.example&state=chosen&nonce=chosen&code_challenge=chosen&identity_provider=Evil&client_id=other';
    const query = queryOf(await send(extra));
    expect(query.size).toBe(honest.length);
    expect([...query.keys()].sort()).toEqual(honest);
    const values = [...query.values()].join(' ');
    expect(values).not.toMatch(/evil|chosen|other|\btoken\b/i);
    expect(query.get('scope')).toBe('openid email profile aws.cognito.signin.user.admin');
  });
});

describe('OF-12', () => {
  const forged = [
    { host: 'evil.example' },
    { 'x-forwarded-host': 'evil.example' },
    { 'x-forwarded-proto': 'https' },
    { 'x-forwarded-port': '8443' },
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' },
    { forwarded: 'host=evil.example;proto=https' },
    { 'x-original-host': 'evil.example', 'x-host': 'evil.example' },
  ];

  test.each(forged)(
    'OF-12 %j changes neither redirect_uri nor cookies when a sign-in starts',
    async (headers) => {
      const browser = openBrowser(app);
      const answer = await start({ returnTo: '/home' }, headers, browser);
      expect(queryOf(answer).get('redirect_uri')).toBe(`${app.url}/api/auth/callback/cognito`);
      for (const part of ['state', 'nonce', 'pkce'] as const)
        expect(flowCookie(browser, part)).toMatch(/^flow-/);
      expect(answer.headers.getSetCookie().join()).not.toMatch(/evil|Domain|Secure/);
    },
  );

  test.each(forged)(
    'OF-12 %j changes neither the end of a sign-in nor the redirect_uri of the exchange',
    async (headers) => {
      const browser = openBrowser(app);
      const callback = (
        await browser.get((await start({ returnTo: '/pro' }, {}, browser)).location?.href ?? '')
      ).location;
      const answer = await browser.get(callback?.href ?? '', headers);
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe(`${app.url}/pro`);
      expect(pool.tokenRequests.at(-1)?.form.get('redirect_uri')).toBe(
        `${app.url}/api/auth/callback/cognito`,
      );
      expect(answer.headers.getSetCookie().join()).not.toMatch(/evil|Domain|Secure/);
    },
  );

  test.each(forged)(
    'OF-12 %j changes nothing about a sign-out, nor about where a gated page sends people',
    async (headers) => {
      const browser = openBrowser(app);
      expect((await browser.get('/home', headers)).location?.href).toBe(
        `${app.url}/sign-in?returnTo=%2Fhome`,
      );
      const answer = await browser.post('/sign-out', {}, headers);
      expect(answer.location?.origin).toBe(pool.origin);
      expect(queryOf(answer).get('logout_uri')).toBe(`${app.url}/`);
    },
  );

  test.each(forged)(
    'OF-12 %j does not make another site’s form one of this application’s',
    async (headers) => {
      const origin = { origin: 'http://evil.example' };
      expect((await start({}, { ...headers, ...origin })).status).toBe(403);
      expect((await openBrowser(app).post('/sign-out', {}, { ...headers, ...origin })).status).toBe(403);
    },
  );
});

describe('OF-13', () => {
  test('OF-13 after a POST the browser is sent on with 303, so that nothing is posted again', async () => {
    const browser = openBrowser(app);
    const started = await browser.post('/api/auth/signin/cognito', { returnTo: '/home' });
    await browser.follow(started);
    expect([started.status, (await browser.post('/sign-out')).status]).toEqual([303, 303]);
  });

  test('OF-13 a POST to a gated page is answered and not sent on', async () => {
    const answer = await openBrowser(app).post('/home', { typed: 'lost otherwise' });
    expect(answer.status).toBe(401);
    expect(answer.location).toBeUndefined();
  });
});
