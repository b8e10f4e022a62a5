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
