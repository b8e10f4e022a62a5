import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseConfig } from '../../../lib/config.ts';
import { passwordsFor } from '../../../lib/session/cookies.ts';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { namesOf } from '../../support/cookie-names.ts';
import { flowCookie, flowsUnderWay } from '../../support/flows.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';

let pool: HostileUserPool;
let app: RunningApp;
let browser: Browser;

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

/** Starts a sign-in and stops where the user pool sends the browser back. */
async function callbackFor(who: Browser, returnTo: string, prompt = ''): Promise<string> {
  const started = await who.post('/api/auth/signin/cognito', { returnTo, ...(prompt && { prompt }) });
  return (await who.get(started.location?.href ?? '')).location?.href ?? '';
}

const authorization = () => new RegExp(`^${pool.origin}/oauth2/authorize\\?`);
const refuseCodes = () => pool.onToken(() => ({ status: 400, body: { error: 'invalid_grant' } }));

/** A cookie of next-auth's for the sign-in under way, sealed with the application's own password. */
async function plantSealed(part: 'state' | 'nonce' | 'pkce', token: object, maxAge = 900): Promise<void> {
  const name = flowCookie(browser, part);
  const secret = Object.values(passwordsFor(parseConfig(app.environment), 'flow')).at(-1) ?? '';
  const value = await encode({ token: { ...token }, secret, salt: name, maxAge });
  browser.jar.plant('localhost', { [name]: value });
}

describe('OF-05', () => {
  test.each([
    ['in the order of their start', [0, 1]],
    ['the second first', [1, 0]],
  ])('OF-05 two sign-ins at once both finish, %s, each where it was meant to', async (_, order) => {
    const paths = ['/home', '/pro?month=11'];
    const callbacks = [
      await callbackFor(browser, paths[0] ?? ''),
      await callbackFor(browser, paths[1] ?? ''),
    ];
    for (const index of order) {
      const answer = await browser.get(callbacks[index] ?? '');
      expect(answer.headers.get('location')).toBe(`${app.url}${paths[index]}`);
      expect((await browser.get('/home')).status).toBe(200);
    }
    expect(namesOf(browser.cookies())).toEqual(['refresh', 'session']);
    const verifiers = pool.tokenRequests.map(({ form }) => form.get('code_verifier'));
    expect(new Set(verifiers).size).toBe(2);
  });

  test('OF-05 two sign-ins that finish in the same moment leave one whole session', async () => {
    const callbacks = [await callbackFor(browser, '/home'), await callbackFor(browser, '/home')];
    const answers = await Promise.all(callbacks.map((callback) => browser.get(callback)));
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect((await browser.get('/home')).status).toBe(200);
  });

  test('OF-05 the session of the first is replaced by the second, and its refresh token is revoked', async () => {
    const [first, second] = [await callbackFor(browser, '/home'), await callbackFor(browser, '/home')];
    await browser.get(first);
    const refreshToken = pool.issued.at(-1);
    await browser.get(second);
    expect(pool.revoked).toEqual([refreshToken]);
  });

  test('OF-05 five at once all finish; of more, the oldest make room and end in words', async () => {
    const callbacks: string[] = [];
    for (let count = 0; count < 7; count += 1) callbacks.push(await callbackFor(browser, `/home?n=${count}`));
    const underWay = flowsUnderWay(browser);
    expect(underWay).toBe(5);
    expect((await browser.get(callbacks[0] ?? '')).location?.search).toContain('error=sign_in_expired');
    for (const [index, callback] of callbacks.slice(-3).entries())
      expect((await browser.get(callback)).location?.search).toBe(`?n=${index + 4}`);
  });

  test('OF-05 a sign-in that the user pool refuses leaves the other one alone', async () => {
    const [first, second] = [await callbackFor(browser, '/home'), await callbackFor(browser, '/pro')];
    const state = new URL(first).searchParams.get('state') ?? '';
    const refused = `/api/auth/callback/cognito?${new URLSearchParams({ error: 'access_denied', state })}`;
    expect((await browser.get(refused)).location?.search).toBe('?error=sign_in_refused&returnTo=%2Fhome');
    expect(flowsUnderWay(browser)).toBe(1);
    expect((await browser.get(second)).headers.get('location')).toBe(`${app.url}/pro`);
  });

  test.each([
    'error=access_denied',
    'error=access_denied&state=unknown',
    'error=access_denied&state=',
    'code=x&state=unknown',
    '',
  ])('OF-05 a callback of nobody’s, ?%s, ends no sign-in under way', async (query) => {
    const callback = await callbackFor(browser, '/pro');
    const before = browser.cookies();
    const answer = await browser.get(`/api/auth/callback/cognito?${query}`);
    expect(answer.location?.pathname).toBe('/sign-in');
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(browser.cookies()).toEqual(before);
    expect((await browser.get(callback)).headers.get('location')).toBe(`${app.url}/pro`);
  });
});

describe('OF-06', () => {
  test('OF-06 a sign-in whose cookies the browser has dropped begins again by itself, and ends where it was meant to', async () => {
    const callback = await callbackFor(browser, '/pro?month=11');
    for (const part of ['state', 'nonce', 'pkce'] as const) browser.jar.remove(flowCookie(browser, part));
    const answer = await browser.get(callback);
    expect(answer.location?.href).toMatch(authorization());
    expect(pool.tokenRequests).toEqual([]);
    expect((await browser.follow(answer)).url.href).toBe(`${app.url}/pro?month=11`);
    expect(namesOf(browser.cookies())).toEqual(['refresh', 'session']);
  });

  test('OF-06 a sign-in older than fifteen minutes by what its cookies hold begins again', async () => {
    const callback = await callbackFor(browser, '/home');
    const state = new URL(callback).searchParams.get('state') ?? '';
    await plantSealed('state', { value: state, provider: 'cognito' }, -30);
    expect((await browser.get(callback)).location?.href).toMatch(authorization());
    expect(pool.tokenRequests).toEqual([]);
  });

  test('OF-06 it begins again once and then says so, however often the user pool refuses its code', async () => {
    refuseCodes();
    const page = await browser.follow(await browser.get(await callbackFor(browser, '/pro')));
    expect(page.url.pathname + page.url.search).toBe('/sign-in?error=sign_in_expired&returnTo=%2Fpro');
    expect(page.text).toContain('role="alert"');
    expect(pool.tokenRequests).toHaveLength(2);
    expect(browser.cookies()).toEqual({});
  });

  test('OF-06 where a browser refuses cookies, nothing begins again', async () => {
    const callback = await callbackFor(browser, '/home');
    const answer = await openBrowser(app).get(callback);
    expect(answer.location?.search).toBe('?error=sign_in_expired&returnTo=%2Fhome');
  });

  test('OF-06 a second try still asks for the password where the first did', async () => {
    const callback = await callbackFor(browser, '/home', 'login');
    browser.jar.remove(flowCookie(browser, 'pkce'));
    expect((await browser.get(callback)).location?.searchParams.get('prompt')).toBe('login');
  });

  test.each([
    { 'sec-fetch-dest': 'image' },
    { 'sec-fetch-dest': 'iframe' },
    { 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch' },
  ])('OF-06 with %j nothing begins again', async (headers) => {
    const callback = await callbackFor(browser, '/home');
    browser.jar.remove(flowCookie(browser, 'pkce'));
    expect((await browser.get(callback, headers)).location?.pathname).toBe('/sign-in');
  });

  test('OF-06 an application that was restarted in between finishes the sign-in', async () => {
    const { PORT: _, ...environment } = app.environment;
    const callback = await callbackFor(browser, '/pro');
    const after = await startApp({ ...environment, APP_URL: app.url });
    const answer = await openBrowser({ url: app.url, address: after.address }, browser.jar).get(callback);
    await after.stop();
    expect(answer.headers.get('location')).toBe(`${app.url}/pro`);
  });

  test('OF-06 a secret that was replaced in between begins the sign-in again', async () => {
    const callback = await callbackFor(browser, '/pro');
    const after = await startApp({ ...pool.environment, APP_URL: app.url });
    const answer = await openBrowser({ url: app.url, address: after.address }, browser.jar).get(callback);
    await after.stop();
    expect(answer.location?.href).toMatch(authorization());
  });
});

describe('OF-15', () => {
  test.each(['state', 'nonce', 'pkce'] as const)(
    'OF-15 a %s cookie that was made for another provider, or for none, is refused',
    async (part) => {
      for (const provider of ['google', '', undefined]) {
        browser = openBrowser(app);
        const callback = await callbackFor(browser, '/home');
        const value = new URL(callback).searchParams.get('state') ?? '';
        await plantSealed(part, { value, provider });
        const answer = await browser.get(callback);
        expect(answer.location?.href).toMatch(authorization());
        expect(namesOf(browser.cookies())).not.toContain('session');
      }
    },
  );

  test('OF-15 the cookies of one sign-in are of no use under the names of another', async () => {
    const callback = await callbackFor(browser, '/home');
    const other = openBrowser(app);
    await callbackFor(other, '/home');
    const stranger = other.cookies();
    for (const part of ['state', 'nonce', 'pkce'] as const)
      browser.jar.plant('localhost', {
        [flowCookie(browser, part)]: stranger[flowCookie(other, part)] ?? '',
      });
    expect((await browser.get(callback)).location?.href).toMatch(authorization());
    expect(pool.tokenRequests).toEqual([]);
  });
});
