import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { namesSet } from '../../support/cookie-names.ts';
import { type HostileUserPool, type Issue, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { sealedSession } from '../../support/sealed-session.ts';

let pool: HostileUserPool;
let app: RunningApp;
let browser: Browser;
let refreshToken: string;

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp(pool.environment);
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});
beforeEach(() => pool.reset());

/** A browser whose access token was issued so many seconds ago, with an hour to live, and is to be refreshed. */
async function arrive(age: number): Promise<void> {
  const issued = await pool.tokens({ nonce: undefined }, { issuedAt: Math.floor(Date.now() / 1_000) - age });
  refreshToken = String(issued.refresh_token);
  browser = openBrowser(app);
  const session = { accessToken: String(issued.access_token), claims: { sub: pool.sub, name: 'Before' } };
  browser.jar.plant('localhost', await sealedSession(app, session, refreshToken));
}
const arriveDue = () => arrive(3_000);
const arriveExpired = () => arrive(7_200);

const usedRefreshTokens = () => pool.tokenRequests.map(({ form }) => form.get('refresh_token'));

describe('RR-01', () => {
  test.each([
    ['is expired', arriveExpired],
    ['has passed three quarters of its life', arriveDue],
  ])(
    'RR-01 an access token that %s is refreshed once, and the page of the same request shows the new claims',
    async (_, arriveSo) => {
      await arriveSo();
      const page = await browser.get('/home');
      expect(page.status).toBe(200);
      expect(/Hello, ([^<]+)/.exec(page.text)?.[1]).toBe('Mallory Example');
      expect(namesSet(page.headers.getSetCookie())).toEqual(['refresh', 'session']);
      expect(usedRefreshTokens()).toEqual([refreshToken]);
      expect((await browser.get('/home')).headers.getSetCookie()).toEqual([]);
      expect(usedRefreshTokens()).toEqual([refreshToken]);
    },
  );

  test('RR-01 the same for a payload for the router, and for a form that is posted', async () => {
    await arriveExpired();
    expect((await browser.payload('/home')).status).toBe(200);
    await arriveExpired();
    expect((await browser.post('/home')).status).toBe(200);
  });

  test('RR-01 the policy is applied to the new tokens, and the fresh cookies come with the refusal', async () => {
    pool.onToken(async (request) => ({
      body: await pool.tokens(request, { access: { claims: { 'cognito:groups': ['editors'] } } }),
    }));
    await arriveExpired();
    const page = await browser.get('/admin');
    expect(page.status).toBe(403);
    expect(namesSet(page.headers.getSetCookie())).toEqual(['refresh', 'session']);
  });

  test('RR-01 the session keeps its id and its age over a refresh', async () => {
    await browser.signIn();
    const before = app.output().length;
    await arriveExpired();
    await browser.get('/home');
    await browser.post('/sign-out');
    expect(app.output().slice(before)).not.toContain('session_opened');
    expect(app.output().slice(before)).toContain('session_closed');
  });
});

describe('RR-08', () => {
  test.each(['/', '/home', '/admin', '/pro', '/sign-in', '/nothing-here', '/errors/forbidden'])(
    'RR-08 rendering %s spends the refresh token in the middleware alone, where cookies can be set',
    async (path) => {
      for (const headers of [
        {},
        { rsc: '1' },
        { rsc: '1', 'next-router-prefetch': '1' },
        { purpose: 'prefetch' },
      ]) {
        await arriveExpired();
        pool.reset();
        const answer = await browser.get(path, headers);
        expect(pool.tokenRequests).toHaveLength(1);
        expect(namesSet(answer.headers.getSetCookie())).toEqual(['refresh', 'session']);
      }
    },
  );

  test('RR-08 a page whose middleware could not refresh does not try again while it renders', async () => {
    pool.onToken(() => ({ status: 503 }));
    await arriveExpired();
    const page = await browser.get('/');
    expect(page.status).toBe(200);
    expect(pool.tokenRequests).toHaveLength(1);
    expect(page.headers.getSetCookie()).toEqual([]);
  });

  test.each([
    ['a sign-in', () => browser.post('/api/auth/signin/cognito', { returnTo: '/home' })],
    ['a callback', () => browser.get('/api/auth/callback/cognito?code=c&state=s')],
    ['the API', () => browser.get('/api/v1/me')],
    ['the health check', () => browser.get('/api/health')],
    ['the readiness check', () => browser.get('/api/ready')],
  ])('RR-08 %s leaves a due session as it is', async (_, ask) => {
    await arriveDue();
    await ask();
    expect(pool.tokenRequests).toEqual([]);
    expect(pool.revoked).toEqual([]);
    expect((await browser.get('/home')).status).toBe(200);
    expect(usedRefreshTokens()).toEqual([refreshToken]);
  });
});

describe('RR-09', () => {
  async function refreshWith(issue: Issue): Promise<string> {
    pool.onToken(async (request) => ({ body: await pool.tokens(request, issue) }));
    await arriveExpired();
    const answer = await browser.get('/home');
    return answer.location ? answer.location.pathname + answer.location.search : String(answer.status);
  }

  test.each<[string, Issue]>([
    ['an ID token of another sub', { id: { claims: { sub: 'somebody-else' } } }],
    [
      'both tokens of another sub',
      { id: { claims: { sub: 'other' } }, access: { claims: { sub: 'other' } } },
    ],
    [
      'an ID token of another issuer',
      { id: { claims: { iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Other0001' } } },
    ],
    ['an ID token for another client', { id: { claims: { aud: 'otherclient00000000000001' } } }],
    ['an access token of another client', { access: { claims: { client_id: 'otherclient00000000000001' } } }],
    ['an access token with a bad signature', { access: { signer: 'stranger' } }],
    ['an ID token with a bad signature', { id: { signer: 'stranger' } }],
    ['more claims than cookies can hold', { id: { claims: { 'custom:essay': 'e'.repeat(7_000) } } }],
  ])('RR-09 %s ends the session', async (_, issue) => {
    expect(await refreshWith(issue)).toBe('/sign-in?returnTo=%2Fhome&reason=ended');
    expect(browser.cookies()).toEqual({});
  });

  test('RR-09 a new refresh token is stored, and the next refresh uses it', async () => {
    expect(
      await refreshWith({
        refreshToken: 'new-refresh-token',
        issuedAt: Math.floor(Date.now() / 1_000) - 59,
        lifetime: 1,
      }),
    ).toBe('200');
    pool.reset();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await browser.get('/home');
    expect(usedRefreshTokens()).toEqual(['new-refresh-token']);
  });

  test('RR-09 without a new refresh token the old one is kept, and the next refresh uses it', async () => {
    expect(await refreshWith({ refreshToken: null, lifetime: 1 })).toBe('200');
    pool.reset();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await browser.get('/home');
    expect(usedRefreshTokens()).toEqual([refreshToken]);
  });
});
