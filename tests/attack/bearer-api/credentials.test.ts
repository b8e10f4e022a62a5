import { STATUS_CODES } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { openBrowser } from '../../support/browser.ts';
import { flowCookie } from '../../support/flows.ts';
import type { TokenChange } from '../../support/hostile-tokens.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { rawRequest } from '../../support/raw-request.ts';

let pool: HostileUserPool;
let app: RunningApp;
let token: string;

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp(pool.environment);
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});
beforeEach(async () => {
  pool.reset();
  token = await accessToken();
});

async function accessToken(access: TokenChange = {}): Promise<string> {
  return String((await pool.tokens({ nonce: undefined }, { access })).access_token);
}

/** Asks the API with these headers, as they are written. */
async function ask(headers: Record<string, string | string[]> = {}, path = '/api/v1/me') {
  const answer = await rawRequest(app.address, path, headers);
  return {
    status: answer.status,
    challenge: answer.headers['www-authenticate'],
    type: answer.headers['content-type'],
    body: JSON.parse(answer.text) as Record<string, unknown>,
    headers: answer.headers,
  };
}
const askWith = async (credentials: string) => await ask({ authorization: `Bearer ${credentials}` });

const problem = (status: number, code: string) => ({
  status,
  type: 'application/problem+json',
  body: { type: 'about:blank', title: STATUS_CODES[status], status, detail: expect.any(String), code },
});
const noToken = { ...problem(401, 'invalid_token'), challenge: 'Bearer' };
const badToken = { ...problem(401, 'invalid_token'), challenge: 'Bearer error="invalid_token"' };
const malformed = { ...problem(400, 'bad_request'), challenge: 'Bearer error="invalid_request"' };

const now = (): number => Math.floor(Date.now() / 1_000);

describe('API-01', () => {
  test('API-01 a good token is answered with whom it speaks for', async () => {
    expect(await askWith(token)).toMatchObject({
      status: 200,
      body: { sub: pool.sub, username: 'mallory', groups: ['admins'] },
    });
  });

  test('API-01 without a token: 401 and a plain challenge', async () => {
    expect(await ask()).toMatchObject(noToken);
  });

  test.each<[string, () => string | Promise<string>]>([
    ['nonsense', () => 'nonsense'],
    ['a JWT of nothing', () => 'a.b.c'],
    ['a refresh token', () => String(pool.issued.at(-1))],
    ['an ID token', async () => String((await pool.tokens({ nonce: undefined })).id_token)],
    ['a token with a bad signature', () => accessToken({ signer: 'stranger' })],
    ['a token without a signature', () => accessToken({ signer: 'none' })],
    ['a token signed with the public key', () => accessToken({ signer: 'hmac' })],
    ['an expired token', () => accessToken({ claims: { exp: now() - 61 } })],
    ['a token from the future', () => accessToken({ claims: { iat: now() + 600 } })],
    ['a token of another client', () => accessToken({ claims: { client_id: 'otherclient00000000000001' } })],
    ['a token of another issuer', () => accessToken({ claims: { iss: 'https://evil.example' } })],
    ['a token with groups as text', () => accessToken({ claims: { 'cognito:groups': 'admins' } })],
    ['a token of 9 KB', () => accessToken({ claims: { note: 'n'.repeat(7_000) } })],
  ])('API-01 %s: 401 invalid_token', async (_, make) => {
    expect(await askWith(await make())).toMatchObject(badToken);
  });

  test.each([
    ['without the scope', { scope: 'email profile' }],
    ['without any scope', { scope: undefined }],
    ['with the scope as part of another', { scope: 'openid2 notopenid' }],
    ['with the scope in another case', { scope: 'OpenID' }],
  ])('API-01 a token %s: 403 insufficient_scope, and which one', async (_, claims) => {
    expect(await askWith(await accessToken({ claims }))).toMatchObject({
      ...problem(403, 'insufficient_scope'),
      challenge: 'Bearer error="insufficient_scope", scope="openid"',
    });
  });
});

describe('API-02', () => {
  test.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])(
    'API-02 the scheme may be written %s',
    async (scheme) => {
      expect((await ask({ authorization: `${scheme} ${token}` })).status).toBe(200);
    },
  );

  test.each<[string, () => string | string[]]>([
    ['two spaces', () => `Bearer  ${token}`],
    ['a tab', () => `Bearer\t${token}`],
    ['no space', () => `Bearer${token}`],
    ['an equals sign', () => `Bearer=${token}`],
    ['two tokens', () => `Bearer ${token} ${token}`],
    ['two tokens and a comma', () => `Bearer ${token}, Bearer ${token}`],
    ['another scheme before it', () => `Basic YTpi, Bearer ${token}`],
    ['another scheme after it', () => `Bearer ${token}, Basic YTpi`],
    ['only the scheme', () => 'Bearer'],
    ['a percent sign', () => 'Bearer %'],
    ['a broken escape', () => 'Bearer %E0%A4%A'],
    ['quotes', () => `Bearer "${token}"`],
    ['a parameter', () => `Bearer token=${token}`],
    ['bytes beyond ASCII', () => 'Bearer \u00ff\u00fe'],
    ['a semicolon', () => `Bearer ${token};`],
  ])('API-02 %s: 400 invalid_request, and never a 500', async (_, value) => {
    expect(await ask({ authorization: value() })).toMatchObject(malformed);
  });

  test('API-02 two headers: 400 invalid_request, whichever comes first', async () => {
    for (const authorization of [
      [`Bearer ${token}`, 'Bearer nonsense'],
      ['Bearer nonsense', `Bearer ${token}`],
      ['Basic YTpi', `Bearer ${token}`],
      [`Bearer ${token}`, `Bearer ${token}`],
    ])
      expect(await ask({ authorization })).toMatchObject(malformed);
  });

  test.each(['Basic YTpi', 'Digest username=a', 'DPoP abc', 'Token abc'])(
    'API-02 %s is no token: 401 and a plain challenge',
    async (value) => {
      expect(await ask({ authorization: value })).toMatchObject(noToken);
    },
  );
});

describe('API-03', () => {
  test('API-03 a token in the query is not looked at', async () => {
    for (const name of ['access_token', 'token', 'authorization', 'bearer']) {
      expect(await ask({}, `/api/v1/me?${name}=${token}`)).toMatchObject(noToken);
    }
  });

  test('API-03 a token in a form is not looked at', async () => {
    const answer = await openBrowser(app).post('/api/v1/me', { access_token: token });
    expect(answer.status).toBe(405);
    expect(answer.text).not.toContain(pool.sub);
  });

  test('API-03 a token in a cookie or in another header is not looked at', async () => {
    expect(await ask({ cookie: `access_token=${token}; Authorization=Bearer ${token}` })).toMatchObject(
      noToken,
    );
    expect(
      await ask({
        'x-access-token': token,
        'proxy-authorization': `Bearer ${token}`,
        'x-amzn-oidc-accesstoken': token,
      }),
    ).toMatchObject(noToken);
  });

  test('API-03 a browser’s session alone opens nothing, and is left alone', async () => {
    const browser = openBrowser(app);
    await browser.signIn();
    const answer = await browser.get('/api/v1/me');
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect((await browser.get('/home')).status).toBe(200);
  });
});

describe('API-04', () => {
  test('API-04 next-auth’s sealed cookies are no tokens', async () => {
    const browser = openBrowser(app);
    await browser.post('/api/auth/signin/cognito', { returnTo: '/home' });
    const jwe = browser.cookies()[flowCookie(browser, 'state')] ?? '';
    expect(jwe.split('.')).toHaveLength(5);
    expect(await askWith(jwe)).toMatchObject(badToken);
  });

  test('API-04 the session’s sealed cookies are no tokens', async () => {
    const browser = openBrowser(app);
    await browser.signIn();
    for (const seal of Object.values(browser.cookies())) {
      expect((await askWith(seal)).status).toBe(401);
    }
  });

  test('API-04 where a token and somebody else’s cookies come together, the token decides', async () => {
    const browser = openBrowser(app);
    await browser.signIn();
    const cookie = browser.jar.header(new URL(app.url));
    const other = await accessToken({
      claims: { sub: 'other-person', username: 'other', 'cognito:groups': [] },
    });
    const answer = await ask({ cookie, authorization: `Bearer ${other}` });
    expect(answer.body).toMatchObject({ sub: 'other-person', username: 'other', groups: [] });
    expect(await ask({ cookie, authorization: 'Bearer nonsense' })).toMatchObject(badToken);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });
});
