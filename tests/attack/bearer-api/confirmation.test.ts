import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type HostileUserPool, type Reply, startHostileUserPool } from '../../support/hostile-user-pool.ts';

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
  token = String((await pool.tokens({ nonce: undefined })).access_token);
});

/** Ending a session is confirmed by the user pool; the session itself does not matter here. */
const endSession = () =>
  fetch(new URL(`/api/v1/sessions/${crypto.randomUUID()}`, app.address), {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}` },
  });

test('API-11 a token that the user pool honours is let in where that is asked', async () => {
  expect((await endSession()).status).toBe(404);
  expect(pool.calls('/oauth2/userInfo')).toBe(1);
});

test('API-11 a token that was revoked at the user pool is refused there, though it verifies', async () => {
  pool.onUserInfo(() => ({ status: 401, body: { error: 'invalid_token' } }));
  const answer = await endSession();
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
    401,
    'Bearer error="invalid_token"',
  ]);
  const elsewhere = await fetch(new URL('/api/v1/me', app.address), {
    headers: { authorization: `Bearer ${token}` },
  });
  expect([elsewhere.status, pool.calls('/oauth2/userInfo')]).toEqual([200, 1]);
});

test.each<[string, Reply]>([
  ['fails', { status: 500, body: '<h1>Oops</h1>' }],
  ['throttles', { status: 429 }],
  ['hangs', { delay: 8_000 }],
  ['breaks off', { reset: true }],
  ['sends somewhere else', { status: 302, headers: { location: '/login' } }],
])('API-11 a user pool that %s decides nothing: 503, and nothing is carried out', async (_, reply) => {
  pool.onUserInfo(() => reply);
  const answer = await endSession();
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
});

test('API-11 a token that does not verify is no reason to ask the user pool', async () => {
  token = `${token.slice(0, -8)}AAAAAAAA`;
  expect((await endSession()).status).toBe(401);
  expect(pool.calls('/oauth2/userInfo')).toBe(0);
});
