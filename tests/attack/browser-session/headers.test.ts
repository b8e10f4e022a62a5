import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Answer, type Browser, openBrowser } from '../../support/browser.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { rawRequest } from '../../support/raw-request.ts';

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

const pages = ['/', '/sign-in', '/home', '/admin', '/nothing-here', '/errors/unavailable'];

const signedIn = async (app: RunningApp): Promise<Browser> => {
  const browser = openBrowser(app);
  await browser.signIn();
  return browser;
};

/** One answer of every kind that this application's own code gives: pages, refusals, redirects, API, errors. */
async function everyKind(app: RunningApp): Promise<[string, Answer][]> {
  const browser = await signedIn(app);
  const stranger = openBrowser(app);
  const started = await stranger.post('/api/auth/signin/cognito', { returnTo: '/home' });
  const callback = (await stranger.get(started.location?.href ?? '')).location?.href ?? '';
  return [
    ['a page', await browser.get('/home')],
    ['a public page', await stranger.get('/')],
    ['a payload', await browser.payload('/home')],
    ['a page for another group', await browser.get('/pro')],
    ['a page that does not exist', await stranger.get('/nothing-here')],
    ['a redirect of the middleware', await stranger.get('/home')],
    ['a POST to a page', await stranger.post('/home')],
    ['the start of a sign-in', started],
    ['a callback', await stranger.get(callback)],
    ['a failed callback', await stranger.get('/api/auth/callback/cognito?error=access_denied')],
    ['an action of next-auth', await stranger.get('/api/auth/session')],
    ['a GET of the sign-in address', await stranger.get('/api/auth/signin/cognito')],
    ['a GET of the sign-out', await stranger.get('/sign-out')],
    ['a forged sign-out', await stranger.post('/sign-out', {}, { origin: 'https://evil.example' })],
    ['a sign-out', await browser.post('/sign-out')],
    ['the health', await stranger.get('/api/health')],
    ['the readiness', await stranger.get('/api/ready')],
    ['the API without a token', await stranger.get('/api/v1/me')],
    ['the API by another method', await stranger.post('/api/v1/me')],
    ['nothing under /api', await stranger.get('/api/nothing/here')],
  ];
}

const directivesOf = (policy: string): Map<string, string> =>
  new Map(
    policy.split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ');
      return [name, values.join(' ')];
    }),
  );

const policyOf = (answer: Answer): string => answer.headers.get('content-security-policy') ?? '';
const nonceOf = (policy: string): string => /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';

describe('BS-20', () => {
  test('BS-20 every kind of answer carries every header, on https with HSTS', async () => {
    for (const [kind, { headers }] of await everyKind(https)) {
      expect(headers.get('x-content-type-options'), kind).toBe('nosniff');
      expect(headers.get('x-frame-options'), kind).toBe('DENY');
      expect(headers.get('cross-origin-opener-policy'), kind).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy'), kind).toBe('same-origin');
      expect(headers.get('permissions-policy'), kind).toContain('camera=()');
      expect(headers.get('referrer-policy'), kind).toMatch(/^(no-referrer|same-origin)$/);
      expect(headers.get('strict-transport-security'), kind).toBe('max-age=31536000; includeSubDomains');
      expect(headers.get('content-security-policy'), kind).toContain("frame-ancestors 'none'");
      expect(headers.get('content-security-policy'), kind).toContain("base-uri 'none'");
      expect(headers.get('x-powered-by'), kind).toBeNull();
      expect(headers.get('server'), kind).toBeNull();
    }
  });

  test('BS-20 on http://localhost there is no HSTS, and nothing is upgraded to https', async () => {
    for (const [kind, answer] of await everyKind(local)) {
      expect(answer.headers.get('strict-transport-security'), kind).toBeNull();
      expect(policyOf(answer), kind).not.toContain('upgrade-insecure-requests');
    }
  });

  test.each(['/home/', '/_next/static/nothing.js', '/favicon.ico', '/icon.svg', '/%zz'])(
    'BS-20 what Next.js answers by itself, as for %s, is not sniffed, not framed and names no software',
    async (path) => {
      const { headers } = await rawRequest(https.address, path);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['x-powered-by']).toBeUndefined();
    },
  );

  test('BS-20 addresses that codes pass through tell nobody where a request came from', async () => {
    for (const path of ['/api/auth/callback/cognito?code=a&state=b', '/api/none', '/sign-out'])
      expect((await openBrowser(local).get(path)).headers.get('referrer-policy')).toBe('no-referrer');
  });
});

describe('BS-19', () => {
  test.each(pages)('BS-19 %s has a policy of nonces that allows nothing inline', async (path) => {
    const browser = await signedIn(https);
    const answer = await browser.get(path);
    const directives = directivesOf(policyOf(answer));
    const nonce = nonceOf(policyOf(answer));
    expect(Object.fromEntries(directives)).toEqual({
      'default-src': "'none'",
      'script-src': `'nonce-${nonce}' 'strict-dynamic'`,
      'style-src': "'self'",
      'img-src': "'self'",
      'font-src': "'self'",
      'connect-src': "'self'",
      'form-action': `'self' ${pool.origin}`,
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
      'object-src': "'none'",
      'upgrade-insecure-requests': '',
    });
  });

  test.each(pages)(
    'BS-19 every script of %s carries the nonce, and no style or handler is inline',
    async (path) => {
      const browser = await signedIn(local);
      const page = await browser.get(path);
      const nonce = nonceOf(policyOf(page));
      const scripts = [...page.text.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
      expect(scripts.length).toBeGreaterThan(3);
      for (const tag of scripts) expect(tag).toContain(`nonce="${nonce}"`);
      expect(page.text).not.toMatch(/<style\b|<[^>]+\sstyle="|<[^>]+\son\w+="/);
    },
  );

  test('BS-19 a nonce has 128 bits or more and is used once', async () => {
    const browser = openBrowser(local);
    const nonces = new Set<string>();
    for (let count = 0; count < 40; count += 1) {
      const nonce = nonceOf(policyOf(await browser.get(count % 2 ? '/' : '/home')));
      expect(Buffer.from(nonce, 'base64').length).toBeGreaterThanOrEqual(16);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(40);
  });

  const forged = "script-src 'nonce-chosenbytheattacker'";
  test.each([
    ['a policy', { 'content-security-policy': forged }],
    ['a report-only policy', { 'content-security-policy-report-only': forged }],
    ['a nonce', { 'x-nonce': 'chosenbytheattacker' }],
    [
      'a policy with markup',
      { 'content-security-policy': "script-src 'nonce-\"><script>alert(1)</script>'" },
    ],
    [
      'overrides of the middleware',
      {
        'x-middleware-override-headers': 'content-security-policy',
        'x-middleware-request-content-security-policy': forged,
      },
    ],
  ])('BS-19 %s that the sender puts into the request changes nothing', async (_, headers) => {
    for (const path of ['/', '/home', '/nothing-here']) {
      const page = await openBrowser(local).get(path, headers);
      expect(page.text + policyOf(page)).not.toMatch(/chosenbytheattacker|alert\(1\)/);
      expect(nonceOf(policyOf(page)).length).toBe(24);
    }
  });

  const markup = '"><script>alert(1)</script><img src=x onerror=alert(1)>';

  test('BS-19 markup in a name, an e-mail address, a group and a claim is shown as text', async () => {
    pool.onToken(async (request) => ({
      body: await pool.tokens(request, {
        access: { claims: { 'cognito:groups': ['admins', markup], username: markup } },
        id: { claims: { name: markup, email: `${markup}@example.com`, 'custom:note': markup } },
      }),
    }));
    const browser = await signedIn(local);
    pool.reset();
    for (const path of ['/', '/home', '/admin', '/nothing-here']) {
      const { text } = await browser.get(path);
      expect(text).not.toMatch(/<script>alert|<img src=x/);
    }
    expect((await browser.get('/home')).text).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  test('BS-19 markup in the address of a page is not in the page, or as text', async () => {
    const query = new URLSearchParams({
      error: markup,
      error_description: markup,
      reason: markup,
      returnTo: `/${markup}`,
    });
    for (const path of [
      '/sign-in',
      '/',
      `/${encodeURIComponent(markup)}`,
      '/api/auth/callback/cognito',
      '/errors/forbidden',
    ]) {
      const browser = openBrowser(local);
      const { text } = await browser.follow(await browser.get(`${path}?${query}`));
      expect(text).not.toMatch(/<script>alert|<img src=x/);
    }
  });

  test('BS-19 forms lead to this application, to the user pool and to the providers that are configured', async () => {
    const app = await startApp({ ...pool.environment, SIGN_IN_ORIGINS: 'https://login.example.com' });
    const page = await openBrowser(app).get('/sign-in');
    await app.stop();
    expect(directivesOf(policyOf(page)).get('form-action')).toBe(
      `'self' ${pool.origin} https://login.example.com`,
    );
  });
});
