import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createHostedPool,
  discover,
  exchange,
  oauthSettings,
  obtainCode,
  postForm,
  redirectUri,
  signInByCode,
} from './support/relying-party.ts';
import { type ContractClient, openStage, required, type Stage } from './support/stage.ts';
import { requires } from './target.ts';

let stage: Stage;
let people: ContractClient;
let config: client.Configuration;

beforeAll(async () => {
  stage = await openStage();
  people = await createHostedPool(stage);
  config = await discover(stage, people);
  await stage.createUser(people.UserPoolId, 'jane', {
    email: 'jane@example.com',
    email_verified: 'true',
    phone_number: '+12065550100',
    name: 'Jane Doe',
  });
});
afterAll(() => stage.close());

const tokenEndpoint = () => config.serverMetadata().token_endpoint;
const invalidGrant = { status: 400, body: { error: 'invalid_grant' } };

describe('E.1 OpenID Connect', () => {
  it('E.1 a generic client accepts discovery, iss, nonce and at_hash', async () => {
    const tokens = await signInByCode(config, 'jane');
    const claims = required(tokens.claims());
    const { issuer } = config.serverMetadata();
    expect(claims).toMatchObject({ iss: issuer, aud: people.ClientId, nonce: expect.any(String) });
    const digest = createHash('sha256').update(tokens.access_token).digest().subarray(0, 16);
    expect(claims.at_hash).toBe(digest.toString('base64url'));
    expect(issuer.endsWith(`/${people.UserPoolId}`)).toBe(true);
    expect(config.serverMetadata()).toMatchObject({
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code', 'token'],
      subject_types_supported: ['public'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    });
  });

  it('LP-14 E.1 hosted claims: version and granted scopes in the access token, and one session', async () => {
    const tokens = await signInByCode(config, 'jane');
    const access = decodeJwt<{ scope: string }>(tokens.access_token);
    expect(access).toMatchObject({
      version: 2,
      token_use: 'access',
      username: 'jane',
      client_id: people.ClientId,
    });
    expect(access.scope.split(' ').toSorted()).toEqual(['email', 'openid', 'profile']);
    expect(access).not.toHaveProperty('aud');
    expect(tokens.claims()).toMatchObject({ origin_jti: access.origin_jti, 'cognito:username': 'jane' });
    expect(tokens).toMatchObject({
      token_type: 'bearer',
      expires_in: 3600,
      refresh_token: expect.any(String),
    });
    expect(tokens).not.toHaveProperty('scope');
  });

  const attributes = ['email', 'email_verified', 'phone_number', 'phone_number_verified', 'name'];
  it.each([
    ['openid', ['email', 'phone_number', 'name']],
    ['openid email', ['email']],
    ['openid phone', ['phone_number']],
    ['openid profile', ['name']],
    ['openid email profile', ['email', 'name']],
  ])('E.1 scope filter: %s gives the attributes of its scopes', async (scope, expected) => {
    const claims = required((await signInByCode(config, 'jane', { scope })).claims());
    const present = attributes.filter((name) => name in claims && !name.endsWith('_verified'));
    expect(present).toEqual(expected);
    expect('email_verified' in claims).toBe(expected.includes('email'));
  });

  it('E.1 scope filter: without openid there is no ID token', async () => {
    const tokens = await signInByCode(config, 'jane', {
      scope: 'aws.cognito.signin.user.admin',
      nonce: undefined,
    });
    expect(tokens).not.toHaveProperty('id_token');
    await expect(stage.api.getUser({ AccessToken: tokens.access_token })).resolves.toHaveProperty(
      'Username',
      'jane',
    );
  });
});

describe('E.2 code grant', () => {
  it('E.2 code and PKCE: a right verifier gives tokens, of which a refresh gives new ones', async () => {
    const tokens = await signInByCode(config, 'jane');
    const refreshed = await client.refreshTokenGrant(config, required(tokens.refresh_token));
    expect(refreshed.claims()).toMatchObject({ auth_time: tokens.claims()?.auth_time });
    expect(refreshed).not.toHaveProperty('refresh_token');
    expect(decodeJwt(refreshed.access_token)).toMatchObject({ scope: decodeJwt(tokens.access_token).scope });
  });

  it('E.2 wrong verifier, missing verifier', async () => {
    for (const wrong of [{ code_verifier: client.randomPKCECodeVerifier() }, {}]) {
      const { code } = await obtainCode(config, 'jane');
      const fields = {
        grant_type: 'authorization_code',
        client_id: people.ClientId,
        redirect_uri: redirectUri,
        code,
        ...wrong,
      };
      expect(await postForm(tokenEndpoint(), fields)).toMatchObject(invalidGrant);
    }
  });

  it('E.2 a code is used once', async () => {
    const begun = await obtainCode(config, 'jane');
    await exchange(config, begun.callback, begun);
    await expect(exchange(config, begun.callback, begun)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it("E.2 another client's code", async () => {
    const begun = await obtainCode(config, 'jane');
    const other = await discover(stage, await stage.createClient(people.UserPoolId, oauthSettings));
    await expect(exchange(other, begun.callback, begun)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('E.2 another redirect URI', async () => {
    const { code, verifier } = await obtainCode(config, 'jane');
    const answer = await postForm(tokenEndpoint(), {
      grant_type: 'authorization_code',
      client_id: people.ClientId,
      redirect_uri: 'http://localhost:3456/elsewhere',
      code,
      code_verifier: verifier,
    });
    expect(answer).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
  });

  it('E.2 grants that do not exist, parameters that are missing', async () => {
    const { ClientId: client_id } = people;
    const ask = (fields: Record<string, string>) => postForm(tokenEndpoint(), { client_id, ...fields });
    expect(await ask({ grant_type: 'password' })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_grant_type' },
    });
    expect(await ask({})).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect(await ask({ grant_type: 'authorization_code' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
    expect(await ask({ grant_type: 'refresh_token', refresh_token: 'garbage' })).toMatchObject(invalidGrant);
  });

  it('E.2 tokens must not be stored on the way', async () => {
    const { code, verifier } = await obtainCode(config, 'jane');
    const { headers, status } = await postForm(tokenEndpoint(), {
      grant_type: 'authorization_code',
      client_id: people.ClientId,
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toContain('no-store');
    expect(headers.get('content-type')).toMatch(/^application\/json; ?charset=utf-8$/i);
  });
});

describe('E.2 code grant over time', () => {
  requires('clock that can be moved');

  it('E.2 a code expires after five minutes', async () => {
    const [early, late] = [await obtainCode(config, 'jane'), await obtainCode(config, 'jane')];
    const redeem = ({ code, verifier }: typeof early) =>
      postForm(tokenEndpoint(), {
        grant_type: 'authorization_code',
        client_id: people.ClientId,
        redirect_uri: redirectUri,
        code,
        code_verifier: verifier,
      });
    await stage.pass(290);
    expect(await redeem(early)).toMatchObject({ status: 200 });
    await stage.pass(11);
    expect(await redeem(late)).toMatchObject(invalidGrant);
  });
});
