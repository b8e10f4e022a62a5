import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestClientToken } from '../../../lib/cognito/client-credentials.ts';
import { parseConfig } from '../../../lib/config.ts';
import { randomSecret } from '../../support/app.ts';
import { type PoolAndApp, startPoolAndApp } from '../../support/local-pool.ts';

let stand: PoolAndApp;
let token: string;

beforeAll(async () => {
  stand = await startPoolAndApp();
  const config = parseConfig({ LOCAL_POOL_URL: stand.pool.url, SESSION_SECRET: randomSecret() });
  if (!config.serviceClient) throw new Error('The local pool has an app client for machines.');
  const outcome = await requestClientToken(config, config.serviceClient, ['notes/read']);
  if (outcome.kind !== 'token') throw new Error(outcome.kind);
  token = outcome.accessToken;
});
afterAll(() => stand.stop());

const ask = (path: string) =>
  fetch(new URL(`/api/v1/${path}`, stand.app.address), { headers: { authorization: `Bearer ${token}` } });

test('a machine is let in by its own token, and is its app client without a group', async () => {
  const answer = await ask('token');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    use: 'access',
    sub: 'cabanaservice0000000000001',
    client_id: 'cabanaservice0000000000001',
    groups: [],
    scopes: ['notes/read'],
  });
});

test.each(['admin/token-usage', 'admin/downstream'])(
  'API-01 a machine is no administrator: %s',
  async (path) => {
    const answer = await ask(path);
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'forbidden' }]);
  },
);

test('API-01 what is for people asks a machine for their scope', async () => {
  const answer = await ask('me');
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
    403,
    'Bearer error="insufficient_scope", scope="openid"',
  ]);
});
