import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { namesOf, withoutGeneration } from '../../support/cookie-names.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';

let pool: HostileUserPool;
let local: RunningApp;
let https: RunningApp;

beforeAll(async () => {
  pool = await startHostileUserPool();
  [local, https] = await Promise.all([
    startApp(pool.environment),
    startApp({ ...pool.environment, APP_URL: 'https://app.example.test' }),
  ]);
});
afterAll(async () => {
  await Promise.all([local.stop(), https.stop()]);
  await pool.close();
});
beforeEach(() => pool.reset());

const signedIn = async (app: RunningApp): Promise<Browser> => {
  const browser = openBrowser(app);
  await browser.signIn();
  return browser;
};

/** Posts the sign-out and checks what holds in every variant. @returns the names of the cookies that were expired */
async function signOut(browser: Browser, app = local): Promise<string[]> {
  const answer = await browser.post('/sign-out');
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe(
    `${pool.origin}/logout?${new URLSearchParams({ client_id: pool.clientId, logout_uri: `${app.url}/` })}`,
  );
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  expect(browser.cookies()).toEqual({});
  const lines = answer.headers.getSetCookie();
  for (const line of lines) expect(line).toMatch(/^[^=]+=; .*Max-Age=0/);
  return lines.map((line) => withoutGeneration(line.split('=')[0] ?? '')).sort();
}

describe('LO-01', () => {
  test('LO-01 a sign-out clears both cookies, revokes the refresh token once and goes on to the user pool’s logout', async () => {
    const browser = await signedIn(local);
    const refreshToken = pool.issued.at(-1);
    expect(await signOut(browser)).toEqual(['refresh', 'session']);
    expect(pool.revoked).toEqual([refreshToken]);
    expect((await browser.get('/home')).location?.pathname).toBe('/sign-in');
  });

  test('LO-01 without a session it is the same redirect, and nothing is revoked', async () => {
    await signOut(openBrowser(local));
    expect(pool.revoked).toEqual([]);
  });

  test('LO-01 twice in a row it is the same redirect, and the second revokes nothing', async () => {
    const browser = await signedIn(local);
    await signOut(browser);
    await signOut(browser);
    expect(pool.revoked).toHaveLength(1);
  });

  test('LO-01 twice at once it is the same redirect', async () => {
    const browser = await signedIn(local);
    const answers = await Promise.all([browser.post('/sign-out'), browser.post('/sign-out')]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(browser.cookies()).toEqual({});
  });

  test.each([
    ['session', { 'session-7': '*******' }],
    ['refresh', { 'refresh-7': 'Fe26.2*1*broken' }],
    ['session and refresh', { 'session-7': 'a.b.c', 'refresh-7': 'd.e.f' }],
  ])(
    'LO-01 with a corrupt %s cookie it is the same redirect, and all cookies are cleared',
    async (_, corrupt) => {
      const browser = await signedIn(local);
      browser.jar.plant('localhost', corrupt);
      await signOut(browser);
    },
  );

  test('LO-01 a sign-in that is under way is cleared as well', async () => {
    const browser = await signedIn(local);
    await browser.post('/api/auth/signin/cognito', { returnTo: '/home' });
    expect(Object.keys(browser.cookies()).length).toBeGreaterThan(4);
    const names = Object.keys(browser.cookies()).sort();
    expect(names).toHaveLength(6);
    expect(await signOut(browser)).toEqual(names.map(withoutGeneration));
  });

  test('LO-01 a session in several pieces is cleared with all of them', async () => {
    pool.onToken(async (request) => ({
      body: await pool.tokens(request, { id: { claims: { 'custom:note': 'n'.repeat(3_000) } } }),
    }));
    const browser = await signedIn(local);
    const pieces = ['refresh', 'session.0', 'session.1'];
    expect(namesOf(browser.cookies())).toEqual(pieces);
    expect(await signOut(browser)).toEqual(['refresh', 'session', 'session.0', 'session.1']);
  });

  test('LO-01 a session whose access token has ended is still revoked', async () => {
    const issuedAt = Math.floor(Date.now() / 1_000) - 61;
    pool.onToken(async (request) => ({
      body: await pool.tokens(request, { issuedAt, lifetime: 3, id: { claims: { exp: issuedAt + 3_600 } } }),
    }));
    const browser = await signedIn(local);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    pool.reset();
    await signOut(browser);
    expect(pool.revoked).toHaveLength(1);
    expect(pool.tokenRequests).toEqual([]);
  });
});

describe('LO-05', () => {
  const attributesOf = (line: string): string[] =>
    line
      .split(';')
      .slice(1)
      .map((part) => part.trim().toLowerCase())
      .filter((part) => !/^(max-age|expires)=/.test(part))
      .sort();

  test('LO-05 deletion cookies carry the name, path and attributes that they were set with, on http and on https', async () => {
    for (const app of [local, https]) {
      const browser = openBrowser(app);
      let answer = await browser.post('/api/auth/signin/cognito', { returnTo: '/home' });
      const set = answer.headers.getSetCookie();
      while (answer.location) {
        answer = await browser.get(answer.location.href);
        set.push(...answer.headers.getSetCookie());
      }
      const deletions = (await browser.post('/sign-out')).headers.getSetCookie();
      expect(deletions).toHaveLength(2);
      for (const deletion of deletions) {
        const name = deletion.split('=')[0] ?? '';
        const original = set.find((line) => line.startsWith(`${name}=`)) ?? '';
        expect(attributesOf(deletion)).toEqual(attributesOf(original));
      }
    }
  });

  test('LO-05 a jar that keeps to a browser’s rules drops them, on http and on https', async () => {
    for (const app of [local, https]) {
      const browser = await signedIn(app);
      expect(Object.keys(browser.cookies())).toHaveLength(2);
      expect((await browser.get('/home')).status).toBe(200);
      await signOut(browser, app);
      expect(browser.jar.header(new URL(app.url))).toBe('');
    }
  });

  test('LO-05 what is left of a finished or refused sign-in is dropped, on http and on https', async () => {
    for (const app of [local, https]) {
      const finished = await signedIn(app);
      expect(Object.keys(finished.cookies()).filter((name) => name.includes('flow'))).toEqual([]);
      const refused = openBrowser(app);
      const asked = (await refused.post('/api/auth/signin/cognito', { returnTo: '/home' })).location;
      const query = new URLSearchParams({
        error: 'access_denied',
        state: asked?.searchParams.get('state') ?? '',
      });
      await refused.get(`/api/auth/callback/cognito?${query}`);
      expect(refused.cookies()).toEqual({});
    }
  });

  test('LO-05 a session that the user pool has ended is dropped, on http and on https', async () => {
    for (const app of [local, https]) {
      pool.reset();
      pool.onToken(async (request) => ({ body: await pool.tokens(request, { lifetime: 1 }) }));
      const browser = await signedIn(app);
      pool.onToken(() => ({ status: 400, body: { error: 'invalid_grant' } }));
      const end = async () => (await browser.follow(await browser.get('/home'))).url.search;
      await expect.poll(end, { timeout: 5_000 }).toContain('reason=ended');
      expect(browser.jar.header(new URL(app.url))).toBe('');
    }
  });
});
