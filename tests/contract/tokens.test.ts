import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attributeRecord, type ContractClient, openStage, required, type Stage } from './support/stage.ts';

let stage: Stage;
let people: ContractClient;

beforeAll(async () => {
  stage = await openStage();
  people = await stage.createPool({
    Schema: [{ Name: 'tenant', AttributeDataType: 'String', Mutable: true }],
  });
  await stage.createUser(people.UserPoolId, 'jane', {
    email: 'jane@example.com',
    email_verified: 'true',
    name: 'Jane Doe',
    'custom:tenant': 'acme',
  });
});
afterAll(() => stage.close());

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
