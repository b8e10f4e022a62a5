import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCognitoFetch } from '../../../lib/client/cognito-fetch.ts';
import { type ApiDocument, fetchApiDocument } from '../../support/api-document.ts';
import { startApp } from '../../support/app.ts';
import { assumedRole } from '../../support/assumed-role.ts';
import { type PoolAndApp, people, startPoolAndApp } from '../../support/local-pool.ts';

const userPoolId = 'us-east-1_Cabana001';
const mobile = 'cabanamobile00000000000001';
const web = {
  clientId: 'cabanaweb00000000000000001',
  clientSecret: 'cabanalocalwebsecret0000000000000000000000000000001',
};
const path = '/api/v1/aws-credentials';
const folder = mkdtempSync(join(tmpdir(), 'cabana-aws-'));

let stand: PoolAndApp;
let api: ApiDocument;

beforeAll(async () => {
  stand = await startPoolAndApp({}, () => ({ DATABASE_FILE: join(folder, 'registry.sqlite') }));
  api = await fetchApiDocument(stand.app.address);
});
afterAll(async () => {
  await stand.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Person = keyof typeof people;

/** Calls the API with an ID token of the mobile app, unless it is said. */
const as = (person: Person, options: Partial<Parameters<typeof createCognitoFetch>[0]> = {}) =>
  createCognitoFetch({
    userPoolId,
    clientId: mobile,
    endpoint: stand.pool.url,
    baseUrl: stand.app.address,
    signIn: people[person],
    token: 'id',
    allowInsecureRequests: true,
    ...options,
  });

async function answered(response: Response) {
  const text = await response.text();
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text,
    body: JSON.parse(text),
  };
}

const arn = (name: string) => expect.stringMatching(new RegExp(`^arn:aws:iam::\\d{12}:role/[\\w-]*${name}$`));

test.each<[Person, string, string, string[]]>([
  ['ada', 'AdministratorRole', 'rule', ['matched', 'not_reached']],
  ['grace', 'ProRole', 'rule', ['not_matched', 'matched']],
  ['linus', 'MemberRole', 'authenticated_role', ['not_matched', 'not_matched']],
])('%s is told of %s and why, and is handed credentials of it', async (person, name, reason, outcomes) => {
  const fetch = as(person);
  const role = await answered(await fetch(path));
  expect(api.complaints('getAwsRole', role)).toEqual([]);
  expect(role).toMatchObject({ status: 200, body: { role_arn: arn(name), reason } });
  expect(role.body.rules.map(({ outcome }: { outcome: string }) => outcome)).toEqual(outcomes);

  const given = await answered(await fetch(path, { method: 'POST' }));
  expect(api.complaints('createAwsCredentials', given)).toEqual([]);
  expect(given.status).toBe(200);
  expect(Math.abs(given.body.expires_at - Date.now() / 1_000 - 3_600)).toBeLessThan(60);
  const session = await assumedRole(stand.pool.url, {
    accessKeyId: given.body.access_key_id,
    secretAccessKey: given.body.secret_access_key,
    sessionToken: given.body.session_token,
  });
  const roleName = String(role.body.role_arn).split('/').at(-1);
  expect(session).toMatch(new RegExp(`:assumed-role/${roleName}/CognitoIdentityCredentials$`));

  const again = await answered(await fetch(path, { method: 'POST' }));
  expect(again.body.identity_id).toBe(given.body.identity_id);
  expect(again.body.access_key_id).not.toBe(given.body.access_key_id);
});

test('the rules say what they found', async () => {
  const { body } = await answered(await as('grace')(path));
  expect(body.rules).toMatchObject([
    { claim: 'cognito:groups', match: 'Contains', value: 'admins', found: '["editors"]' },
    { claim: 'custom:plan', match: 'Equals', value: 'pro', found: 'pro', role_arn: arn('ProRole') },
  ]);
});

test('API-01 an access token is refused, with every scope there is', async () => {
  for (const method of ['GET', 'POST']) {
    const answer = await answered(await as('ada', { token: 'access' })(path, { method }));
    expect(answer).toMatchObject({
      status: 401,
      body: { code: 'invalid_token' },
      headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    });
  }
});

test('API-01 an ID token of the web client, which the API does not serve, is refused', async () => {
  for (const method of ['GET', 'POST']) expect((await as('ada', web)(path, { method })).status).toBe(401);
});

test('API-10 the answer is kept by nobody, and sets nothing', async () => {
  const fetch = as('ada');
  for (const method of ['GET', 'POST']) {
    const { headers } = await answered(await fetch(path, { method }));
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['set-cookie']).toBeUndefined();
  }
});

test('IF-11 neither the credentials nor the ID token are in the log or the database', async () => {
  let idToken = '';
  const fetch = as('ada', {
    onTokens: (tokens) => {
      idToken = tokens.idToken ?? '';
    },
  });
  const { body } = await answered(await fetch(path, { method: 'POST' }));
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));
  const seen = [stand.app.output(), ...files].join('\n');
  expect(files.join('').length).toBeGreaterThan(1_000);
  expect(idToken.split('.')).toHaveLength(3);
  for (const secret of [
    body.secret_access_key,
    body.session_token,
    body.access_key_id,
    ...idToken.split('.'),
  ])
    expect(seen).not.toContain(secret);
});

test('an application that is told of no identity pool says so', async () => {
  const local = {
    COGNITO_USER_POOL_ID: userPoolId,
    COGNITO_CLIENT_ID: web.clientId,
    COGNITO_API_CLIENT_IDS: mobile,
    COGNITO_ISSUER: `${stand.pool.url}/${userPoolId}`,
    COGNITO_DOMAIN: `${stand.pool.url}/${userPoolId}`,
  };
  const app = await startApp(local);
  try {
    const fetch = as('ada', { baseUrl: app.address });
    for (const method of ['GET', 'POST']) {
      const answer = await answered(await fetch(path, { method }));
      expect(answer).toMatchObject({ status: 404, body: { code: 'identity_pool_missing' } });
    }
  } finally {
    await app.stop();
  }
});
