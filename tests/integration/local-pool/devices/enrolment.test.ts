import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startUserPoolApi, type TestPool, type UserPoolApi } from '../api-users/user-pool-api.ts';
import { ALWAYS, createDevicePool, enrolDevice, required, signIn } from './device-pool.ts';

let running: UserPoolApi;
let always: TestPool;
let optIn: TestPool;
let untracked: TestPool;

beforeAll(async () => {
  running = await startUserPoolApi();
  always = await createDevicePool(running);
  optIn = await createDevicePool(running, { ...ALWAYS, DeviceOnlyRememberedOnUserPrompt: true });
  untracked = await running.createPool();
  await running.createUser(untracked.UserPoolId, 'jane');
});
afterAll(() => running.close());

describe('a sign-in in a pool that tracks devices', () => {
  it('gives the keys of a new device, and names it in the access token alone', async () => {
    const { AuthenticationResult } = await signIn(running, always);
    const { NewDeviceMetadata, AccessToken, IdToken } = required(AuthenticationResult);
    expect(NewDeviceMetadata).toEqual({
      DeviceKey: expect.stringMatching(/^us-east-1_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      DeviceGroupKey: expect.stringMatching(/^-[\w-]{8}$/),
    });
    expect(decodeJwt(required(AccessToken)).device_key).toBe(NewDeviceMetadata?.DeviceKey);
    expect(decodeJwt(required(IdToken))).not.toHaveProperty('device_key');
  });

  it('gives none in a pool that does not', async () => {
    const { AuthenticationResult } = await signIn(running, untracked);
    expect(AuthenticationResult).not.toHaveProperty('NewDeviceMetadata');
    expect(decodeJwt(required(AuthenticationResult?.AccessToken))).not.toHaveProperty('device_key');
  });
});

describe('ConfirmDevice', () => {
  it('remembers the device at once where the pool always does', async () => {
    const { confirmationNecessary, tokens, DeviceKey } = await enrolDevice(running, always);
    expect(confirmationNecessary).toBe(false);
    const { Device } = await running.api.getDevice({ AccessToken: tokens.AccessToken, DeviceKey });
    expect(Device?.DeviceAttributes).toContainEqual({
      Name: 'dev:device_remembered_status',
      Value: 'remembered',
    });
  });

  it('asks for the user’s consent where the pool wants it', async () => {
    const { confirmationNecessary, tokens, DeviceKey } = await enrolDevice(running, optIn);
    expect(confirmationNecessary).toBe(true);
    const { Device } = await running.api.getDevice({ AccessToken: tokens.AccessToken, DeviceKey });
    expect(Device?.DeviceAttributes).toContainEqual({
      Name: 'dev:device_remembered_status',
      Value: 'not_remembered',
    });
  });

  it('takes a device once, and only the one that the sign-in began on', async () => {
    const first = await enrolDevice(running, always);
    const DeviceSecretVerifierConfig = { Salt: 'AQ==', PasswordVerifier: 'Ag==' };
    await expect(
      running.api.confirmDevice({
        AccessToken: first.tokens.AccessToken,
        DeviceKey: first.DeviceKey,
        DeviceSecretVerifierConfig,
      }),
    ).rejects.toMatchObject({ name: 'DeviceKeyExistsException' });
    const { AuthenticationResult } = await signIn(running, always);
    await expect(
      running.api.confirmDevice({
        AccessToken: AuthenticationResult?.AccessToken,
        DeviceKey: first.DeviceKey,
        DeviceSecretVerifierConfig,
      }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException', message: 'Invalid device key given.' });
  });

  it.each([
    ['no verifier', undefined],
    ['a verifier of zero', { Salt: 'AQ==', PasswordVerifier: 'AA==' }],
    ['a verifier that is no base64', { Salt: 'AQ==', PasswordVerifier: '!!' }],
    [
      'a verifier beyond the group',
      { Salt: 'AQ==', PasswordVerifier: Buffer.alloc(384, 255).toString('base64') },
    ],
    ['an endless verifier', { Salt: 'AQ==', PasswordVerifier: 'A'.repeat(131_072) }],
    ['no salt', { PasswordVerifier: 'Ag==' }],
  ])('refuses %s', async (_name, DeviceSecretVerifierConfig) => {
    const { AuthenticationResult } = await signIn(running, always);
    await expect(
      running.api.confirmDevice({
        AccessToken: AuthenticationResult?.AccessToken,
        DeviceKey: AuthenticationResult?.NewDeviceMetadata?.DeviceKey,
        ...(DeviceSecretVerifierConfig && { DeviceSecretVerifierConfig }),
      }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('is refused in a pool that does not track devices, as every device operation is', async () => {
    const AccessToken = await running.accessToken(untracked, 'jane');
    const DeviceKey = 'us-east-1_2d0f6a58-5a55-4b4b-9b60-7f0a6e8a8c11';
    const { UserPoolId } = untracked;
    const { api } = running;
    const named = { AccessToken, DeviceKey };
    const administered = { UserPoolId, Username: 'jane', DeviceKey };
    const calls = [
      api.confirmDevice(named),
      api.getDevice(named),
      api.forgetDevice(named),
      api.updateDeviceStatus({ ...named, DeviceRememberedStatus: 'remembered' }),
      api.listDevices({ AccessToken }),
      api.adminGetDevice(administered),
      api.adminForgetDevice(administered),
      api.adminUpdateDeviceStatus({ ...administered, DeviceRememberedStatus: 'remembered' }),
      api.adminListDevices({ UserPoolId, Username: 'jane' }),
    ];
    const results = await Promise.allSettled(calls);
    expect(results.map((result) => (result.status === 'rejected' ? result.reason.name : 'done'))).toEqual(
      calls.map(() => 'InvalidUserPoolConfigurationException'),
    );
  });
});
