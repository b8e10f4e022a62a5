import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { admit } from '../../../lib/access/bearer.ts';
import type { Policy } from '../../../lib/access/policy.ts';
import { json } from '../../../lib/http/responses.ts';
import { randomSecret } from '../../support/app.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'cabana-bearer-'));
let pool: HostileUserPool;

beforeAll(async () => {
  pool = await startHostileUserPool();
  const environment = {
    ...pool.environment,
    SESSION_SECRET: randomSecret(),
    DATABASE_FILE: join(folder, 'registry.sqlite'),
    ALLOW_INSECURE_USER_POOL: 'true',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Asks a route of its own policy; no route of the application has this one yet. */
async function ask(policy: Policy, claims: Record<string, unknown>): Promise<Response> {
  const { access_token } = await pool.tokens({ nonce: undefined }, { access: { claims } });
  const headers = { authorization: `Bearer ${access_token}` };
  const answer = await admit(new Request('https://app.example.test/api/v1/any', { headers }), { policy });
  return answer instanceof Response ? answer : json({ sub: answer.principal.sub });
}

test('API-01 the right group is let in', async () => {
  const answer = await ask({ groups: { any: ['admins'] } }, { 'cognito:groups': ['editors', 'admins'] });
  expect([answer.status, await answer.json()]).toEqual([200, { sub: pool.sub }]);
});

test.each([[['editors']], [['Admins']], [[]], [undefined]])(
  'API-01 the groups %j are refused with 403 and no challenge',
  async (groups) => {
    const answer = await ask({ groups: { any: ['admins'] } }, { 'cognito:groups': groups });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('www-authenticate')).toBeNull();
    expect(await answer.json()).toMatchObject({ status: 403, code: 'forbidden' });
  },
);

test('API-01 a sign-in that is too old is asked for again, as RFC 9470 words it', async () => {
  const answer = await ask({ signedInWithin: 300 }, { auth_time: Math.floor(Date.now() / 1_000) - 301 });
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe(
    'Bearer error="insufficient_user_authentication", max_age=300',
  );
});
