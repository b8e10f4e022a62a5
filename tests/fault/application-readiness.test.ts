import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { freePort, type RunningApp, startApp } from '../support/app.ts';
import { errorPage } from '../support/broken-answers.ts';
import { type BrokenUserPool, startBrokenUserPool } from '../support/broken-user-pool.ts';
import { rawRequest } from '../support/raw-request.ts';

let pool: BrokenUserPool;
let app: RunningApp;

beforeAll(async () => {
  const port = await freePort();
  pool = await startBrokenUserPool(`http://localhost:${port}`);
  app = await startApp(pool.environment, port);
});
afterEach(() => pool.reset());
afterAll(async () => {
  await app.stop();
  await pool.close();
});

const ask = async (path: '/api/health' | '/api/ready') => {
  const { status, headers, text } = await rawRequest(app.address, path);
  expect(headers['cache-control']).toBe('no-store');
  return { status, body: JSON.parse(text) as unknown };
};
const ready = { status: 'ready', userPool: 'reachable', database: 'reachable' };

it('with everything there, it is live and ready', async () => {
  expect(await ask('/api/health')).toEqual({ status: 200, body: { status: 'ok' } });
  expect(await ask('/api/ready')).toEqual({ status: 200, body: ready });
});

it('LD-03 hundreds of strangers who ask cost the user pool a call at the most', async () => {
  const answers = await Promise.all(
    Array.from({ length: 300 }, (_, index) => ask(index % 2 === 0 ? '/api/ready' : '/api/health')),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(pool.calls.jwks).toBeLessThanOrEqual(1);
});

it('IF-04 while the signing keys cannot be had it is live and not ready, and ready again afterwards', async () => {
  pool.breaks('jwks', errorPage(503));
  const patience = { timeout: 25_000, interval: 250 };
  const unready = { status: 503, body: { ...ready, status: 'not ready', userPool: 'unreachable' } };
  await expect.poll(() => ask('/api/ready'), patience).toEqual(unready);
  expect(await ask('/api/health')).toEqual({ status: 200, body: { status: 'ok' } });
  pool.reset();
  await expect.poll(() => ask('/api/ready'), patience).toEqual({ status: 200, body: ready });
}, 60_000);
