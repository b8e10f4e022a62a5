import { afterAll, beforeAll, expect, it } from 'vitest';
import { sms } from '../api-auth/mfa-pool.ts';
import { startUserPoolApi, type TestPool, type UserPoolApi } from '../api-users/user-pool-api.ts';
import { ALWAYS, createDevicePool, enrolDevice, proveDevice, signIn } from '../devices/device-pool.ts';
import { loa, told } from './methods-pool.ts';

let running: UserPoolApi;
beforeAll(async () => {
  running = await startUserPoolApi();
});
afterAll(() => running.close());

/** A pool that tells, in which `jane` has to prove a code from her phone; her device was remembered before that. */
async function poolWithDevice(ChallengeRequiredOnNewDevice: boolean) {
  const DeviceConfiguration = { ...ALWAYS, ChallengeRequiredOnNewDevice };
  const pool = await createDevicePool(running, DeviceConfiguration);
  const { UserPoolId } = pool;
  await running.api.updateUserPool({ UserPoolId, DeviceConfiguration, AcrConfiguration: {} });
  const device = await enrolDevice(running, pool);
  await running.api.setUserPoolMfaConfig({ UserPoolId, MfaConfiguration: 'OPTIONAL', ...sms });
  await running.api.adminSetUserMFAPreference({
    UserPoolId,
    Username: 'jane',
    SMSMfaSettings: { Enabled: true, PreferredMfa: true },
  });
  return { pool, device };
}

async function proven({ pool, device }: Awaited<ReturnType<typeof poolWithDevice>>) {
  const asked = await signIn(running, pool, device.DeviceKey);
  expect(asked.ChallengeName).toBe('DEVICE_SRP_AUTH');
  return (await proveDevice(running, pool, asked.Session, device))();
}

const answerSms = async (pool: TestPool, Session: string | undefined) =>
  running.api.respondToAuthChallenge({
    ClientId: pool.ClientId,
    ChallengeName: 'SMS_MFA',
    ChallengeResponses: {
      USERNAME: 'jane',
      SMS_MFA_CODE: await running.newestCode(pool.UserPoolId, 'jane', 'sms'),
    },
    Session,
  });

it('a remembered device lets a second factor be left out, and is none', async () => {
  expect(told(await proven(await poolWithDevice(true)))).toEqual({ acr: loa(1), amr: ['pwd'] });
});

it('a second factor that is asked for besides the device counts', async () => {
  const setting = await poolWithDevice(false);
  const asked = await proven(setting);
  expect(asked.ChallengeName).toBe('SMS_MFA');
  const done = await answerSms(setting.pool, asked.Session);
  expect(told(done)).toEqual({ acr: loa(3), amr: ['pwd', 'sms', 'mfa'] });
});
