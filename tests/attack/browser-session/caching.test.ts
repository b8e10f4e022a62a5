import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Answer, type Browser, openBrowser } from '../../support/browser.ts';
import { namesSet } from '../../support/cookie-names.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { sealedSession } from '../../support/sealed-session.ts';

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

function expectPrivate({ headers, url, status }: Answer): void {
  const cacheControl = headers.get('cache-control')?.split(/, */) ?? [];
  expect(cacheControl, `${status} ${url.pathname}`).toEqual(expect.arrayContaining(['private', 'no-store']));
  expect(cacheControl.join()).not.toMatch(/public|s-maxage|max-age=[1-9]|stale/);
  expect(headers.get('x-nextjs-cache')).toBeNull();
  expect(headers.get('x-nextjs-prerender')).toBeNull();
}

function expectVaryCookie({ headers }: Answer): void {
  expect(headers.get('vary')?.split(/, */)).toContain('Cookie');
}

async function plantDueSession(groups: string[], issuedAgo = 0): Promise<void> {
  const issuedAt = Math.floor(Date.now() / 1_000) - issuedAgo;
  const { access_token } = await pool.tokens(
    { nonce: undefined },
    { issuedAt, access: { claims: { 'cognito:groups': groups } } },
  );
  const session = { accessToken: String(access_token), claims: { sub: pool.sub } };
  browser.jar.plant('localhost', await sealedSession(app, session, `due-${crypto.randomUUID()}`));
}

const pages = [
  '/',
  '/sign-in',
  '/home',
  '/admin',
  '/pro',
  '/account/sessions',
  '/account/aws-credentials',
  '/nothing-here',
  '/errors/forbidden',
  '/errors/unavailable',
];
const forms = [
  ['document', {}],
  ['RSC', { rsc: '1' }],
] as const;

for (const [form, headers] of forms) {
  test.each(pages)(
    `BS-12 %s as a ${form} is private and not stored, anonymous or signed in`,
    async (path) => {
      expectPrivate(await browser.get(path, headers));
      await browser.signIn();
      expectPrivate(await browser.get(path, headers));
      expectPrivate(await browser.follow(await browser.get(path, headers)));
    },
  );

  test.each(['/', '/home', '/nothing-here'])(
    `BS-12 %s as a ${form} that sets fresh cookies is private and not stored`,
    async (path) => {
      await plantDueSession([]);
      const page = await browser.get(path, headers);
      expect(namesSet(page.headers.getSetCookie())).toEqual(['refresh', 'session']);
      expectPrivate(page);
    },
  );
}

test('BS-12 a refusal that sets fresh cookies is private and not stored', async () => {
  pool.onToken(async (request) => ({
    body: await pool.tokens(request, { access: { claims: { 'cognito:groups': [] } } }),
  }));
  await plantDueSession([]);
  const refusal = await browser.get('/admin');
  expect(refusal.status).toBe(403);
  expect(namesSet(refusal.headers.getSetCookie())).toEqual(['refresh', 'session']);
  expectPrivate(refusal);
});

test('BS-12 the page that says that nothing can be checked now is private and not stored', async () => {
  pool.onToken(() => ({ status: 503 }));
  await plantDueSession([], 7_200);
  const page = await browser.get('/home');
  expect(page.status).toBe(503);
  expectPrivate(page);
});

test('BS-12 redirects vary by cookie: to the sign-in page, to the user pool and back, and out', async () => {
  const turnedAway = await browser.get('/home');
  const started = await browser.post('/api/auth/signin/cognito', { returnTo: '/home' });
  const callback = await browser.get((await browser.get(started.location?.href ?? '')).location?.href ?? '');
  const out = await browser.post('/sign-out');
  const failed = await browser.get('/api/auth/callback/cognito?error=access_denied');
  for (const redirect of [turnedAway, started, callback, out, failed]) {
    expect(redirect.status).toBe(303);
    expectPrivate(redirect);
    expectVaryCookie(redirect);
  }
});

test('BS-12 a session that has ended is cleared by an answer that is private, not stored and varies by cookie', async () => {
  browser.jar.plant('localhost', { 'session-7': 'broken' });
  const answer = await browser.get('/home');
  expect(answer.headers.getSetCookie().length).toBeGreaterThan(0);
  expectPrivate(answer);
  expectVaryCookie(answer);
});

test('BS-12 refusals of the route handlers are private and not stored', async () => {
  for (const answer of [
    await browser.post('/sign-out', {}, { origin: 'https://evil.example' }),
    await browser.post('/api/auth/signin/cognito', {}, { origin: 'https://evil.example' }),
  ]) {
    expectPrivate(answer);
  }
});

test('BS-12 the API is not stored', async () => {
  for (const path of [
    '/api/v1/me',
    '/api/health',
    '/api/ready',
    '/api/auth/session',
    '/api/auth/signin/cognito',
    '/api/none',
  ]) {
    expect((await browser.get(path)).headers.get('cache-control')).toBe('no-store');
  }
});

test('BS-12 what may be stored by everybody sets no cookie', async () => {
  const { text } = await browser.get('/');
  const assets = [...text.matchAll(/(?:src|href)="(\/(?:_next\/static\/|icon)[^"]+)"/g)].map(
    ([, url]) => url ?? '',
  );
  await plantDueSession([]);
  expect(assets.length).toBeGreaterThan(2);
  for (const asset of assets) {
    const answer = await browser.get(asset);
    expect(answer.headers.get('cache-control')).toMatch(/public/);
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
});
