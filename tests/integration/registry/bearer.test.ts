import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { admit } from '../../../lib/access/bearer.ts';
import { json } from '../../../lib/http/responses.ts';
import { randomSecret } from '../../support/app.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';

let pool: HostileUserPool;

beforeAll(async () => {
  pool = await startHostileUserPool();
  const environment = {
    ...pool.environment,
    SESSION_SECRET: randomSecret(),
    ALLOW_INSECURE_USER_POOL: 'true',
    // A folder, which is no database.
    DATABASE_FILE: import.meta.dirname,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await pool.close();
});

async function ask(method: string): Promise<Response> {
  const { access_token } = await pool.tokens({ nonce: undefined });
  const headers = { authorization: `Bearer ${access_token}` };
  const answer = await admit(new Request('https://app.example.test/api/v1/any', { method, headers }), {
    policy: {},
  });
  return answer instanceof Response ? answer : json({ done: true });
}

it.each(['GET', 'HEAD'])('while the database is down, %s is answered', async (method) => {
  expect((await ask(method)).status).toBe(200);
});

it.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
  'while the database is down, %s is not carried out',
  async (method) => {
    const response = await ask(method);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await response.json()).toMatchObject({ code: 'database_unavailable' });
  },
);
