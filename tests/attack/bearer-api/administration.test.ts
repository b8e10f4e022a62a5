import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ApiStand, startApiStand } from '../../support/api-stand.ts';
import type { Reply } from '../../support/hostile-user-pool.ts';

let stand: ApiStand;
let sub: string;

beforeAll(async () => {
  stand = await startApiStand();
});
afterAll(() => stand.stop());
beforeEach(() => {
  stand.pool.reset();
  sub = crypto.randomUUID();
  onSearch({ body: { Username: 'bea', UserAttributes: [{ Name: 'sub', Value: sub }] } });
});

const onSearch = (reply: Reply) =>
  stand.pool.onApi(({ operation }) => (operation === 'AdminGetUser' ? reply : { body: {} }));
const asked = () => stand.pool.apiRequests.map(({ operation }) => operation);
const now = (): number => Math.floor(Date.now() / 1_000);

async function signOut(claims: Record<string, unknown> = {}, username = 'bea@example.com') {
  const answer = await stand.ask(
    `/api/v1/admin/users/${encodeURIComponent(username)}/sign-out`,
    { authorization: await stand.authorization(claims), 'content-type': 'application/json' },
    'POST',
    (sent) => sent.end(JSON.stringify({ note: 'Laptop lost' })),
  );
  expect(stand.api.complaints('signUserOut', answer)).toEqual([]);
  return {
    status: answer.status,
    challenge: answer.headers['www-authenticate'],
    body: JSON.parse(answer.text),
  };
}

test('LO-08 an administrator’s token signs a person out: sessions, tokens issued until now, and refresh tokens', async () => {
  const theirs = await stand.authorization({
    sub,
    'cognito:groups': [],
    iat: now() - 5,
    auth_time: now() - 5,
  });
  expect((await stand.ask('/api/v1/me', { authorization: theirs })).status).toBe(200);
  expect(await signOut()).toMatchObject({ status: 200, body: { revoked: true, noted: true } });
  expect(asked()).toEqual(['AdminGetUser', 'AdminUserGlobalSignOut']);
  await expect.poll(async () => (await stand.ask('/api/v1/me', { authorization: theirs })).status).toBe(401);
});

test('what the user pool did not revoke is said', async () => {
  stand.pool.onApi(({ operation }) =>
    operation === 'AdminGetUser'
      ? { body: { Username: 'bea', UserAttributes: [{ Name: 'sub', Value: sub }] } }
      : { status: 500 },
  );
  expect(await signOut()).toMatchObject({ status: 200, body: { revoked: false, noted: true } });
});

describe('API-01', () => {
  test.each([[[]], [['editors']], [['Admins', 'admin']], [undefined]])(
    'API-01 a token of the groups %j signs nobody out',
    async (groups) => {
      expect(await signOut({ 'cognito:groups': groups })).toMatchObject({
        status: 403,
        challenge: undefined,
        body: { code: 'forbidden' },
      });
      expect(asked()).toEqual([]);
    },
  );

  test('API-01 nor does an administrator’s token without the scope', async () => {
    expect(await signOut({ scope: 'notes/read' })).toMatchObject({
      status: 403,
      challenge: 'Bearer error="insufficient_scope", scope="openid"',
      body: { code: 'insufficient_scope' },
    });
    expect(asked()).toEqual([]);
  });

  test.each([900, 86_400])(
    'API-01 nor one whose sign-in is %i seconds old, which is told how to go on',
    async (age) => {
      expect(await signOut({ auth_time: now() - age })).toMatchObject({
        status: 401,
        challenge: 'Bearer error="insufficient_user_authentication", max_age=900',
        body: { status: 401, code: 'stale_sign_in' },
      });
      expect(asked()).toEqual([]);
    },
  );

  test('API-01 a group counts before the age of the sign-in: who may not is not sent to sign in', async () => {
    const answer = await signOut({ 'cognito:groups': [], auth_time: now() - 86_400 });
    expect(answer).toMatchObject({ status: 403, challenge: undefined });
  });

  test('API-11 an administrator’s token that was revoked signs nobody out', async () => {
    stand.pool.onUserInfo(() => ({ status: 401 }));
    expect(await signOut()).toMatchObject({ status: 401, challenge: 'Bearer error="invalid_token"' });
    expect(asked()).toEqual([]);
  });
});

test.each<[string, Reply, number, string]>([
  [
    'knows nobody of that name',
    { status: 400, body: { __type: 'UserNotFoundException' } },
    404,
    'unknown_user',
  ],
  [
    'takes it for no name',
    { status: 400, body: { __type: 'InvalidParameterException' } },
    404,
    'unknown_user',
  ],
  ['denies access', { status: 400, body: { __type: 'AccessDeniedException' } }, 500, 'aws_access_denied'],
  [
    'does not know the key',
    { status: 400, body: { __type: 'UnrecognizedClientException' } },
    500,
    'aws_access_denied',
  ],
  ['throttles', { status: 400, body: { __type: 'TooManyRequestsException' } }, 503, 'user_pool_unavailable'],
  ['fails', { status: 500, body: '<h1>Oops</h1>' }, 503, 'user_pool_unavailable'],
  ['breaks off', { reset: true }, 503, 'user_pool_unavailable'],
  ['answers nonsense', { body: 'no JSON' }, 503, 'user_pool_unavailable'],
])('while the user pool %s nothing has happened, and the code says which', async (_, reply, status, code) => {
  onSearch(reply);
  expect(await signOut()).toMatchObject({ status, body: { status, code } });
  expect(asked()).toEqual(['AdminGetUser']);
});

test.each([
  'bea@example.com',
  'BEA',
  '__proto__',
  "bea'or'1'='1",
  'bea/../ada',
  '%2e%2e',
  'bea?x=1#y',
  '日本',
  'ﷺ',
])('the user pool is asked for the name “%s” and no other', async (username) => {
  expect((await signOut({}, username)).status).toBe(200);
  expect(stand.pool.apiRequests[0]?.input).toMatchObject({ Username: username });
});

test.each(['a b', 'a\0b', 'a\nb', 'n'.repeat(129)])(
  'a name that nobody can have is not asked for',
  async (username) => {
    expect(await signOut({}, username)).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    expect(asked()).toEqual([]);
  },
);
