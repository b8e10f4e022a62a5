import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { namesOf } from '../../support/cookie-names.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { rawRequest } from '../../support/raw-request.ts';

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

async function callbackFor(
  who: Browser,
  fields: Record<string, string> = { returnTo: '/home' },
): Promise<URL> {
  const started = await who.post('/api/auth/signin/cognito', fields);
  const back = (await who.get(started.location?.href ?? '')).location;
  if (!back) throw new Error('the user pool did not answer');
  return back;
}

const script = '<script>alert(1)</script>';

describe('OF-07', () => {
  const errors: [string, Record<string, string>][] = [
    ['a known error', { error: 'access_denied' }],
    ['an unknown error', { error: 'purple_monkey' }],
    ['an empty error', { error: '' }],
    ['an error that is a script', { error: script, error_description: script }],
    ['a description of 10 KB', { error: 'server_error', error_description: 'd'.repeat(10_000) }],
    ['a description with line breaks', { error: 'x', error_description: 'a\r\n{"level":"error"}\r\n' }],
    ['a description with NUL', { error: 'x', error_description: 'a\0b' }],
    ['a page of errors', { error: 'x', error_uri: 'https://evil.example/' }],
  ];

  test.each(errors)(
    'OF-07 %s is told in words of our own, asks nothing of the user pool, and logs none of it',
    async (_, answer) => {
      const callback = await callbackFor(browser);
      const before = app.output().length;
      callback.searchParams.delete('code');
      for (const [name, value] of Object.entries(answer)) callback.searchParams.set(name, value);
      const redirect = await browser.get(callback.href);
      expect(redirect.headers.get('location')).toBe(
        `${app.url}/sign-in?error=sign_in_refused&returnTo=%2Fhome`,
      );
      const page = await browser.follow(redirect);
      expect(page.text).toContain('role="alert"');
      expect(page.text).not.toMatch(/<script>alert|purple_monkey|dddd|evil\.example/);
      expect(pool.tokenRequests).toEqual([]);
      expect(app.output().slice(before)).not.toMatch(/alert\(1\)|purple_monkey|dddd|evil|"level":"error"/);
    },
  );

  test('OF-07 a code beside an error is not redeemed', async () => {
    const callback = await callbackFor(browser);
    callback.searchParams.set('error', 'access_denied');
    expect((await browser.get(callback.href)).location?.search).toContain('error=sign_in_refused');
    expect(pool.tokenRequests).toEqual([]);
  });

  test.each([
    ['a line break', 'a\r\nb'],
    ['a NUL', 'a\0b'],
    ['letters beyond ASCII', 'cödé'],
    ['another parameter', 'x&grant_type=client_credentials'],
  ])('OF-07 a code with %s reaches the user pool as one encoded value, or not at all', async (_, code) => {
    const callback = await callbackFor(browser);
    callback.searchParams.set('code', code);
    await browser.get(callback.href);
    for (const { form } of pool.tokenRequests) {
      expect(form.get('code')).toBe(code);
      expect(form.getAll('grant_type')).toEqual(['authorization_code']);
    }
    expect(namesOf(browser.cookies())).not.toContain('session');
  });

  test('OF-07 a code of 100 KB is refused before anything is made of it', async () => {
    const address = `${app.address}/api/auth/callback/cognito?state=x&code=${'c'.repeat(100_000)}`;
    // Node.js answers 431 and closes, and a client that is still sending sees only the latter.
    expect(
      await fetch(address).then(
        ({ status }) => status,
        () => 431,
      ),
    ).toBe(431);
    expect(pool.tokenRequests).toEqual([]);
  });
});

describe('OF-09', () => {
  test.each(['https://evil.example', '', 'https://cognito-idp.eu-west-1.amazonaws.com/other'])(
    'OF-09 an answer that says that it is of the issuer "%s" is refused, and its code not redeemed',
    async (issuer) => {
      const callback = await callbackFor(browser);
      callback.searchParams.set('iss', issuer);
      expect((await browser.get(callback.href)).location?.search).toBe(
        '?error=sign_in_refused&returnTo=%2Fhome',
      );
      expect(pool.tokenRequests).toEqual([]);
    },
  );

  test('OF-09 an answer of two issuers is refused, the right one among them or not', async () => {
    const callback = await callbackFor(browser);
    callback.searchParams.append('iss', pool.environment.COGNITO_ISSUER ?? '');
    callback.searchParams.append('iss', 'https://evil.example');
    expect((await browser.get(callback.href)).location?.search).toContain('error=sign_in_refused');
    expect(pool.tokenRequests).toEqual([]);
  });

  test('OF-09 an answer that names the configured issuer, or as Cognito’s names none, is taken', async () => {
    const callback = await callbackFor(browser);
    callback.searchParams.set('iss', pool.environment.COGNITO_ISSUER ?? '');
    expect((await browser.get(callback.href)).headers.get('location')).toBe(`${app.url}/home`);
    expect((await browser.get((await callbackFor(browser)).href)).headers.get('location')).toBe(
      `${app.url}/home`,
    );
  });

  test('OF-09 no discovery document can name other endpoints, for none is asked for', async () => {
    await browser.signIn();
    const issuer = new URL(pool.environment.COGNITO_ISSUER ?? '').pathname;
    expect(pool.calls(`${issuer}/.well-known/openid-configuration`)).toBe(0);
    expect(pool.calls('/oauth2/token')).toBe(1);
  });
});

describe('OF-11', () => {
  test.each([
    '/x&scope=admin&prompt=none',
    '/x?scope=admin&prompt=none&redirect_uri=https://evil.example',
    '/x#&response_type=token',
    '/x%26scope=admin',
  ])('OF-11 returnTo=%s stays data and adds nothing to the authorization request', async (returnTo) => {
    const started = await browser.post('/api/auth/signin/cognito', { returnTo });
    const asked = started.location?.searchParams;
    expect(asked?.get('scope')).toBe('openid email profile aws.cognito.signin.user.admin');
    for (const name of ['prompt', 'returnTo']) expect(asked?.has(name)).toBe(false);
    expect(asked?.getAll('redirect_uri')).toEqual([`${app.url}/api/auth/callback/cognito`]);
    const callback = (await browser.get(started.location?.href ?? '')).location;
    expect((await browser.get(callback?.href ?? '')).headers.get('location')).toBe(`${app.url}${returnTo}`);
  });

  test.each([
    ['malformed', 'callbackUrl=%zz&returnTo=%zz'],
    ['an array', 'callbackUrl[]=/a&callbackUrl[]=/b&returnTo[]=/a'],
    ['an object', 'callbackUrl[a]=/a&returnTo[__proto__]=/a'],
    ['10 KB', `callbackUrl=${'/x'.repeat(3_000)}&returnTo=/${'x'.repeat(2_000)}y`],
  ])('OF-11 a callbackUrl that is %s is a 400 or of no effect, at once', async (_, body) => {
    const started = performance.now();
    const response = await fetch(`${app.address}/api/auth/signin/cognito`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: app.url, 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
    expect(performance.now() - started).toBeLessThan(2_000);
    expect([303, 400]).toContain(response.status);
    if (response.status === 303) expect(response.headers.get('location')).toContain(`${pool.origin}/oauth2/`);
  });
});

describe('OF-14', () => {
  test('OF-14 code, state, verifier, tokens and secret of a sign-in are in no log and no address after it', async () => {
    const before = app.output().length;
    const callback = await callbackFor(browser);
    const answer = await browser.get(callback.href);
    expect(answer.headers.get('location')).toBe(`${app.url}/home`);
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    const page = await browser.follow(answer);
    const { form } = pool.tokenRequests.at(-1) ?? { form: new URLSearchParams() };
    const secrets = [
      ...callback.searchParams.values(),
      form.get('code_verifier') ?? '',
      ...pool.issued,
      ...Object.values(browser.cookies()),
    ];
    expect(secrets.every((secret) => secret.length > 15)).toBe(true);
    for (const secret of secrets) {
      expect(app.output().slice(before)).not.toContain(secret);
      expect(page.text).not.toContain(secret);
    }
  });

  test('OF-14 a sign-in that fails leaves them in no log either', async () => {
    const before = app.output().length;
    const callback = await callbackFor(browser);
    pool.onToken(() => ({ status: 400, body: { error: 'invalid_grant', error_description: 'of code abc' } }));
    await browser.get(callback.href);
    const written = app.output().slice(before);
    expect(written).toContain('sign_in_failed');
    for (const secret of [...callback.searchParams.values(), pool.environment.COGNITO_CLIENT_SECRET ?? ''])
      expect(written).not.toContain(secret);
  });
});

describe('OF-16', () => {
  const paths = [
    '_log',
    'providers',
    'session',
    'csrf',
    'verify-request',
    'error',
    'signout',
    '%zz',
    '..%2f',
    'a/b/c',
  ];

  test.each(paths)(
    'OF-16 /api/auth/%s answers 404 to every method, and writes nothing of it',
    async (path) => {
      const before = app.output().length;
      for (const method of ['GET', 'POST', 'HEAD']) {
        const headers = { origin: app.url, 'content-type': 'application/json' };
        const answer = await rawRequest(
          app.address,
          `/api/auth/${path}?level=error&code=forged`,
          headers,
          method,
        );
        expect([400, 404]).toContain(answer.status);
        expect(answer.headers['set-cookie']).toBeUndefined();
      }
      expect(app.output().slice(before)).not.toMatch(/forged/);
    },
  );

  test('OF-16 TRACE is refused by Next.js before any of our code, and repeats nothing', async () => {
    for (const path of ['/', '/api/auth/signin/cognito', '/api/auth/callback/cognito?code=a&state=b']) {
      const answer = await rawRequest(app.address, path, { 'x-probe': 'repeat-me' }, 'TRACE');
      expect(answer.text).not.toContain('repeat-me');
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    expect((await browser.get('/')).status).toBe(200);
  });

  test.each(['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])(
    'OF-16 %s of the sign-in and the callback is no 500, signs nobody in and sets no cookie',
    async (method) => {
      for (const path of ['/api/auth/signin/cognito', '/api/auth/callback/cognito?code=a&state=b']) {
        const answer = await rawRequest(app.address, path, { origin: app.url }, method);
        expect(answer.status, path).toBeLessThan(500);
        expect(answer.headers['set-cookie']).toBeUndefined();
      }
      expect(pool.tokenRequests).toEqual([]);
    },
  );

  test.each([
    ['/api/auth/_log', 'GET', 404, 'not_found'],
    ['/api/nothing', 'DELETE', 404, 'not_found'],
    ['/api/v1/none', 'POST', 404, 'not_found'],
    ['/api/v1/me', 'DELETE', 405, 'method_not_allowed'],
    ['/api/health', 'POST', 405, 'method_not_allowed'],
    ['/api/ready', 'POST', 405, 'method_not_allowed'],
    ['/api/auth/signin/cognito', 'GET', 405, 'method_not_allowed'],
    ['/api/auth/callback/cognito', 'POST', 405, 'method_not_allowed'],
    ['/sign-out', 'GET', 405, 'method_not_allowed'],
  ])('OF-16 %s by %s is a problem document of status %i', async (path, method, status, code) => {
    const answer = await rawRequest(app.address, path, { origin: app.url }, method);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(answer.text)).toMatchObject({ status, code });
    expect('allow' in answer.headers).toBe(status === 405);
  });
});

describe('OF-17', () => {
  const person = (sub: string, claims: Record<string, unknown>) =>
    pool.onToken(async (request) => ({
      body: await pool.tokens(request, { access: { claims: { sub } }, id: { claims: { sub, ...claims } } }),
    }));

  test('OF-17 two people of the same e-mail address and user name are two people', async () => {
    const shared = { email: 'shared@example.com', email_verified: false, 'cognito:username': 'mallory' };
    const pages: string[] = [];
    for (const sub of ['11111111-0000-4000-8000-000000000001', '22222222-0000-4000-8000-000000000002']) {
      person(sub, shared);
      const page = await openBrowser(app).signIn();
      expect(page.text).toContain(sub);
      pages.push(page.text);
    }
    expect(pages[1]).not.toContain('11111111-0000-4000-8000-000000000001');
  });

  test('OF-17 people who have swapped their addresses keep their own identities', async () => {
    const [ada, bea] = ['aaaaaaaa-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002'];
    for (const [sub, email] of [
      [ada, 'ada@example.com'],
      [bea, 'bea@example.com'],
      [ada, 'bea@example.com'],
      [bea, 'ada@example.com'],
    ] as const) {
      person(sub, { email });
      const page = await openBrowser(app).signIn();
      expect(page.text).toContain(sub);
      expect(page.text).toContain(email);
    }
  });
});
