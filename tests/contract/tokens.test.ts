import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attributeRecord, type ContractClient, openStage, required, type Stage } from './support/stage.ts';

let stage: Stage;
let people: ContractClient;

beforeAll(async () => {
  stage = await openStage();
  people = await stage.createPool({ Schema: [{ Name: 'tenant', AttributeDataType: 'String', Mutable: true }] });
  await stage.createUser(people.UserPoolId, 'jane', {
    email: 'jane@example.com',
    email_verified: 'true',
    name: 'Jane Doe',
    'custom:tenant': 'acme',
  });
});
afterAll(() => stage.close());

const role = (name: string) => `arn:aws:iam::000000000000:role/${name}`;

describe('E.1 tokens of a sign-in', () => {
  it('E.1 key IDs: ID and access token have different ones, both in the JWKS, and headers of kid and alg alone', async () => {
    const { IdToken, AccessToken } = await stage.signIn(people, 'jane');
    const headers = [IdToken, AccessToken].map((token) => decodeProtectedHeader(token));
    for (const header of headers) expect(header).toEqual({ kid: expect.any(String), alg: 'RS256' });
    const jwksUri = `${stage.userPoolEndpoint}/${people.UserPoolId}/.well-known/jwks.json`;
    const { keys } = (await (await fetch(jwksUri)).json()) as { keys: Record<string, string>[] };
    expect(keys).toHaveLength(2);
    for (const key of keys)
      expect(key).toEqual({
        alg: 'RS256',
        e: 'AQAB',
        kid: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
        kty: 'RSA',
        n: expect.any(String),
        use: 'sig',
      });
    const kids = headers.map(({ kid }) => kid);
    expect(new Set(kids).size).toBe(2);
    expect(keys.map(({ kid }) => kid).toSorted()).toEqual(kids.toSorted());
    const keySet = createRemoteJWKSet(new URL(jwksUri));
    await expect(jwtVerify(IdToken, keySet)).resolves.toHaveProperty('payload.token_use', 'id');
    await expect(jwtVerify(AccessToken, keySet)).resolves.toHaveProperty('payload.token_use', 'access');
  });

  it('LP-14 E.1 claims: those of an SDK sign-in and no others', async () => {
    const { IdToken, AccessToken, RefreshToken, ExpiresIn, TokenType } = await stage.signIn(people, 'jane');
    const id = decodeJwt(IdToken);
    const shared = {
      sub: id.sub,
      iss: expect.stringMatching(new RegExp(`/${people.UserPoolId}$`)),
      origin_jti: id.origin_jti,
      event_id: id.event_id,
      auth_time: id.auth_time,
      iat: id.iat,
      exp: Number(id.iat) + 3600,
      jti: expect.stringMatching(/^[\da-f-]{36}$/),
    };
    expect(id).toEqual({
      ...shared,
      aud: people.ClientId,
      token_use: 'id',
      'cognito:username': 'jane',
      email: 'jane@example.com',
      email_verified: true,
      name: 'Jane Doe',
      'custom:tenant': 'acme',
    });
    const access = decodeJwt(AccessToken);
    expect(access).toEqual({
      ...shared,
      client_id: people.ClientId,
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      username: 'jane',
    });
    expect(access.jti).not.toBe(id.jti);
    expect({ ExpiresIn, TokenType }).toEqual({ ExpiresIn: 3600, TokenType: 'Bearer' });
    expect(RefreshToken.split('.')).toHaveLength(5);
    expect(decodeProtectedHeader(RefreshToken)).toEqual({ cty: 'JWT', enc: 'A256GCM', alg: 'RSA-OAEP' });
  });

  it('E.1 email_verified: a boolean in the token, a string in GetUser', async () => {
    const { IdToken, AccessToken } = await stage.signIn(people, 'jane');
    expect(decodeJwt(IdToken).email_verified).toBe(true);
    const { UserAttributes } = await stage.api.getUser({ AccessToken });
    expect(attributeRecord(UserAttributes)).toMatchObject({ email_verified: 'true' });
  });

  it('E.1 read permission: a client gets the attributes that it may read, in token and GetUser', async () => {
    const narrow = await stage.createClient(people.UserPoolId, { ReadAttributes: ['name'] });
    const { IdToken, AccessToken } = await stage.signIn(narrow, 'jane');
    const claims = decodeJwt(IdToken);
    expect(claims).toMatchObject({ name: 'Jane Doe' });
    for (const name of ['email', 'email_verified', 'custom:tenant']) expect(claims).not.toHaveProperty(name);
    const { UserAttributes } = await stage.api.getUser({ AccessToken });
    expect(attributeRecord(UserAttributes)).toEqual({ sub: claims.sub, name: 'Jane Doe' });
  });

  it('E.1 refresh: keeps auth_time and origin_jti; jti, iat and exp are new', async () => {
    const { IdToken, AccessToken, RefreshToken } = await stage.signIn(people, 'jane');
    await stage.pass(2);
    const { AuthenticationResult } = await stage.api.initiateAuth({
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      ClientId: people.ClientId,
      AuthParameters: { REFRESH_TOKEN: RefreshToken },
    });
    expect(AuthenticationResult).not.toHaveProperty('RefreshToken');
    for (const [before, after] of [
      [IdToken, AuthenticationResult?.IdToken],
      [AccessToken, AuthenticationResult?.AccessToken],
    ]) {
      const [old, fresh] = [decodeJwt(required(before)), decodeJwt(required(after))];
      const { jti, iat, exp, ...kept } = old;
      expect(fresh).toMatchObject(kept);
      expect(fresh.jti).not.toBe(jti);
      expect(fresh.iat).toBeGreaterThan(required(iat));
      expect(fresh.exp).toBeGreaterThan(required(exp));
    }
  });
});

describe('E.1 groups and roles', () => {
  const rows: [string, { name: string; precedence?: number; role?: string }[], string | undefined][] = [
    ['no group has a role', [{ name: 'plain', precedence: 1 }], undefined],
    [
      'one is the strongest',
      [
        { name: 'strong', precedence: 0, role: 'Strong' },
        { name: 'weak', precedence: 5, role: 'Weak' },
      ],
      'Strong',
    ],
    [
      'the strongest share a role',
      [
        { name: 'first', precedence: 1, role: 'Same' },
        { name: 'second', precedence: 1, role: 'Same' },
        { name: 'third', precedence: 2, role: 'Other' },
      ],
      'Same',
    ],
    [
      'the strongest have different roles',
      [
        { name: 'left', precedence: 1, role: 'Left' },
        { name: 'right', precedence: 1, role: 'Right' },
      ],
      undefined,
    ],
    ['no precedence, one role', [{ name: 'lone', role: 'Lone' }], 'Lone'],
    [
      'a stronger group without a role',
      [
        { name: 'bare', precedence: 0 },
        { name: 'clad', precedence: 3, role: 'Clad' },
      ],
      'Clad',
    ],
  ];
  it.each(rows)('E.1 cognito:preferred_role: %s', async (_, groups, preferred) => {
    const pool = await stage.createPool();
    const { UserPoolId } = pool;
    await stage.createUser(UserPoolId, 'jane');
    for (const { name, precedence, role: roleName } of groups) {
      await stage.api.createGroup({
        UserPoolId,
        GroupName: name,
        ...(precedence !== undefined && { Precedence: precedence }),
        ...(roleName && { RoleArn: role(roleName) }),
      });
      await stage.api.adminAddUserToGroup({ UserPoolId, Username: 'jane', GroupName: name });
    }
    const { IdToken, AccessToken } = await stage.signIn(pool, 'jane');
    const id = decodeJwt<Record<string, string[]>>(IdToken);
    const names = groups.map(({ name }) => name).toSorted();
    const roles = groups.flatMap(({ role: roleName }) => (roleName ? [role(roleName)] : []));
    expect(id['cognito:groups']?.toSorted()).toEqual(names);
    expect(decodeJwt<Record<string, string[]>>(AccessToken)['cognito:groups']?.toSorted()).toEqual(names);
    expect(new Set(id['cognito:roles'])).toEqual(new Set(roles));
    expect(id['cognito:preferred_role']).toBe(preferred && role(preferred));
    expect(decodeJwt(AccessToken)).not.toHaveProperty('cognito:roles');
  });
});

describe('E.1 validity', () => {
  const unit = { AccessToken: 'seconds', IdToken: 'seconds', RefreshToken: 'seconds' } as const;
  it.each([
    ['an access token below five minutes', { AccessTokenValidity: 299, TokenValidityUnits: unit }],
    ['an ID token below five minutes', { IdTokenValidity: 299, TokenValidityUnits: unit }],
    ['an access token above a day', { AccessTokenValidity: 1441, TokenValidityUnits: { AccessToken: 'minutes' } as const }],
    ['an ID token above a day', { IdTokenValidity: 25 }],
    ['a refresh token below an hour', { RefreshTokenValidity: 3599, TokenValidityUnits: unit }],
    ['a refresh token above ten years', { RefreshTokenValidity: 3651 }],
    [
      'a refresh token that ends before the access token',
      { RefreshTokenValidity: 1, AccessTokenValidity: 2, TokenValidityUnits: { RefreshToken: 'hours' } as const },
    ],
  ])('E.1 validity limits: %s is refused at creation and update', async (_, settings) => {
    const refusal = { name: 'InvalidParameterException', message: 'Invalid range for token validity.' };
    await expect(stage.createClient(people.UserPoolId, settings)).rejects.toMatchObject(refusal);
    const { UserPoolId, ClientId } = people;
    await expect(
      stage.api.updateUserPoolClient({ UserPoolId, ClientId, ...settings }),
    ).rejects.toMatchObject(refusal);
  });

  it('E.1 validity limits: the limits themselves are accepted, and tokens live as long as they say', async () => {
    const client = await stage.createClient(people.UserPoolId, {
      AccessTokenValidity: 300,
      IdTokenValidity: 86_400,
      RefreshTokenValidity: 315_360_000,
      TokenValidityUnits: unit,
    });
    const { IdToken, AccessToken, ExpiresIn } = await stage.signIn(client, 'jane');
    const life = (token: string) => Number(decodeJwt(token).exp) - Number(decodeJwt(token).iat);
    expect([ExpiresIn, life(AccessToken), life(IdToken)]).toEqual([300, 300, 86_400]);
  });
});
