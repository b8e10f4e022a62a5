import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  attributeRecord,
  startUserPoolApi,
  type TestPool,
  type UserPoolApi,
} from '../api-users/user-pool-api.ts';
import { createDevicePool, enrolDevice, required, signIn } from './device-pool.ts';

const missing = { name: 'ResourceNotFoundException', message: 'Device does not exist.' };

let running: UserPoolApi;
let pool: TestPool;

beforeAll(async () => {
  running = await startUserPoolApi();
  pool = await createDevicePool(running);
});
afterAll(() => running.close());

describe('a user’s devices', () => {
  it('are described to the user and to an administrator alike', async () => {
    const { api } = running;
    const { DeviceKey, tokens } = await enrolDevice(running, pool);
    const { Device } = await api.getDevice({ AccessToken: tokens.AccessToken, DeviceKey });
    expect(Device?.DeviceKey).toBe(DeviceKey);
    expect(attributeRecord(Device?.DeviceAttributes)).toEqual({
      device_status: 'valid',
      device_name: 'Firefox on Linux',
      'dev:device_arn': `arn:aws:cognito-idp:us-east-1:000000000000:owner/jane.${pool.UserPoolId}/device/${DeviceKey}`,
      'dev:device_owner': `jane.${pool.UserPoolId}`,
      last_ip_used: expect.stringMatching(/127\.0\.0\.1|::1/),
      'dev:device_remembered_status': 'remembered',
    });
    expect(Device?.DeviceCreateDate?.getTime()).toBe(running.clock.now());
    const administered = { UserPoolId: pool.UserPoolId, Username: 'jane', DeviceKey };
    expect((await api.adminGetDevice(administered)).Device).toEqual(Device);
  });

  it('note when they last signed their user in', async () => {
    const { api, clock } = running;
    const { DeviceKey, tokens } = await enrolDevice(running, pool);
    await api.updateDeviceStatus({
      AccessToken: tokens.AccessToken,
      DeviceKey,
      DeviceRememberedStatus: 'not_remembered',
    });
    const enrolledAt = clock.now();
    clock.advance(60_000);
    const { AuthenticationResult } = await signIn(running, pool, DeviceKey);
    const { Device } = await api.getDevice({ AccessToken: AuthenticationResult?.AccessToken, DeviceKey });
    expect(Device?.DeviceLastAuthenticatedDate?.getTime()).toBe(enrolledAt + 60_000);
    expect(Device?.DeviceLastModifiedDate?.getTime()).toBe(enrolledAt);
    expect(Device?.DeviceCreateDate?.getTime()).toBe(enrolledAt);
  });

  it('come in pages', async () => {
    const { api } = running;
    await running.createUser(pool.UserPoolId, 'carl');
    const keys: string[] = [];
    let AccessToken: string | undefined;
    for (let count = 0; count < 3; count += 1) {
      const enrolled = await enrolDevice(running, pool, { username: 'carl' });
      keys.push(enrolled.DeviceKey);
      AccessToken = enrolled.tokens.AccessToken;
    }
    const first = await api.listDevices({ AccessToken, Limit: 2 });
    const second = await api.listDevices({ AccessToken, Limit: 2, PaginationToken: first.PaginationToken });
    const listed = [...required(first.Devices), ...required(second.Devices)].map(
      (device) => device.DeviceKey,
    );
    expect(listed).toEqual(keys.sort());
    expect(second.PaginationToken).toBeUndefined();
    const all = await api.adminListDevices({ UserPoolId: pool.UserPoolId, Username: 'carl' });
    expect(all.Devices?.map((device) => device.DeviceKey)).toEqual(keys);
    await expect(api.listDevices({ AccessToken, PaginationToken: 'x' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('can be forgotten, by the user and by an administrator', async () => {
    const { api } = running;
    const mine = await enrolDevice(running, pool);
    const { AccessToken } = mine.tokens;
    await api.forgetDevice({ AccessToken, DeviceKey: mine.DeviceKey });
    await expect(api.getDevice({ AccessToken, DeviceKey: mine.DeviceKey })).rejects.toMatchObject(missing);
    await expect(api.forgetDevice({ AccessToken, DeviceKey: mine.DeviceKey })).rejects.toMatchObject(missing);
    const other = await enrolDevice(running, pool);
    const administered = { UserPoolId: pool.UserPoolId, Username: 'jane', DeviceKey: other.DeviceKey };
    await api.adminForgetDevice(administered);
    await expect(api.adminGetDevice(administered)).rejects.toMatchObject(missing);
  });

  it('are nobody else’s', async () => {
    const { api } = running;
    await running.createUser(pool.UserPoolId, 'eve');
    const { DeviceKey } = await enrolDevice(running, pool);
    const eve = (await signIn(running, pool, undefined, 'eve')).AuthenticationResult;
    const named = { AccessToken: eve?.AccessToken, DeviceKey };
    await expect(api.getDevice(named)).rejects.toMatchObject(missing);
    await expect(api.forgetDevice(named)).rejects.toMatchObject(missing);
    await expect(
      api.updateDeviceStatus({ ...named, DeviceRememberedStatus: 'not_remembered' }),
    ).rejects.toMatchObject(missing);
    expect((await api.listDevices({ AccessToken: eve?.AccessToken })).Devices).toEqual([]);
    await expect(signIn(running, pool, DeviceKey, 'eve')).rejects.toMatchObject(missing);
  });

  it('go with their user', async () => {
    const { api } = running;
    await running.createUser(pool.UserPoolId, 'dora');
    const { DeviceKey } = await enrolDevice(running, pool, { username: 'dora' });
    await api.adminDeleteUser({ UserPoolId: pool.UserPoolId, Username: 'dora' });
    await running.createUser(pool.UserPoolId, 'dora');
    await expect(signIn(running, pool, DeviceKey, 'dora')).rejects.toMatchObject(missing);
  });
});
