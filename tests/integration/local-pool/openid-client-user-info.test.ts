import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostedPool, startHostedPool, userPoolId } from './hosted-ui/hosted-pool.ts';
import { type RelyingParty, relyingParty, required, signIn } from './relying-party.ts';

let pool: HostedPool;
let web: RelyingParty;

beforeAll(async () => {
  pool = await startHostedPool();
  web = await relyingParty(pool.url, 'web');
});
afterAll(() => pool.close());

const userInfo = (accessToken: string) =>
  client.fetchUserInfo(web.config, accessToken, client.skipSubjectCheck);

/** openid-client reads the challenge of the `WWW-Authenticate` header. */
const challenged = (error: string, description: string, status = 401) => ({
  status,
  cause: [{ scheme: 'bearer', parameters: { error, error_description: description } }],
});
const unusable = challenged(
  'invalid_token',
  'Access token is expired, disabled, or deleted, or the user has globally signed out.',
);

describe('userInfo', () => {
  it('gives the attributes of the granted scopes, every value a string', async () => {
    const tokens = await signIn(pool.browse(), web);
    const sub = required(tokens.claims()?.sub);
    expect(await client.fetchUserInfo(web.config, tokens.access_token, sub)).toEqual({
      sub,
      username: sub,
      email: 'ada@example.com',
      email_verified: 'true',
      name: 'Ada Lovelace',
      'custom:plan': 'team',
      'custom:tenant': 'analytical',
    });
  });

  it('refuses an expired access token', async () => {
    const { access_token } = await signIn(pool.browse(), web);
    pool.clock.advance(3_599_000 - (pool.clock.now() % 1000));
    expect(await userInfo(access_token)).toHaveProperty('sub');
    pool.clock.advance(1000);
    await expect(userInfo(access_token)).rejects.toMatchObject(unusable);
  });

  it('refuses an access token without openid', async () => {
    const mobile = await relyingParty(pool.url, 'mobile');
    const { access_token } = await signIn(pool.browse(), mobile, { scope: 'notes/read' });
    await expect(userInfo(access_token)).rejects.toMatchObject(
      challenged('invalid_token', 'Access token does not contain openid scope'),
    );
  });

  it('refuses an ID token', async () => {
    const { id_token } = await signIn(pool.browse(), web);
    await expect(userInfo(required(id_token))).rejects.toMatchObject(unusable);
  });

  it('answers a request without a token with 400', async () => {
    const answer = await fetch(`${pool.url}/${userPoolId}/oauth2/userInfo`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      error: 'invalid_request',
      error_description: 'Bad OAuth2 request at UserInfo Endpoint',
    });
  });
});

describe('revoke', () => {
  const revoke = (token: string, party = web) => client.tokenRevocation(party.config, token);

  it('ends the refresh token and the access tokens that descend from it, and no other sign-in', async () => {
    const browser = pool.browse();
    const other = await signIn(browser, web);
    const ended = await signIn(browser, web, { prompt: 'login' });
    await revoke(required(ended.refresh_token));
    await expect(client.refreshTokenGrant(web.config, required(ended.refresh_token))).rejects.toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
    await expect(userInfo(ended.access_token)).rejects.toMatchObject(unusable);
    expect(await userInfo(other.access_token)).toHaveProperty('sub');
    await revoke(required(ended.refresh_token));
  });

  it('answers an unknown token with 200 and an empty body', async () => {
    await revoke('unknown');
    const answer = await fetch(`${pool.url}/${userPoolId}/oauth2/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: 'unknown', client_id: 'cabanamobile00000000000001' }),
    });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  it('refuses access and ID tokens, and they stay good', async () => {
    const tokens = await signIn(pool.browse(), web);
    for (const token of [tokens.access_token, required(tokens.id_token)])
      await expect(revoke(token)).rejects.toMatchObject({ status: 400, error: 'unsupported_token_type' });
    expect(await userInfo(tokens.access_token)).toHaveProperty('sub');
  });

  it('is refused to a client that is not proven, and to another client', async () => {
    const { refresh_token } = await signIn(pool.browse(), web);
    const unproven = await relyingParty(pool.url, 'web', client.ClientSecretPost('wrong'));
    await expect(revoke(required(refresh_token), unproven)).rejects.toMatchObject({ status: 401 });
    const mobile = await relyingParty(pool.url, 'mobile');
    await expect(revoke(required(refresh_token), mobile)).rejects.toMatchObject({
      status: 400,
      error: 'unauthorized_client',
    });
    expect(await client.refreshTokenGrant(web.config, required(refresh_token))).toHaveProperty('id_token');
  });
});
