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
import { requires } from './target.ts';

let stage: Stage;
let people: ContractClient;
let config: client.Configuration;
let sub: string;

beforeAll(async () => {
  stage = await openStage();
  people = await createHostedPool(stage);
  config = await discover(stage, people);
  sub = await stage.createUser(people.UserPoolId, 'jane', {
    email: 'jane@example.com',
    email_verified: 'true',
    name: 'Jane Doe',
  });
});
afterAll(() => stage.close());

const userInfo = (token: string) => client.fetchUserInfo(config, token, client.skipSubjectCheck);

/** openid-client reads the challenge of the `WWW-Authenticate` header. */
const challenged = (status: number, error: string, description: string) => ({
  status,
  cause: [{ scheme: 'bearer', parameters: { error, error_description: description } }],
});
const unusable = challenged(
  401,
  'invalid_token',
  'Access token is expired, disabled, or deleted, or the user has globally signed out.',
);

describe('E.2 userInfo', () => {
  it('LP-14 E.2 userInfo: the attributes of the scopes, every value a string', async () => {
    const { access_token } = await signInByCode(config, 'jane');
    expect(await userInfo(access_token)).toEqual({
      sub,
      username: 'jane',
      email: 'jane@example.com',
      email_verified: 'true',
      name: 'Jane Doe',
    });
  });

  it('LP-14 E.2 userInfo refuses a revoked token, a signed-out one, an ID token and garbage', async () => {
    const [first, second] = [await signInByCode(config, 'jane'), await signInByCode(config, 'jane')];
    await client.tokenRevocation(config, required(first.refresh_token));
    await expect(userInfo(first.access_token)).rejects.toMatchObject(unusable);
    await expect(userInfo(second.access_token)).resolves.toHaveProperty('sub');
    await expect(userInfo(required(second.id_token))).rejects.toMatchObject(unusable);
    await stage.api.adminUserGlobalSignOut({ UserPoolId: people.UserPoolId, Username: 'jane' });
    await expect(userInfo(second.access_token)).rejects.toMatchObject(unusable);
    await expect(userInfo('garbage')).rejects.toMatchObject(unusable);
  });

  it('LP-14 E.2 userInfo refuses a token without openid, hosted or of an SDK sign-in', async () => {
    const scopeless = challenged(401, 'invalid_token', 'Access token does not contain openid scope');
    const hosted = await signInByCode(config, 'jane', {
      scope: 'aws.cognito.signin.user.admin',
      nonce: undefined,
    });
    await expect(userInfo(hosted.access_token)).rejects.toMatchObject(scopeless);
    await expect(userInfo((await stage.signIn(people, 'jane')).AccessToken)).rejects.toMatchObject(scopeless);
  });

  it('LP-14 GetUser refuses a hosted token without aws.cognito.signin.user.admin', async () => {
    const { access_token: AccessToken } = await signInByCode(config, 'jane', { scope: 'openid' });
    await expect(stage.api.getUser({ AccessToken })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Access Token does not have required scopes',
    });
  });

  it('E.2 userInfo without a token is a bad request', async () => {
    const response = await fetch(required(config.serverMetadata().userinfo_endpoint));
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: 'invalid_request',
      error_description: 'Bad OAuth2 request at UserInfo Endpoint',
    });
  });
});

describe('E.2 revoke', () => {
  const revoke = (fields: Record<string, string>, headers = {}) =>
    postForm(config.serverMetadata().revocation_endpoint, fields, headers);

  it('E.2 revoke: an unknown and a revoked token are a success with an empty body', async () => {
    const { refresh_token } = await signInByCode(config, 'jane');
    for (const token of ['unknown', required(refresh_token), required(refresh_token)])
      expect(await revoke({ token, client_id: people.ClientId })).toMatchObject({ status: 200, body: '' });
    await expect(client.refreshTokenGrant(config, required(refresh_token))).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('E.2 revoke: an access token is refused', async () => {
    const { access_token } = await signInByCode(config, 'jane');
    expect(await revoke({ token: access_token, client_id: people.ClientId })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_token_type' },
    });
  });

  it('E.2 revoke: no token, no revocation, no authentication', async () => {
    const { UserPoolId } = people;
    expect(await revoke({ client_id: people.ClientId })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
    const unrevoking = await stage.createClient(UserPoolId, {
      ...oauthSettings,
      EnableTokenRevocation: false,
    });
    const kept = await stage.signIn(unrevoking, 'jane');
    expect(await revoke({ token: kept.RefreshToken, client_id: unrevoking.ClientId })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
    const confidential = await stage.createClient(UserPoolId, { ...oauthSettings, GenerateSecret: true });
    expect(await revoke({ token: 'unknown', client_id: confidential.ClientId })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
  });
});

describe('E.1 refresh through both doors', () => {
  it('E.1 tokens of the API are refreshed at the token endpoint, and hosted ones through the API', async () => {
    const api = await stage.signIn(people, 'jane');
    await expect(client.refreshTokenGrant(config, api.RefreshToken)).resolves.toHaveProperty('id_token');
    const hosted = await signInByCode(config, 'jane');
    const { AuthenticationResult } = await stage.api.getTokensFromRefreshToken({
      ClientId: people.ClientId,
      RefreshToken: required(hosted.refresh_token),
    });
    await expect(userInfo(required(AuthenticationResult?.AccessToken))).resolves.toHaveProperty('sub', sub);
  });

  it('E.1 the token endpoint rotates too', async () => {
    const rotating = await stage.createClient(people.UserPoolId, {
      ...oauthSettings,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    });
    const rotatingConfig = await discover(stage, rotating);
    const first = required((await signInByCode(rotatingConfig, 'jane')).refresh_token);
    const second = required((await client.refreshTokenGrant(rotatingConfig, first)).refresh_token);
    expect(second).not.toBe(first);
    await expect(client.refreshTokenGrant(rotatingConfig, first)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });
});

describe('E.2 userInfo over time', () => {
  requires('clock that can be moved');

  it('LP-14 E.2 userInfo refuses an expired token', async () => {
    const { access_token } = await signInByCode(config, 'jane');
    await stage.pass(3601);
    await expect(userInfo(access_token)).rejects.toMatchObject(unusable);
  });
});
