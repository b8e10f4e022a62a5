import { createHash } from 'node:crypto';
import { JwtVerifier } from 'aws-jwt-verify';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostedPool, startHostedPool, userPoolId } from './hosted-ui/hosted-pool.ts';
import { authorize, fillIn, type RelyingParty, relyingParty, required, signIn } from './relying-party.ts';

let pool: HostedPool;
let web: RelyingParty;

beforeAll(async () => {
  pool = await startHostedPool();
  web = await relyingParty(pool.url, 'web');
});
afterAll(() => pool.close());

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const grace = { username: 'grace@example.com', password: 'Cabana-demo-1' };
const linus = { username: 'linus@example.com', password: 'Cabana-demo-1' };

async function jwks(): Promise<Jwks> {
  const response = await fetch(`${pool.url}/${userPoolId}/.well-known/jwks.json`);
  return (await response.json()) as Jwks;
}

describe('tokens', () => {
  it('have a header of kid and alg alone, and two keys, both published', async () => {
    const tokens = await signIn(pool.browse(), web);
    const id = decodeProtectedHeader(required(tokens.id_token));
    const access = decodeProtectedHeader(tokens.access_token);
    expect(Object.entries(id)).toEqual([
      ['kid', expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/)],
      ['alg', 'RS256'],
    ]);
    expect(Object.keys(access)).toEqual(['kid', 'alg']);
    expect(access.kid).not.toBe(id.kid);
    const { keys } = await jwks();
    expect(keys.map(({ kid }) => kid).sort()).toEqual([id.kid, access.kid].sort());
    for (const key of keys) {
      expect(Object.keys(key)).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
      expect(key).toMatchObject({ alg: 'RS256', e: 'AQAB', kty: 'RSA', use: 'sig' });
      expect(Buffer.from(String(key.n), 'base64url')).toHaveLength(256);
    }
  });

  it('have the claims of a hosted sign-in, to the field', async () => {
    const authorization = await authorize(web);
    const tokens = await authorization.finish(await fillIn(pool.browse(), authorization.address));
    const id = decodeJwt(required(tokens.id_token));
    const now = Math.floor(pool.clock.now() / 1000);
    const common = {
      sub: expect.stringMatching(uuid),
      iss: `${pool.url}/${userPoolId}`,
      'cognito:groups': ['admins'],
      origin_jti: expect.stringMatching(uuid),
      event_id: expect.stringMatching(uuid),
      auth_time: now,
      acr: 'urn:cognito:loa:1',
      amr: ['pwd'],
      iat: now,
      exp: now + 3600,
      jti: expect.stringMatching(uuid),
    };
    const leftHalf = createHash('sha256').update(tokens.access_token).digest().subarray(0, 16);
    expect(id).toEqual({
      ...common,
      aud: 'cabanaweb00000000000000001',
      token_use: 'id',
      at_hash: leftHalf.toString('base64url'),
      nonce: authorization.nonce,
      'cognito:username': id.sub,
      email: 'ada@example.com',
      email_verified: true,
      name: 'Ada Lovelace',
      'custom:plan': 'team',
      'custom:tenant': 'analytical',
    });
    const access = decodeJwt(tokens.access_token);
    expect(access).toEqual({
      ...common,
      client_id: 'cabanaweb00000000000000001',
      token_use: 'access',
      version: 2,
      scope: 'openid email profile',
      username: id.sub,
      name: 'Ada Lovelace',
      'custom:plan': 'team',
      'custom:tenant': 'analytical',
    });
    for (const name of ['sub', 'origin_jti', 'event_id']) expect(access[name]).toBe(id[name]);
    expect(access.jti).not.toBe(id.jti);
  });

  it('leave out the groups of a person in none, and the attributes of scopes that were not granted', async () => {
    const { id_token } = await signIn(pool.browse(), web, { scope: 'openid email' }, linus);
    const id = decodeJwt(required(id_token));
    expect(id).toMatchObject({ email: 'linus@example.com', email_verified: true });
    for (const name of ['cognito:groups', 'name', 'custom:plan']) expect(id).not.toHaveProperty(name);
  });

  it('carry every readable attribute where openid stands alone', async () => {
    const { id_token } = await signIn(pool.browse(), web, { scope: 'openid' }, grace);
    expect(decodeJwt(required(id_token))).toMatchObject({
      email: 'grace@example.com',
      name: 'Grace Hopper',
      'custom:plan': 'pro',
    });
  });

  it('are accepted by aws-jwt-verify, and each only as what it is', async () => {
    const tokens = await signIn(pool.browse(), web);
    const issuer = `${pool.url}/${userPoolId}`;
    const verifier = JwtVerifier.create({
      issuer,
      audience: null,
      jwksUri: `${issuer}/.well-known/jwks.json`,
      customJwtCheck: ({ payload }) => {
        if (payload.token_use !== 'access') throw new Error('not an access token');
      },
    });
    verifier.cacheJwks(await jwks());
    expect(await verifier.verify(tokens.access_token)).toMatchObject({
      client_id: 'cabanaweb00000000000000001',
    });
    const idVerifier = JwtVerifier.create({
      issuer,
      audience: 'cabanaweb00000000000000001',
      jwksUri: `${issuer}/.well-known/jwks.json`,
    });
    idVerifier.cacheJwks(await jwks());
    expect(await idVerifier.verify(required(tokens.id_token))).toMatchObject({ token_use: 'id' });
    await expect(verifier.verify(required(tokens.id_token))).rejects.toThrow('not an access token');
    await expect(idVerifier.verify(tokens.access_token)).rejects.toThrow(/aud/i);
  });
});
