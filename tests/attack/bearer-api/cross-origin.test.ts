import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiStand, startApiStand } from '../../support/api-stand.ts';
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

const origins = ['https://evil.example', 'null', 'http://localhost:1', 'http://localhost.evil.example', '*'];
const paths = ['/api/v1/me', '/api/v1/nothing', '/api/health', '/api/ready', '/api/session/ended'];

const corsHeaders = (headers: Record<string, unknown>): string[] =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('API-05', () => {
  test.each(origins)(
    'API-05 a request of the origin %s is told of no origin that may read',
    async (origin) => {
      for (const path of paths) {
        for (const headers of [{ origin }, { origin, authorization }]) {
          const answer = await rawRequest(app.address, path, headers);
          expect(corsHeaders(answer.headers)).toEqual([]);
        }
      }
    },
  );

  test.each(origins)('API-05 a preflight of the origin %s is granted nothing', async (origin) => {
    for (const path of paths) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const preflight = {
          origin,
          'access-control-request-method': method,
          'access-control-request-headers': 'authorization, content-type',
        };
        const answer = await rawRequest(app.address, path, preflight, 'OPTIONS');
        expect(corsHeaders(answer.headers)).toEqual([]);
        expect(answer.status).toBeLessThan(500);
        expect(answer.text).not.toContain(pool.sub);
      }
    }
  });

  test('API-05 a page of another origin gets nothing through a browser’s cookies either', async () => {
    const browser = openBrowser(app);
    await browser.signIn();
    for (const origin of origins) {
      const answer = await browser.get('/api/v1/me', { origin, 'sec-fetch-site': 'cross-site' });
      expect(answer.status).toBe(401);
      expect(corsHeaders(Object.fromEntries(answer.headers))).toEqual([]);
    }
  });
});

describe('with two origins on the list', () => {
  const listed = ['https://spa.example', 'http://localhost:5173'];
  let stand: ApiStand;
  let token: string;

  beforeAll(async () => {
    stand = await startApiStand({ API_ORIGINS: listed.join(',') });
    token = await stand.authorization();
  });
  afterAll(() => stand.stop());

  const answersOf = (origin: string) => {
    const credentials = { origin, authorization: token };
    return Promise.all([
      stand.ask('/api/v1/me', credentials),
      stand.ask('/api/v1/me', { origin }),
      stand.ask('/api/v1/me', credentials, 'POST'),
      stand.ask('/api/v1/sessions/nothing', credentials, 'DELETE'),
      stand.ask('/api/v1/openapi.json', { origin }),
    ]);
  };
  const varies = (headers: Record<string, unknown>): string[] => String(headers.vary).split(/,\s*/);

  test.each(listed)(
    'API-05 a page of %s reads good answers and refusals, without credentials',
    async (origin) => {
      const answers = await answersOf(origin);
      expect(answers.map(({ status }) => status)).toEqual([200, 401, 405, 400, 200]);
      for (const { headers } of answers) {
        expect(headers['access-control-allow-origin']).toBe(origin);
        expect(headers['access-control-expose-headers']).toBe(
          'etag, location, ratelimit, ratelimit-policy, retry-after, www-authenticate, x-request-id',
        );
        expect(headers['access-control-allow-credentials']).toBeUndefined();
        expect(varies(headers)).toContain('Origin');
      }
    },
  );

  test.each(listed)('API-05 a preflight of %s is told the methods and header fields', async (origin) => {
    const asked = {
      origin,
      'access-control-request-method': 'DELETE',
      'access-control-request-headers': 'authorization,if-match',
      'access-control-request-private-network': 'true',
    };
    const answer = await stand.ask(`/api/v1/sessions/${crypto.randomUUID()}`, asked, 'OPTIONS');
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'DELETE',
      'access-control-allow-headers': 'authorization, content-type, idempotency-key, if-match, if-none-match',
      'access-control-max-age': '600',
    });
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    expect(answer.headers['access-control-allow-private-network']).toBeUndefined();
    expect(varies(answer.headers)).toContain('Origin');
  });

  test.each([
    ...origins,
    'https://spa.example.evil.example',
    'https://evil.spa.example',
    'https://spa.example:8443',
    'http://spa.example',
    'https://SPA.example',
    'https://spa.example/',
    'https://spa.example, http://localhost:5173',
    'http://localhost',
    'http://localhost:51730',
    '',
  ])('API-05 the origin “%s” is not one of them, and a cache is told that it depends', async (origin) => {
    const asked = { origin, 'access-control-request-method': 'GET' };
    const answers = [...(await answersOf(origin)), await stand.ask('/api/v1/me', asked, 'OPTIONS')];
    for (const { headers } of answers) {
      expect(corsHeaders(headers)).toEqual([]);
      expect(varies(headers)).toContain('Origin');
    }
  });

  test('API-05 pages and other addresses are for this origin alone', async () => {
    const [origin = ''] = listed;
    for (const path of ['/', '/sign-in', '/api/health', '/api/session/ended', '/api/auth/signin/cognito'])
      expect(corsHeaders((await stand.ask(path, { origin })).headers)).toEqual([]);
  });
});
