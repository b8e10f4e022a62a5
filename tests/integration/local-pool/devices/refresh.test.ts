import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startUserPoolApi, type TestPool, type UserPoolApi } from '../api-users/user-pool-api.ts';
import { createDevicePool, required, signIn } from './device-pool.ts';

const invalid = { name: 'NotAuthorizedException', message: 'Invalid Refresh Token.' };

let running: UserPoolApi;
let pool: TestPool;
let RefreshToken: string;
let DeviceKey: string;

beforeAll(async () => {
  running = await startUserPoolApi();
  pool = await createDevicePool(running);
  await running.api.createUserPoolDomain({ UserPoolId: pool.UserPoolId, Domain: 'devices' });
  const { AuthenticationResult } = await signIn(running, pool);
  RefreshToken = required(AuthenticationResult?.RefreshToken);
  DeviceKey = required(AuthenticationResult?.NewDeviceMetadata?.DeviceKey);
});
afterAll(() => running.close());

const refreshTokenAuth = (DEVICE_KEY?: string) =>
  running.api.initiateAuth({
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    ClientId: pool.ClientId,
    AuthParameters: { REFRESH_TOKEN: RefreshToken, ...(DEVICE_KEY && { DEVICE_KEY }) },
  });

const getTokens = (named: { DeviceKey?: string }) =>
  running.api.getTokensFromRefreshToken({ ClientId: pool.ClientId, RefreshToken, ...named });

const atTokenEndpoint = () =>
  fetch(`${running.url}/${pool.UserPoolId}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: pool.ClientId,
      refresh_token: RefreshToken,
    }),
  });

describe('a refresh in a pool that tracks devices', () => {
  const OTHER = 'us-east-1_2d0f6a58-5a55-4b4b-9b60-7f0a6e8a8c11';

  it('needs the key of the device that signed in', async () => {
    await expect(refreshTokenAuth()).rejects.toMatchObject(invalid);
    await expect(refreshTokenAuth(OTHER)).rejects.toMatchObject(invalid);
    await expect(getTokens({})).rejects.toMatchObject(invalid);
    await expect(getTokens({ DeviceKey: OTHER })).rejects.toMatchObject(invalid);
  });

  it('goes on on the same device', async () => {
    for (const { AuthenticationResult } of [
      await refreshTokenAuth(DeviceKey),
      await getTokens({ DeviceKey }),
    ]) {
      expect(decodeJwt(required(AuthenticationResult?.AccessToken)).device_key).toBe(DeviceKey);
      expect(AuthenticationResult).not.toHaveProperty('NewDeviceMetadata');
    }
  });

  it('fails at the token endpoint, which takes no device key', async () => {
    const response = await atTokenEndpoint();
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: 'invalid_grant' });
  });

  it('needs none any more when the pool stops tracking devices', async () => {
    await running.api.updateUserPool({ UserPoolId: pool.UserPoolId });
    expect((await refreshTokenAuth()).AuthenticationResult?.AccessToken).toBeTypeOf('string');
    expect((await atTokenEndpoint()).status).toBe(200);
  });
});
