import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createHostedPool,
  discover,
  oauthSettings,
  postForm,
  signInByCode,
} from './support/relying-party.ts';
import { type ContractClient, openStage, required, type Stage } from './support/stage.ts';

let stage: Stage;
let UserPoolId: string;
let confidential: ContractClient;
let service: ContractClient;
let tokenEndpoint: string;

beforeAll(async () => {
  stage = await openStage();
  ({ UserPoolId } = await createHostedPool(stage));
  await stage.createUser(UserPoolId, 'jane', { email: 'jane@example.com' });
  confidential = await stage.createClient(UserPoolId, { ...oauthSettings, GenerateSecret: true });
  await stage.api.createResourceServer({
    UserPoolId,
    Identifier: 'orders',
    Name: 'Orders',
    Scopes: [
      { ScopeName: 'read', ScopeDescription: 'Read' },
      { ScopeName: 'write', ScopeDescription: 'Write' },
      { ScopeName: 'hidden', ScopeDescription: 'For others' },
    ],
  });
  service = await stage.createClient(UserPoolId, {
    GenerateSecret: true,
    ExplicitAuthFlows: undefined,
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['client_credentials'],
    AllowedOAuthScopes: ['orders/read', 'orders/write'],
  });
  tokenEndpoint = required((await discover(stage, service)).serverMetadata().token_endpoint);
});
afterAll(() => stage.close());

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

describe('E.2 client authentication', () => {
  it('E.2 Basic and body secret give tokens; a refresh needs the secret again', async () => {
    const secret = required(confidential.ClientSecret);
    for (const method of [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)]) {
      const config = await discover(stage, confidential, method);
      const tokens = await signInByCode(config, 'jane');
      await expect(client.refreshTokenGrant(config, required(tokens.refresh_token))).resolves.toHaveProperty(
        'access_token',
      );
    }
  });

  it('E.2 a missing secret gives invalid_client', async () => {
    const config = await discover(stage, confidential, client.None());
    await expect(signInByCode(config, 'jane')).rejects.toMatchObject({
      status: 400,
      error: 'invalid_client',
      error_description: 'invalid_client_secret',
    });
  });

  it('E.2 a wrong secret and an unknown client give invalid_client', async () => {
    const { ClientId: id } = service;
    const fields = { grant_type: 'client_credentials' };
    const invalidClient = { status: 400, body: { error: 'invalid_client' } };
    const secret = required(service.ClientSecret);
    expect(await postForm(tokenEndpoint, fields, basic(id, `${secret}x`))).toMatchObject(invalidClient);
    expect(await postForm(tokenEndpoint, { ...fields, client_id: id, client_secret: 'no' })).toMatchObject(
      invalidClient,
    );
    expect(await postForm(tokenEndpoint, fields, basic('unknown', secret))).toMatchObject(invalidClient);
  });

  it('E.2 both secrets of a client with two are good', async () => {
    const { ClientId } = service;
    const { ClientSecretDescriptor: added } = await stage.api.addUserPoolClientSecret({
      UserPoolId,
      ClientId,
    });
    for (const secret of [required(service.ClientSecret), required(added?.ClientSecretValue)]) {
      const answer = await postForm(
        tokenEndpoint,
        { grant_type: 'client_credentials' },
        basic(ClientId, secret),
      );
      expect(answer.status).toBe(200);
    }
  });
});

describe('E.2 client credentials', () => {
  const ask = async (parameters: Record<string, string> = {}) =>
    client.clientCredentialsGrant(await discover(stage, service), parameters);
  const scopesOf = (token: string) => decodeJwt<{ scope: string }>(token).scope.split(' ').toSorted();

  it('E.2 default scopes: all of the client; neither ID nor refresh token', async () => {
    const tokens = await ask();
    expect(Object.keys(tokens).toSorted()).toEqual(['access_token', 'expires_in', 'token_type']);
    expect(scopesOf(tokens.access_token)).toEqual(['orders/read', 'orders/write']);
    const claims = decodeJwt(tokens.access_token);
    expect(Object.keys(claims).toSorted()).toEqual([
      'auth_time',
      'client_id',
      'exp',
      'iat',
      'iss',
      'jti',
      'scope',
      'sub',
      'token_use',
      'version',
    ]);
    expect(claims).toMatchObject({ sub: service.ClientId, client_id: service.ClientId, version: 2 });
  });

  it('E.2 a subset of the scopes', async () => {
    expect(scopesOf((await ask({ scope: 'orders/write' })).access_token)).toEqual(['orders/write']);
  });

  it('E.2 unknown scopes, and those of others', async () => {
    await expect(ask({ scope: 'orders/none' })).rejects.toMatchObject({ error: 'invalid_scope' });
    await expect(ask({ scope: 'nothing/read' })).rejects.toMatchObject({ error: 'invalid_scope' });
    await expect(ask({ scope: 'orders/hidden' })).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('E.2 the grant is refused to a client that has another', async () => {
    const config = await discover(stage, confidential);
    await expect(client.clientCredentialsGrant(config)).rejects.toMatchObject({
      error: 'unauthorized_client',
    });
  });
});
