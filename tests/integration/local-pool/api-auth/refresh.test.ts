import { createSecretHash } from 'cognito-srp-helper';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuthApi, refusal, startAuthApi, type TestPool } from './auth-api.ts';

let auth: AuthApi;
let pool: TestPool;
let other: TestPool;
let confidential: TestPool;
let rotating: TestPool;
const flows = {
  ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const, 'ALLOW_REFRESH_TOKEN_AUTH' as const],
};

beforeAll(async () => {
  auth = await startAuthApi();
  pool = await auth.createPool({ AliasAttributes: ['email'] }, flows);
  other = await auth.createClient(pool.UserPoolId, flows);
  confidential = await auth.createClient(pool.UserPoolId, { ...flows, GenerateSecret: true });
  rotating = await auth.createClient(pool.UserPoolId, {
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 30 },
  });
  const email = { email: 'ada@example.com', email_verified: 'true' };
  await auth.createUser(pool.UserPoolId, 'ada', email);
});
afterAll(() => auth.close());

const notAuthorized = (message: string) => refusal('NotAuthorizedException', message);
const tokens = async (client: TestPool, name = 'ada') =>
  (await auth.signIn(client, name)).AuthenticationResult ?? {};
const refresh = (client: TestPool, REFRESH_TOKEN = '', parameters: Record<string, string> = {}) =>
  auth.api.initiateAuth({
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    ClientId: client.ClientId,
    AuthParameters: { REFRESH_TOKEN, ...parameters },
  });
const getTokens = (client: TestPool, RefreshToken = '') =>
  auth.api.getTokensFromRefreshToken({
    ClientId: client.ClientId,
    RefreshToken,
    ...(client.secret !== undefined && { ClientSecret: client.secret }),
  });

describe('REFRESH_TOKEN_AUTH', () => {
  it('gives new tokens of the same sign-in and no new refresh token', async () => {
    const { RefreshToken, AccessToken } = await tokens(pool);
    auth.clock.advance(60_000);
    const { AuthenticationResult, ChallengeParameters } = await refresh(pool, RefreshToken);
    expect(ChallengeParameters).toEqual({});
    expect(AuthenticationResult).not.toHaveProperty('RefreshToken');
    const [before, after] = [AccessToken, AuthenticationResult?.AccessToken].map((token) =>
      decodeJwt(token ?? ''),
    );
    expect(after).toMatchObject({ origin_jti: before?.origin_jti, auth_time: before?.auth_time });
    expect(after?.jti).not.toBe(before?.jti);
    expect(after?.iat).toBe((before?.iat ?? 0) + 60);
  });

  it('refuses what is no refresh token of the client', async () => {
    const { RefreshToken, AccessToken } = await tokens(pool);
    const invalid = notAuthorized('Invalid Refresh Token.');
    await expect(refresh(other, RefreshToken)).rejects.toMatchObject(invalid);
    await expect(refresh(pool, AccessToken)).rejects.toMatchObject(invalid);
    await expect(refresh(pool, `${RefreshToken}x`)).rejects.toMatchObject(invalid);
  });

  it('refuses one that has expired or was revoked', async () => {
    const { RefreshToken } = await tokens(pool);
    const revoked = await tokens(pool);
    await auth.api.revokeToken({ ClientId: pool.ClientId, Token: revoked.RefreshToken ?? '' });
    await expect(refresh(pool, revoked.RefreshToken)).rejects.toMatchObject(
      notAuthorized('Refresh Token has been revoked'),
    );
    auth.clock.advance(30 * 24 * 60 * 60 * 1000);
    await expect(refresh(pool, RefreshToken)).rejects.toMatchObject(
      notAuthorized('Refresh Token has expired'),
    );
  });

  it('refuses a user who was disabled, or has gone', async () => {
    await auth.createUser(pool.UserPoolId, 'linus');
    const { RefreshToken } = await tokens(pool, 'linus');
    await auth.api.adminDisableUser({ UserPoolId: pool.UserPoolId, Username: 'linus' });
    await expect(refresh(pool, RefreshToken)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await auth.api.adminEnableUser({ UserPoolId: pool.UserPoolId, Username: 'linus' });
    const again = await tokens(pool, 'linus');
    await auth.api.adminDeleteUser({ UserPoolId: pool.UserPoolId, Username: 'linus' });
    await expect(refresh(pool, again.RefreshToken)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
  });

  it('takes a secret hash of the real username, not of an alias', async () => {
    const { ClientId, secret = '' } = confidential;
    const { RefreshToken } = await tokens(confidential, 'ada@example.com');
    const byName = createSecretHash('ada', ClientId, secret);
    const byAlias = createSecretHash('ada@example.com', ClientId, secret);
    await expect(refresh(confidential, RefreshToken)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: expect.stringContaining('SECRET_HASH was not received'),
    });
    await expect(refresh(confidential, RefreshToken, { SECRET_HASH: byAlias })).rejects.toMatchObject(
      notAuthorized(`Unable to verify secret hash for client ${ClientId}`),
    );
    const { AuthenticationResult } = await refresh(confidential, RefreshToken, { SECRET_HASH: byName });
    expect(AuthenticationResult?.AccessToken).toBeTruthy();
  });

  it('is not for clients that rotate', async () => {
    const { RefreshToken } = await tokens(rotating);
    await expect(refresh(rotating, RefreshToken)).rejects.toMatchObject(
      refusal('InvalidParameterException', 'Refresh Token flow not enabled for this client'),
    );
  });
});

describe('GetTokensFromRefreshToken', () => {
  it('gives no new refresh token without rotation', async () => {
    const { AuthenticationResult } = await getTokens(pool, (await tokens(pool)).RefreshToken);
    expect(AuthenticationResult?.AccessToken).toBeTruthy();
    expect(AuthenticationResult).not.toHaveProperty('RefreshToken');
  });

  it('rotates: the successor is good, the old one for the grace period, then neither', async () => {
    const { RefreshToken } = await tokens(rotating);
    const first = (await getTokens(rotating, RefreshToken)).AuthenticationResult;
    expect(first?.RefreshToken).toBeTruthy();
    expect(first?.RefreshToken).not.toBe(RefreshToken);
    auth.clock.advance(29_000);
    const retried = (await getTokens(rotating, RefreshToken)).AuthenticationResult;
    expect(retried?.RefreshToken).toBeTruthy();
    auth.clock.advance(1000);
    await expect(getTokens(rotating, RefreshToken)).rejects.toMatchObject({
      name: 'RefreshTokenReuseException',
    });
    await expect(getTokens(rotating, first?.RefreshToken)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
  });

  it('gives the successor no longer life than the sign-in had', async () => {
    let { RefreshToken } = await tokens(rotating);
    for (let days = 0; days < 29; days += 1) {
      auth.clock.advance(24 * 60 * 60 * 1000);
      RefreshToken = (await getTokens(rotating, RefreshToken)).AuthenticationResult?.RefreshToken;
    }
    auth.clock.advance(24 * 60 * 60 * 1000);
    await expect(getTokens(rotating, RefreshToken)).rejects.toMatchObject(
      notAuthorized('Refresh Token has expired'),
    );
  });

  it('refuses another client, and a wrong or unwanted secret', async () => {
    const { RefreshToken } = await tokens(confidential);
    await expect(getTokens({ ...confidential, secret: 'x'.repeat(51) }, RefreshToken)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    await expect(
      getTokens({ UserPoolId: pool.UserPoolId, ClientId: confidential.ClientId }, RefreshToken),
    ).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await expect(getTokens({ ...pool, secret: 'x'.repeat(51) }, RefreshToken)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    await expect(getTokens(other, RefreshToken)).rejects.toMatchObject(
      notAuthorized('Invalid Refresh Token.'),
    );
    expect((await getTokens(confidential, RefreshToken)).AuthenticationResult?.AccessToken).toBeTruthy();
  });

  it('gives one successor line to parallel calls within the grace period, all of them good', async () => {
    const { RefreshToken } = await tokens(rotating);
    const all = await Promise.all([1, 2, 3].map(() => getTokens(rotating, RefreshToken)));
    for (const { AuthenticationResult } of all)
      expect(
        (await getTokens(rotating, AuthenticationResult?.RefreshToken)).AuthenticationResult?.AccessToken,
      ).toBeTruthy();
  });
});
