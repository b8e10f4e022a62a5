import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Answer, type Browser, openBrowser } from '../../support/browser.ts';
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
async function callbackFor(who: Browser): Promise<URL> {
  const started = await who.post('/api/auth/signin/cognito', { returnTo: '/home' });
  const back = (await who.get(started.location?.href ?? '')).location;
  if (!back) throw new Error('the user pool did not answer');
  return back;
}

/** Refused in words. A sign-in of this browser that the callback does not name goes on. */
async function expectRefused(answer: Answer, who: Browser, code = 'sign_in_expired'): Promise<void> {
  expect(answer.status).toBe(303);
  expect(answer.location?.href).toBe(`${app.url}/sign-in?error=${code}&returnTo=%2Fhome`);
  expect(Object.keys(who.cookies()).filter((name) => !name.startsWith('flow-'))).toEqual([]);
  const page = await who.follow(answer);
  expect(page.status).toBe(200);
  expect(page.text.includes('role="alert"')).toBe(true);
}

/** The sign-in that the callback names has failed and begins again, without a session. */
function expectRestarted(answer: Answer, who: Browser): void {
  expect(answer.status).toBe(303);
  expect(answer.location?.href).toMatch(new RegExp(`^${pool.origin}/oauth2/authorize\\?`));
  expect(Object.keys(who.cookies()).filter((name) => !name.startsWith('flow-'))).toEqual([]);
  expect(flowsUnderWay(who)).toBe(1);
}

type Change = (query: URLSearchParams) => void;

const withoutState: [string, Change][] = [
  ['has no state', (query) => query.delete('state')],
  ['has an empty state', (query) => query.set('state', '')],
  ['has a wrong state', (query) => query.set('state', 'A'.repeat(43))],
  ['has a state that is one character off', (query) => query.set('state', `${query.get('state')}A`)],
  ['has two states, the right one first', (query) => query.append('state', 'other')],
  ['has two states, the same twice', (query) => query.append('state', query.get('state') ?? '')],
  [
    'has its state as an array',
    (query) => {
      query.set('state[]', query.get('state') ?? '');
      query.delete('state');
    },
  ],
  [
    'has its state as an object',
    (query) => {
      query.set('state[value]', query.get('state') ?? '');
      query.delete('state');
    },
  ],
  ['has a state of several KB', (query) => query.set('state', 's'.repeat(8_000))],
];

const withoutCode: [string, Change][] = [
  ['has no code', (query) => query.delete('code')],
  ['has an empty code', (query) => query.set('code', '')],
  ['has two codes', (query) => query.append('code', 'other')],
  ['has a code of several KB', (query) => query.set('code', 'c'.repeat(8_000))],
];

describe('OF-02', () => {
  test.each(withoutState)(
    'OF-02 a callback that %s ends on the sign-in page, with no token request, and ends no sign-in under way',
    async (_, change) => {
      const callback = await callbackFor(browser);
      const honest = callback.href;
      change(callback.searchParams);
      await expectRefused(await browser.get(callback.href), browser);
      expect(pool.tokenRequests).toEqual([]);
      expect((await browser.get(honest)).location?.href).toBe(`${app.url}/home`);
    },
  );

  test.each(withoutCode)(
    'OF-02 a callback that %s ends its sign-in on the sign-in page, with no token request',
    async (_, change) => {
      const callback = await callbackFor(browser);
      change(callback.searchParams);
      await expectRefused(await browser.get(callback.href), browser);
      expect(browser.cookies()).toEqual({});
      expect(pool.tokenRequests).toEqual([]);
    },
  );

  test('OF-02 an attacker’s code and state in a victim’s browser sign nobody in', async () => {
    const callback = await callbackFor(openBrowser(app));
    await expectRefused(await browser.get(callback.href), browser);
    expect(pool.tokenRequests).toEqual([]);
  });

  test('OF-02 nor do they while the victim’s own sign-in is under way', async () => {
    await callbackFor(browser);
    const callback = await callbackFor(openBrowser(app));
    await expectRefused(await browser.get(callback.href), browser);
    expect(pool.tokenRequests).toEqual([]);
  });

  test('OF-02 a forged callback does not end the session that the victim has', async () => {
    await browser.signIn();
    const before = browser.cookies();
    pool.reset();
    const answer = await browser.get((await callbackFor(openBrowser(app))).href);
    expect(answer.location?.search).toBe('?error=sign_in_expired&returnTo=%2Fhome');
    expect(browser.cookies()).toEqual(before);
    expect((await browser.follow(answer)).url.pathname).toBe('/home');
    expect(pool.tokenRequests).toEqual([]);
  });

  test.each(['state', 'nonce', 'pkce'] as const)(
    'OF-02 a callback without the %s cookie signs nobody in, and begins again',
    async (part) => {
      const callback = await callbackFor(browser);
      browser.jar.remove(flowCookie(browser, part));
      expectRestarted(await browser.get(callback.href), browser);
      expect(pool.tokenRequests).toEqual([]);
    },
  );

  test.each(['state', 'nonce', 'pkce'] as const)(
    'OF-02 a callback with the %s cookie of another sign-in signs nobody in, and begins again',
    async (part) => {
      const other = openBrowser(app);
      await callbackFor(other);
      const callback = await callbackFor(browser);
      const value = other.cookies()[flowCookie(other, part)] ?? '';
      browser.jar.plant('localhost', { [flowCookie(browser, part)]: value });
      expectRestarted(await browser.get(callback.href), browser);
    },
  );

  test('OF-02 a callback posted instead of fetched is answered 405', async () => {
    const callback = await callbackFor(browser);
    const answer = await browser.post(
      '/api/auth/callback/cognito',
      Object.fromEntries(callback.searchParams),
    );
    expect(answer.status).toBe(405);
    expect(pool.tokenRequests).toEqual([]);
  });
});

describe('OF-03', () => {
  test('OF-03 a used callback, opened again, starts no second session and leaves the first as it is', async () => {
    const callback = await callbackFor(browser);
    await browser.get(callback.href);
    const before = browser.cookies();
    expect(namesOf(before)).toEqual(['refresh', 'session']);
    pool.reset();
    const again = await browser.get(callback.href);
    expect(again.location?.href).toBe(`${app.url}/sign-in?error=sign_in_expired&returnTo=%2Fhome`);
    expect(browser.cookies()).toEqual(before);
    expect(pool.tokenRequests).toEqual([]);
  });

  test('OF-03 a used callback with the cookies kept from before it is refused by the user pool, and begins again once', async () => {
    const callback = await callbackFor(browser);
    const kept = browser.cookies();
    await browser.get(callback.href);
    const thief = openBrowser(app);
    thief.jar.plant('localhost', kept);
    expectRestarted(await thief.get(callback.href), thief);
    await expectRefused(await thief.get(callback.href), thief);
  });

  test('OF-03 an old callback still fails after a new sign-in was started', async () => {
    const callback = await callbackFor(browser);
    await browser.get(callback.href);
    await callbackFor(browser);
    pool.reset();
    const again = await browser.get(callback.href);
    expect(again.location?.search).toBe('?error=sign_in_expired&returnTo=%2Fhome');
    expect(pool.tokenRequests).toEqual([]);
  });
});

describe('OF-04', () => {
  test('OF-04 an attacker’s code put into the victim’s callback is refused by PKCE and signs nobody in', async () => {
    const stolen = (await callbackFor(openBrowser(app))).searchParams.get('code') ?? '';
    const callback = await callbackFor(browser);
    callback.searchParams.set('code', stolen);
    expectRestarted(await browser.get(callback.href), browser);
    expect(pool.tokenRequests).toHaveLength(1);
  });

  test('OF-04 a stolen code is of no use in the thief’s own sign-in', async () => {
    const stolen = (await callbackFor(browser)).searchParams.get('code') ?? '';
    const thief = openBrowser(app);
    const callback = await callbackFor(thief);
    callback.searchParams.set('code', stolen);
    expectRestarted(await thief.get(callback.href), thief);
  });

  test('OF-04 the exchange always carries a verifier', async () => {
    await browser.signIn();
    await browser.signIn();
    const verifiers = pool.tokenRequests.map(({ form }) => form.get('code_verifier') ?? '');
    expect(verifiers).toHaveLength(2);
    for (const verifier of verifiers) expect(verifier).toMatch(/^[\w.~-]{43,128}$/);
    expect(new Set(verifiers).size).toBe(2);
  });
});
