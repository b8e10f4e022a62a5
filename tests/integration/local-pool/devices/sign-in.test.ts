import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startUserPoolApi, type TestPool, type UserPoolApi } from '../api-users/user-pool-api.ts';
import {
  ALWAYS,
  beginSrp,
  createDevicePool,
  enrolDevice,
  proveDevice,
  required,
  signIn,
} from './device-pool.ts';

const missing = { name: 'ResourceNotFoundException', message: 'Device does not exist.' };
const wrong = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };
const UNKNOWN = 'us-east-1_2d0f6a58-5a55-4b4b-9b60-7f0a6e8a8c11';

let running: UserPoolApi;
let pool: TestPool;

beforeAll(async () => {
  running = await startUserPoolApi();
  pool = await createDevicePool(running);
});
afterAll(() => running.close());

/** Has `jane` prove a code sent to her phone besides her password. */
async function requireSms({ UserPoolId }: TestPool): Promise<void> {
  await running.api.setUserPoolMfaConfig({
    UserPoolId,
    MfaConfiguration: 'OPTIONAL',
    SmsMfaConfiguration: {
      SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' },
    },
  });
  await running.api.adminSetUserMFAPreference({
    UserPoolId,
    Username: 'jane',
    SMSMfaSettings: { Enabled: true, PreferredMfa: true },
  });
}

describe('a sign-in on a remembered device', () => {
  it('is asked to prove the device, and ends in tokens of that device', async () => {
    const device = await enrolDevice(running, pool);
    const { answer } = await beginSrp(running, pool);
    const asked = await answer(device.DeviceKey);
    expect(asked).toMatchObject({ ChallengeName: 'DEVICE_SRP_AUTH', Session: expect.any(String) });
    const prove = await proveDevice(running, pool, asked.Session, device);
    const { AuthenticationResult } = await prove();
    expect(AuthenticationResult).not.toHaveProperty('NewDeviceMetadata');
    expect(decodeJwt(required(AuthenticationResult?.AccessToken)).device_key).toBe(device.DeviceKey);
  });

  it('takes DEVICE_KEY with the password as well', async () => {
    const device = await enrolDevice(running, pool);
    const asked = await signIn(running, pool, device.DeviceKey);
    expect(asked.ChallengeName).toBe('DEVICE_SRP_AUTH');
    const prove = await proveDevice(running, pool, asked.Session, device);
    expect((await prove()).AuthenticationResult?.AccessToken).toBeTypeOf('string');
  });

  it('refuses the proof of another password, and the same proof twice', async () => {
    const device = await enrolDevice(running, pool);
    const first = await signIn(running, pool, device.DeviceKey);
    const forged = await proveDevice(running, pool, first.Session, { ...device, devicePassword: 'guess' });
    await expect(forged()).rejects.toMatchObject(wrong);
    await expect(forged()).rejects.toMatchObject({
      message: 'Invalid session for the user, session can only be used once.',
    });
    const second = await signIn(running, pool, device.DeviceKey);
    const prove = await proveDevice(running, pool, second.Session, device);
    const answers = await Promise.allSettled([prove(), prove(), prove()]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('refuses a device other than the one that was named, and a worthless SRP_A', async () => {
    const device = await enrolDevice(running, pool);
    const other = await enrolDevice(running, pool);
    const { Session } = await signIn(running, pool, device.DeviceKey);
    await expect(proveDevice(running, pool, Session, other)).rejects.toMatchObject(missing);
    await expect(
      running.api.respondToAuthChallenge({
        ClientId: pool.ClientId,
        ChallengeName: 'DEVICE_SRP_AUTH',
        ChallengeResponses: { USERNAME: 'jane', DEVICE_KEY: device.DeviceKey, SRP_A: '0' },
        Session,
      }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('fails for a device that is forgotten in the middle of it', async () => {
    const device = await enrolDevice(running, pool);
    const { Session } = await signIn(running, pool, device.DeviceKey);
    const prove = await proveDevice(running, pool, Session, device);
    await running.api.forgetDevice({
      AccessToken: device.tokens.AccessToken,
      DeviceKey: device.DeviceKey,
    });
    await expect(prove()).rejects.toMatchObject(missing);
  });

  it('comes to an end with the session', async () => {
    const device = await enrolDevice(running, pool);
    const { Session } = await signIn(running, pool, device.DeviceKey);
    running.clock.advance(3 * 60_000);
    await expect(proveDevice(running, pool, Session, device)).rejects.toMatchObject({
      message: 'Invalid session for the user, session is expired.',
    });
  });
});

describe('a device that is not remembered', () => {
  it('signs in as usual under its key, until the user has it remembered', async () => {
    const optIn = await createDevicePool(running, { ...ALWAYS, DeviceOnlyRememberedOnUserPrompt: true });
    const device = await enrolDevice(running, optIn);
    const usual = await signIn(running, optIn, device.DeviceKey);
    expect(usual.AuthenticationResult).not.toHaveProperty('NewDeviceMetadata');
    expect(decodeJwt(required(usual.AuthenticationResult?.AccessToken)).device_key).toBe(device.DeviceKey);

    const { AccessToken } = device.tokens;
    const named = { AccessToken, DeviceKey: device.DeviceKey };
    await running.api.updateDeviceStatus({ ...named, DeviceRememberedStatus: 'remembered' });
    expect((await signIn(running, optIn, device.DeviceKey)).ChallengeName).toBe('DEVICE_SRP_AUTH');
    await running.api.adminUpdateDeviceStatus({
      UserPoolId: optIn.UserPoolId,
      Username: 'jane',
      DeviceKey: device.DeviceKey,
      DeviceRememberedStatus: 'not_remembered',
    });
    expect((await signIn(running, optIn, device.DeviceKey)).ChallengeName).toBeUndefined();
  });
});

describe('a device that the pool does not know', () => {
  it('is refused in the words that clients wait for, after the password alone', async () => {
    await expect(signIn(running, pool, UNKNOWN)).rejects.toMatchObject(missing);
    await expect(
      running.api.initiateAuth({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: pool.ClientId,
        AuthParameters: { USERNAME: 'jane', PASSWORD: 'wrong', DEVICE_KEY: UNKNOWN },
      }),
    ).rejects.toMatchObject(wrong);
  });

  it('may be dropped from the same answer to PASSWORD_VERIFIER', async () => {
    const { answer } = await beginSrp(running, pool);
    await expect(answer(UNKNOWN)).rejects.toMatchObject(missing);
    const { AuthenticationResult } = await answer();
    expect(AuthenticationResult?.NewDeviceMetadata?.DeviceKey).toBeTypeOf('string');
    await expect(answer()).rejects.toMatchObject({ name: 'NotAuthorizedException' });

    const named = await beginSrp(running, pool, { DEVICE_KEY: UNKNOWN });
    await expect(named.answer(UNKNOWN)).rejects.toMatchObject(missing);
    expect((await named.answer()).AuthenticationResult?.NewDeviceMetadata).toBeDefined();
  });
});

describe('a remembered device of someone with a second factor', () => {
  it('stands in the place of the factor where only new devices are challenged', async () => {
    const challenged = await createDevicePool(running);
    const device = await enrolDevice(running, challenged);
    await requireSms(challenged);
    expect((await signIn(running, challenged)).ChallengeName).toBe('SMS_MFA');
    const asked = await signIn(running, challenged, device.DeviceKey);
    expect(asked.ChallengeName).toBe('DEVICE_SRP_AUTH');
    const prove = await proveDevice(running, challenged, asked.Session, device);
    expect((await prove()).AuthenticationResult?.AccessToken).toBeTypeOf('string');
  });

  it('comes before the factor where every device is challenged', async () => {
    const everywhere = await createDevicePool(running, { ...ALWAYS, ChallengeRequiredOnNewDevice: false });
    const device = await enrolDevice(running, everywhere);
    await requireSms(everywhere);
    const asked = await signIn(running, everywhere, device.DeviceKey);
    expect(asked.ChallengeName).toBe('DEVICE_SRP_AUTH');
    const prove = await proveDevice(running, everywhere, asked.Session, device);
    const mfa = await prove();
    expect(mfa.ChallengeName).toBe('SMS_MFA');
    const { AuthenticationResult } = await running.api.respondToAuthChallenge({
      ClientId: everywhere.ClientId,
      ChallengeName: 'SMS_MFA',
      ChallengeResponses: {
        USERNAME: 'jane',
        SMS_MFA_CODE: await running.newestCode(everywhere.UserPoolId, 'jane', 'sms'),
      },
      Session: mfa.Session,
    });
    expect(decodeJwt(required(AuthenticationResult?.AccessToken)).device_key).toBe(device.DeviceKey);
    expect(AuthenticationResult).not.toHaveProperty('NewDeviceMetadata');
  });
});
