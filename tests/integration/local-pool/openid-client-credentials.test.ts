import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostedPool, startHostedPool, userPoolId } from './hosted-ui/hosted-pool.ts';
import { relyingParty } from './relying-party.ts';

let pool: HostedPool;
let service: client.Configuration;

beforeAll(async () => {
  pool = await startHostedPool();
  service = (await relyingParty(pool.url, 'service')).config;
});
afterAll(() => pool.close());

const serviceId = 'cabanaservice0000000000001';

describe('client credentials', () => {
  it('give an access token for the client itself with all its scopes, and nothing else', async () => {
    const tokens = await client.clientCredentialsGrant(service);
    expect(tokens).toEqual({
      access_token: expect.any(String),
      expires_in: 3600,
      token_type: 'bearer',
    });
    const now = Math.floor(pool.clock.now() / 1000);
    expect(decodeJwt(tokens.access_token)).toEqual({
      sub: serviceId,
      client_id: serviceId,
      token_use: 'access',
      scope: 'notes/read notes/write',
      iss: `${pool.url}/${userPoolId}`,
      auth_time: now,
      iat: now,
      exp: now + 3600,
      version: 2,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('give the scopes that are asked for, and no more', async () => {
    const { access_token } = await client.clientCredentialsGrant(service, { scope: 'notes/read' });
    expect(decodeJwt(access_token).scope).toBe('notes/read');
  });

  it.each(['notes/delete', 'openid', 'notes/read notes/delete'])(
    'are refused the scope %s as unknown',
    async (scope) => {
      await expect(client.clientCredentialsGrant(service, { scope })).rejects.toMatchObject({
        status: 400,
        error: 'invalid_scope',
      });
    },
  );

  it('are refused with a wrong secret', async () => {
    const { config } = await relyingParty(pool.url, 'service', client.ClientSecretBasic('wrong'));
    await expect(client.clientCredentialsGrant(config)).rejects.toMatchObject({
      status: 400,
      error: 'invalid_client',
    });
  });

  it.each(['web', 'mobile'] as const)('are refused to the %s client, which acts for people', async (name) => {
    const { config } = await relyingParty(pool.url, name);
    await expect(client.clientCredentialsGrant(config)).rejects.toMatchObject({
      status: 400,
      error: 'unauthorized_client',
    });
  });

  it('say nothing about a person at userInfo', async () => {
    const { access_token } = await client.clientCredentialsGrant(service);
    await expect(client.fetchUserInfo(service, access_token, client.skipSubjectCheck)).rejects.toMatchObject({
      status: 401,
    });
  });
});
