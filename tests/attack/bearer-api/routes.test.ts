import { STATUS_CODES } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { openBrowser } from '../../support/browser.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { rawRequest } from '../../support/raw-request.ts';

let pool: HostileUserPool;
let app: RunningApp;
let authorization: string;

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp(pool.environment);
  authorization = `Bearer ${(await pool.tokens({ nonce: undefined })).access_token}`;
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});

interface Question {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
}

async function ask({ path = '/api/v1/me', method = 'GET', headers = {} }: Question) {
  const answer = await rawRequest(app.address, path, headers, method);
  const isJson = answer.text !== '' && String(answer.headers['content-type']).includes('json');
  return { ...answer, body: (isJson ? JSON.parse(answer.text) : undefined) as Record<string, unknown> };
}

const isProblem = (status: number, code: string) => ({
  status,
  body: { type: 'about:blank', title: STATUS_CODES[status], status, detail: expect.any(String), code },
});

describe('API-08', () => {
  test.each([
    '/api/v1/nothing',
    '/api/v1',
    '/api/v2/me',
    '/api/v1/me/nothing',
    '/api/v1/ME',
    '/api/v1/me%00',
    '/api/v1/me;a=b',
    '/api/v1/me.json',
    '/api/v1/me.rsc',
    '/api',
    '/api/nothing/at/all',
  ])('API-08 %s is nothing: 404 as JSON, with a token and without', async (path) => {
    expect(await ask({ path })).toMatchObject(isProblem(404, 'not_found'));
    expect(await ask({ path, headers: { authorization } })).toMatchObject(isProblem(404, 'not_found'));
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
    'API-08 %s is not answered: 405 as JSON, and which methods are',
    async (method) => {
      const answer = await ask({ method, headers: { authorization } });
      expect(answer).toMatchObject(isProblem(405, 'method_not_allowed'));
      expect(answer.headers.allow).toBe('GET, HEAD, OPTIONS');
      expect(await ask({ method, path: '/api/v1/nothing' })).toMatchObject(isProblem(404, 'not_found'));
    },
  );

  test.each(['PROPFIND', 'OPTIONS', 'HEAD'])(
    'API-08 %s without a token tells nothing about anybody',
    async (method) => {
      const answer = await ask({ method });
      expect(answer.status).toBeGreaterThanOrEqual(204);
      expect(answer.status).toBeLessThan(500);
      expect(answer.text).not.toContain(pool.sub);
    },
  );

  test.each([
    '//api/v1/me',
    '/api//v1/me',
    '/api/v1//me',
    '/api/v1/me/',
    '/api/v1/./me',
    '/api/v1/x/../me',
    '/api/v1/%2e%2e/v1/me',
    '/api/v1/x/%2e%2e/me',
    '/api/v1/x%2f..%2fme',
    '/api/v1%2fme',
    '/api/v1/%6de',
    '/api/auth/../v1/me',
    '/sign-in/../api/v1/me',
    '/_next/../api/v1/me',
    '/api\\v1\\me',
    '/api/v1/me?path=/sign-in',
    '/api/v1/me#fragment',
  ])('API-08 %s spelled so still asks for a token', async (path) => {
    const browser = openBrowser(app);
    await browser.signIn();
    const cookie = browser.jar.header(new URL(app.url));
    for (const headers of [{}, { cookie }, { authorization: 'Bearer nonsense' }]) {
      const answer = await ask({ path, headers });
      expect([301, 307, 308, 400, 401, 404]).toContain(answer.status);
      expect(answer.text).not.toContain(pool.sub);
      expect(answer.text).not.toContain('mallory');
    }
  });

  test.each([
    { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
    { 'x-http-method-override': 'GET' },
    { 'x-original-url': '/api/health', 'x-rewrite-url': '/api/health' },
    { 'x-nextjs-data': '1' },
    { purpose: 'prefetch' },
  ])('API-08 headers that mean something to a framework or a proxy skip no guard: %j', async (headers) => {
    expect(await ask({ headers })).toMatchObject(isProblem(401, 'invalid_token'));
  });

  test('API-08 what Next.js answers by itself to its own headers is nothing of the route’s', async () => {
    const prefetch = { 'x-middleware-prefetch': '1' };
    expect((await ask({ headers: prefetch })).text).toBe('{}');
    expect((await ask({ headers: { ...prefetch, authorization } })).text).toBe('{}');
    const payload = await ask({ headers: { rsc: '1' } });
    expect([payload.status, payload.text]).toEqual([307, '']);
    const own = new URL(String(payload.headers.location), app.url);
    expect(own.origin).toBe(app.url);
    expect(await ask({ path: own.pathname + own.search, headers: { rsc: '1' } })).toMatchObject(
      isProblem(401, 'invalid_token'),
    );
  });

  test.each([
    '/api/v1/sessions/%FF',
    '/api/v1/sessions/%',
    '/api/v1/sessions/%C3%28',
    '/api/v1/admin/users/%E0%80%80/sign-out',
    '/api/v1/%FF',
  ])('API-08 %s cannot be decoded, and is answered like any name that nothing has', async (path) => {
    const answer = await ask({ path, method: 'DELETE', headers: { authorization } });
    expect([400, 404, 405]).toContain(answer.status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect((await ask({ path, method: 'DELETE' })).text).not.toContain(pool.sub);
  });
});

describe('API-10', () => {
  const questions: [string, () => Question][] = [
    ['a good answer', () => ({ headers: { authorization } })],
    ['no token', () => ({})],
    ['a bad token', () => ({ headers: { authorization: 'Bearer nonsense' } })],
    ['a malformed header', () => ({ headers: { authorization: 'Bearer %' } })],
    ['another method', () => ({ method: 'POST', headers: { authorization } })],
    ['no such route', () => ({ path: '/api/v1/nothing' })],
    ['the health', () => ({ path: '/api/health' })],
    ['the readiness', () => ({ path: '/api/ready' })],
  ];

  test.each(questions)(
    'API-10 %s: JSON, kept by nobody, not sniffed, and no word of the inside',
    async (_, question) => {
      const answer = await ask(question());
      expect(answer.headers['content-type']).toMatch(/^application\/(problem\+)?json/);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.headers['x-powered-by']).toBeUndefined();
      expect(answer.text).not.toMatch(/\bat .*:\d+:\d+|node_modules|\/work\/|\.ts\b|\.js\b|Error:/);
    },
  );

  test.each(questions.slice(1, 6))(
    'API-10 %s: a problem document of five members and no more',
    async (_, question) => {
      const answer = await ask(question());
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(Object.keys(answer.body).sort()).toEqual(['code', 'detail', 'status', 'title', 'type']);
      expect(answer.body.status).toBe(answer.status);
    },
  );

  test('API-10 what was sent is not sent back', async () => {
    const marker = 'marker-0123456789';
    for (const question of [
      { headers: { authorization: `Bearer ${marker}` } },
      { path: `/api/v1/${marker}` },
      { path: `/api/v1/me?${marker}=1` },
      { headers: { 'user-agent': marker, 'x-request-id': marker } },
    ])
      expect((await ask(question)).text).not.toContain(marker);
  });

  test('API-10 while the user pool is away it is 503, and when to come again', async () => {
    const away = await startApp({
      ...pool.environment,
      COGNITO_ISSUER: 'http://localhost:1/us-east-1_Hostile01',
    });
    try {
      const answer = await rawRequest(away.address, '/api/v1/me', { authorization });
      expect(answer.status).toBe(503);
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-store',
        'content-type': 'application/problem+json',
        'retry-after': '5',
        'x-content-type-options': 'nosniff',
      });
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'user_pool_unavailable', status: 503 });
    } finally {
      await away.stop();
    }
  });
});
