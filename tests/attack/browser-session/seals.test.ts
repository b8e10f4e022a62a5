import { getIronSession } from 'iron-session';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseConfig } from '../../../lib/config.ts';
import { passwordsFor } from '../../../lib/session/cookies.ts';
import { type RunningApp, randomSecret, startApp } from '../../support/app.ts';
import { type Answer, openBrowser } from '../../support/browser.ts';
import { cookieNamed, withoutGeneration } from '../../support/cookie-names.ts';
import { flowCookie } from '../../support/flows.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { sealedSession } from '../../support/sealed-session.ts';

let pool: HostileUserPool;
let app: RunningApp;
let signedIn: { session: string; refresh: string };
/** Of the session that is signed in: a seal opens under no other. */
let generation: string;

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp(pool.environment);
  const browser = openBrowser(app);
  await browser.signIn();
  const held = browser.cookies();
  signedIn = { session: cookieNamed(held, 'session'), refresh: cookieNamed(held, 'refresh') };
  generation = Object.keys(held)[0]?.split('-')[1] ?? '';
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});
beforeEach(() => pool.reset());

async function homeWith(cookies: {
  session?: string;
  refresh?: string;
}): Promise<{ page: Answer; left: Record<string, string> }> {
  const browser = openBrowser(app);
  const named = Object.entries(cookies).map(([purpose, value]) => [`${purpose}-${generation}`, value]);
  browser.jar.plant('localhost', Object.fromEntries(named));
  const page = await browser.get('/home');
  return { page, left: browser.cookies() };
}

/** Anonymous, the cookies gone, and a line in the log. */
async function expectRefused(cookies: { session?: string; refresh?: string }): Promise<void> {
  const { page, left } = await homeWith(cookies);
  expect(page.status).toBe(303);
  expect(page.location?.pathname).toBe('/sign-in');
  expect(left).toEqual({});
  expect(pool.tokenRequests).toEqual([]);
}

const flipped = (text: string, at: number): string =>
  text.slice(0, at) + (text[at] === 'b' ? 'c' : 'b') + text.slice(at + 1);

/** A seal with the application's own passwords for `passwordsOf`, holding what a session of `purpose` holds. */
async function sealFor(passwordsOf: string, contents: Record<string, unknown>): Promise<string> {
  let seal = '';
  const jar = {
    read: () => undefined,
    write: (_: string, value: string) => {
      seal = value;
    },
  };
  const session = await getIronSession<Record<string, unknown>>(jar, {
    cookieName: 'any',
    password: passwordsFor(parseConfig(app.environment), passwordsOf),
  });
  Object.assign(session, contents);
  await session.save();
  return seal;
}

describe('BS-05', () => {
  test('BS-05 the refresh seal does not open as a session, nor the session seal as a refresh token', async () => {
    await expectRefused({ session: signedIn.refresh, refresh: signedIn.session });
  });

  test('BS-05 a cookie of the sign-in under way does not open as a session', async () => {
    const browser = openBrowser(app);
    await browser.post('/api/auth/signin/cognito', { returnTo: '/home' });
    const flow = Object.entries(browser.cookies());
    expect(flow.map(([name]) => name)).toContain(flowCookie(browser, 'state'));
    for (const [, value] of flow) await expectRefused({ session: value, refresh: value });
  });

  test('BS-05 a session seal does not open as state, nonce or verifier', async () => {
    const browser = openBrowser(app);
    const started = await browser.post('/api/auth/signin/cognito', { returnTo: '/home' });
    const callback = (await browser.get(started.location?.href ?? '')).location;
    for (const part of ['state', 'nonce', 'pkce'] as const)
      browser.jar.plant('localhost', { [flowCookie(browser, part)]: signedIn.session });
    const answer = await browser.get(callback?.href ?? '');
    expect(answer.location?.href).toMatch(new RegExp(`^${pool.origin}/oauth2/authorize`));
    expect(Object.keys(browser.cookies()).map(withoutGeneration)).not.toContain('session');
    expect(pool.tokenRequests).toEqual([]);
  });

  test('BS-05 the right password with another purpose inside is refused', async () => {
    const access = String((await pool.tokens({ nonce: undefined })).access_token);
    const contents = {
      sessionId: crypto.randomUUID(),
      generation: Number(generation),
      accessToken: access,
      claims: { sub: pool.sub },
    };
    const openedAt = Math.floor(Date.now() / 1_000);
    const times = {
      openedAt,
      refreshedAt: 1,
      seenAt: openedAt,
      claimsExpireAt: 9_999_999_999,
      refreshDueAt: 9_999_999_999,
    };
    const good = await sealFor('session', { purpose: 'session', ...contents, ...times });
    expect((await homeWith({ session: good })).page.status).toBe(200);
    await expectRefused({ session: await sealFor('session', { purpose: 'refresh', ...contents, ...times }) });
    await expectRefused({ session: await sealFor('session', { ...contents, ...times }) });
    await expectRefused({ session: await sealFor('refresh', { purpose: 'session', ...contents, ...times }) });
  });
});

describe('BS-06', () => {
  const positions = ['prefix', 'password id', 'salt', 'iv', 'body', 'expiry', 'mac salt', 'mac'];

  test.each(positions.map((name, index) => [name, index] as const))(
    'BS-06 a seal with one character of its %s changed is refused, cleared and logged',
    async (_, index) => {
      const parts = signedIn.session.replace(/~2$/, '').split('*');
      expect(parts).toHaveLength(8);
      parts[index] = flipped(parts[index] ?? '', 0);
      const before = app.output().length;
      await expectRefused({ session: parts.join('*'), refresh: signedIn.refresh });
      expect(app.output().slice(before)).toContain('"seal_rejected"');
    },
  );

  test.each([
    ['half of it is missing', () => signedIn.session.slice(0, signedIn.session.length / 2)],
    ['only its prefix is left', () => 'Fe26.2'],
    ['it is asterisks', () => '*******'],
    ['it is a JWT', () => 'eyJhbGciOiJub25lIn0.e30.'],
    ['it is 4 KB of one letter', () => 'a'.repeat(4_096)],
    ['it is a broken percent escape', () => '%E0%A4%A'],
    ['it is not ASCII', () => '\u00ff\u00fe'],
    ['it is JSON', () => '{"purpose":"session"}'],
    ['its password id is __proto__', () => signedIn.session.replace('*1*', '*__proto__*')],
    ['its password id is unknown', () => signedIn.session.replace('*1*', '*7*')],
  ])('BS-06 a session cookie is refused and cleared when %s', async (_, cookie) => {
    await expectRefused({ session: cookie(), refresh: signedIn.refresh });
  });

  test('BS-06 a refresh cookie that is asterisks neither breaks a page nor ends a good session', async () => {
    const { page } = await homeWith({ session: signedIn.session, refresh: '*******' });
    expect(page.status).toBe(200);
  });

  test('BS-06 a refresh cookie alone, good or broken, is nobody', async () => {
    await expectRefused({ refresh: '*******' });
    await expectRefused({ refresh: signedIn.refresh });
  });

  test('BS-06 a seal of another installation is refused', async () => {
    const environment = { ...app.environment, SESSION_SECRET: randomSecret() };
    const access = String((await pool.tokens({ nonce: undefined })).access_token);
    const foreign = await sealedSession(
      { environment },
      { accessToken: access, claims: { sub: pool.sub }, generation: Number(generation) },
      'r',
    );
    await expectRefused({ session: cookieNamed(foreign, 'session') });
  });

  test('BS-06 a seal past its own end is refused, whatever the cookie’s Max-Age says', async () => {
    const environment = { ...app.environment, SESSION_DAYS: '1' };
    const access = String((await pool.tokens({ nonce: undefined })).access_token);
    const seals = await sealedSession(
      { environment },
      { accessToken: access, claims: { sub: pool.sub }, generation: Number(generation) },
      'r',
    );
    const expired = cookieNamed(seals, 'session').replace(
      /\*(\d{13})\*/,
      (_, end) => `*${Number(end) - 2 * 86_400_000}*`,
    );
    expect(expired).not.toBe(cookieNamed(seals, 'session'));
    await expectRefused({ session: expired });
  });

  test('BS-06 public pages answer 200 with a broken cookie, and clear it', async () => {
    const browser = openBrowser(app);
    browser.jar.plant('localhost', { 'session-1': '*******' });
    expect((await browser.get('/')).status).toBe(200);
    expect(browser.cookies()).toEqual({});
  });
});

describe('BS-07', () => {
  test.each([
    ['~1', (seal: string) => seal.replace(/~2$/, '~1')],
    ['nothing', (seal: string) => seal.replace(/~2$/, '')],
    ['~9', (seal: string) => seal.replace(/~2$/, '~9')],
    ['~2~1', (seal: string) => `${seal}~1`],
  ])(
    'BS-07 the version mark of a seal selects no other contents: ~2 turned into %s opens as before',
    async (_, change) => {
      const { page } = await homeWith({ session: change(signedIn.session), refresh: signedIn.refresh });
      expect(page.status).toBe(200);
      expect(page.text).toContain('Hello, Mallory Example');
    },
  );
});
