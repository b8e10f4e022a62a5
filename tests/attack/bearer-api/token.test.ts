import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLocalPool } from '../../../local-pool/src/start.ts';
import { fetchApiDocument } from '../../support/api-document.ts';
import { type ApiStand, startApiStand } from '../../support/api-stand.ts';
import { freePort, startApp } from '../../support/app.ts';
import type { TokenChange } from '../../support/hostile-tokens.ts';
import { rawRequest } from '../../support/raw-request.ts';

let stand: ApiStand;

beforeAll(async () => {
  stand = await startApiStand();
});
afterAll(() => stand.stop());

const now = (): number => Math.floor(Date.now() / 1_000);

async function idToken(id: TokenChange = {}): Promise<string> {
  return `Bearer ${(await stand.pool.tokens({ nonce: undefined }, { id })).id_token}`;
}

async function tokenOf(authorization: string) {
  const answer = await stand.ask('/api/v1/token', { authorization });
  expect(stand.api.complaints('getToken', answer)).toEqual([]);
  return {
    status: answer.status,
    challenge: answer.headers['www-authenticate'],
    body: JSON.parse(answer.text),
  };
}

const refused = { status: 401, challenge: 'Bearer error="invalid_token"', body: { code: 'invalid_token' } };

test('an access token is told as what it is, with all of its claims and none of its text', async () => {
  const authorization = await stand.authorization({ exp: now() + 600, 'custom:tenant': 'acme' });
  const { status, body } = await tokenOf(authorization);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    use: 'access',
    client_id: stand.pool.clientId,
    sub: stand.pool.sub,
    username: 'mallory',
    groups: ['admins'],
    scopes: ['openid', 'email', 'profile'],
    claims: { token_use: 'access', 'custom:tenant': 'acme', scope: 'openid email profile' },
  });
  expect(body.seconds_left).toBeGreaterThan(590);
  expect(body.seconds_left).toBeLessThanOrEqual(600);
  expect(body.expires_at - body.issued_at).toBeLessThanOrEqual(600);
  expect(JSON.stringify(body)).not.toContain(authorization.split('.')[2]);
});

test('an ID token is told as one, and has no scopes', async () => {
  const { status, body } = await tokenOf(await idToken());
  expect(status).toBe(200);
  expect(body).toMatchObject({
    use: 'id',
    username: 'mallory',
    scopes: [],
    claims: { email: 'mallory@example.com' },
  });
});

describe('API-01', () => {
  test('API-01 an ID token is refused by every operation that does not ask for one', async () => {
    const authorization = await idToken();
    const others = stand.api.operations.filter(
      ({ operation }) => !operation.security?.some((way) => 'idToken' in way),
    );
    expect(stand.api.operations.length - others.length).toBe(3);
    expect(others.length).toBeGreaterThan(3);
    for (const { id, method, path } of others) {
      const address = path.replaceAll(/\{\w+\}/g, crypto.randomUUID());
      const answer = await stand.ask(address, { authorization }, method.toUpperCase());
      expect([id, answer.status, answer.headers['www-authenticate']]).toEqual([
        id,
        refused.status,
        refused.challenge,
      ]);
    }
  });

  test.each<[string, TokenChange]>([
    ['expired', { claims: { exp: now() - 61 } }],
    ['of another client', { claims: { aud: 'otherclient00000000000001' } }],
    ['of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['with a bad signature', { signer: 'stranger' }],
    ['without a signature', { signer: 'none' }],
    ['that calls itself an access token', { claims: { token_use: 'access' } }],
    ['of no use', { claims: { token_use: undefined } }],
  ])('API-01 an ID token %s tells nothing', async (_, change) => {
    expect(await tokenOf(await idToken(change))).toMatchObject(refused);
  });

  test.each([
    ['expired', { exp: now() - 61 }],
    ['of another client', { client_id: 'otherclient00000000000001' }],
    ['that calls itself an ID token', { token_use: 'id' }],
  ])('API-01 an access token %s tells nothing', async (_, claims) => {
    expect(await tokenOf(await stand.authorization(claims))).toMatchObject(refused);
  });

  test('API-01 a token that ended a moment ago is borne, and says so', async () => {
    const { status, body } = await tokenOf(await stand.authorization({ exp: now() - 20 }));
    expect(status).toBe(200);
    expect(body.seconds_left).toBeLessThan(0);
  });
});

test('a machine’s token is told as one: its sub is its app client, it is in no group, and it has the scopes alone', async () => {
  const port = await freePort();
  const pool = await startLocalPool({ port: 0, parameters: { AppUrl: `http://localhost:${port}` } });
  const issuer = `${pool.url}/us-east-1_Cabana001`;
  const machine = 'cabanaservice0000000000001';
  const app = await startApp(
    {
      COGNITO_USER_POOL_ID: 'us-east-1_Cabana001',
      COGNITO_CLIENT_ID: 'cabanaweb00000000000000001',
      COGNITO_API_CLIENT_IDS: `cabanamobile00000000000001,${machine}`,
      COGNITO_ISSUER: issuer,
      COGNITO_DOMAIN: issuer,
    },
    port,
  );
  try {
    const credentials = Buffer.from(`${machine}:cabanalocalservicesecret000000000000000000000000001`);
    const issued = await fetch(`${issuer}/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${credentials.toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'notes/read' }),
    });
    const { access_token } = (await issued.json()) as { access_token: string };
    const authorization = `Bearer ${access_token}`;
    const answer = await rawRequest(app.address, '/api/v1/token', { authorization });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      expect.objectContaining({
        use: 'access',
        sub: machine,
        username: machine,
        client_id: machine,
        groups: [],
        scopes: ['notes/read'],
      }),
    ]);
    expect((await fetchApiDocument(app.address)).complaints('getToken', answer)).toEqual([]);
    const me = await rawRequest(app.address, '/api/v1/me', { authorization });
    expect([me.status, me.headers['www-authenticate']]).toEqual([
      403,
      'Bearer error="insufficient_scope", scope="openid"',
    ]);
  } finally {
    await app.stop();
    await pool.close();
  }
});
