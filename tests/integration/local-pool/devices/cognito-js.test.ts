import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type ICognitoStorage,
} from 'amazon-cognito-identity-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, startUserPoolApi, type TestPool, type UserPoolApi } from '../api-users/user-pool-api.ts';
import { ALWAYS, createDevicePool } from './device-pool.ts';

let running: UserPoolApi;
let pool: TestPool;

beforeAll(async () => {
  running = await startUserPoolApi();
  pool = await createDevicePool(running);
});
afterAll(() => running.close());

/** The storage of one browser. */
function memoryStorage(): ICognitoStorage & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    setItem: (key, value) => void entries.set(key, value),
    getItem: (key) => entries.get(key) ?? null,
    removeItem: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}

interface SignedIn {
  user: CognitoUser;
  session: CognitoUserSession;
  confirmationNecessary: boolean | undefined;
}

/** Signs `jane` in by SRP with amazon-cognito-identity-js, which confirms and proves devices by itself. */
function signIn({ UserPoolId, ClientId }: TestPool, Storage: ICognitoStorage): Promise<SignedIn> {
  const Pool = new CognitoUserPool({ UserPoolId, ClientId, Storage, endpoint: running.url });
  const user = new CognitoUser({ Username: 'jane', Pool, Storage });
  return new Promise((resolve, reject) => {
    user.authenticateUser(new AuthenticationDetails({ Username: 'jane', Password: password }), {
      onSuccess: (session, confirmationNecessary) => resolve({ user, session, confirmationNecessary }),
      onFailure: reject,
      mfaRequired: (name) => reject(new Error(name)),
    });
  });
}

const deviceKeyOf = (session: CognitoUserSession): unknown => session.getAccessToken().payload.device_key;

/** A call with callbacks as a promise. */
const called = <Result>(
  call: (callbacks: { onSuccess(result: Result): void; onFailure(error: unknown): void }) => void,
): Promise<Result> => new Promise((resolve, reject) => call({ onSuccess: resolve, onFailure: reject }));

const refreshed = ({ user, session }: SignedIn): Promise<CognitoUserSession> =>
  new Promise((resolve, reject) =>
    user.refreshSession(session.getRefreshToken(), (error, renewed) =>
      error ? reject(error) : resolve(renewed as CognitoUserSession),
    ),
  );

// The library computes its powers in JavaScript, which takes long on a busy machine.
describe('amazon-cognito-identity-js', { timeout: 60_000 }, () => {
  it('confirms its device at the first sign-in and proves it at the next', async () => {
    const storage = memoryStorage();
    const first = await signIn(pool, storage);
    const second = await signIn(pool, storage);
    expect(deviceKeyOf(first.session)).toMatch(/^us-east-1_/);
    expect(deviceKeyOf(second.session)).toBe(deviceKeyOf(first.session));
    const elsewhere = await signIn(pool, memoryStorage());
    expect(deviceKeyOf(elsewhere.session)).not.toBe(deviceKeyOf(first.session));
  });

  it('is turned away with a device password that is not the device’s', async () => {
    const storage = memoryStorage();
    await signIn(pool, storage);
    const key = [...storage.entries.keys()].find((name) => name.endsWith('.randomPasswordKey'));
    storage.setItem(String(key), 'stolen-key-without-its-password');
    await expect(signIn(pool, storage)).rejects.toMatchObject({ code: 'NotAuthorizedException' });
  });

  it('skips the second factor on its device, and on no other', async () => {
    const own = await createDevicePool(running);
    const storage = memoryStorage();
    await signIn(own, storage);
    await running.api.setUserPoolMfaConfig({
      UserPoolId: own.UserPoolId,
      MfaConfiguration: 'OPTIONAL',
      SmsMfaConfiguration: {
        SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms', ExternalId: 'x' },
      },
    });
    await running.api.adminSetUserMFAPreference({
      UserPoolId: own.UserPoolId,
      Username: 'jane',
      SMSMfaSettings: { Enabled: true, PreferredMfa: true },
    });
    expect((await signIn(own, storage)).session.isValid()).toBe(true);
    await expect(signIn(own, memoryStorage())).rejects.toThrow('SMS_MFA');
  });

  it('drops a device that was forgotten, and enrols a new one in the same sign-in', async () => {
    const storage = memoryStorage();
    const first = await signIn(pool, storage);
    await running.api.adminForgetDevice({
      UserPoolId: pool.UserPoolId,
      Username: 'jane',
      DeviceKey: String(deviceKeyOf(first.session)),
    });
    const second = await signIn(pool, storage);
    expect(deviceKeyOf(second.session)).not.toBe(deviceKeyOf(first.session));
    const third = await signIn(pool, storage);
    expect(deviceKeyOf(third.session)).toBe(deviceKeyOf(second.session));
  });

  it('refreshes with its device key', async () => {
    const storage = memoryStorage();
    const signedIn = await signIn(pool, storage);
    expect(deviceKeyOf(await refreshed(signedIn))).toBe(deviceKeyOf(signedIn.session));
  });

  it('manages its device', async () => {
    const optIn = await createDevicePool(running, { ...ALWAYS, DeviceOnlyRememberedOnUserPrompt: true });
    const storage = memoryStorage();
    const { user, session, confirmationNecessary } = await signIn(optIn, storage);
    expect(confirmationNecessary).toBe(true);
    expect(await called<string>((callbacks) => user.setDeviceStatusRemembered(callbacks))).toBe('SUCCESS');
    expect(deviceKeyOf((await signIn(optIn, storage)).session)).toBe(deviceKeyOf(session));
    const listed = await called<{ Devices: { DeviceKey: string }[] }>((callbacks) =>
      user.listDevices(10, null as unknown as string, callbacks),
    );
    expect(listed.Devices.map(({ DeviceKey }) => DeviceKey)).toEqual([deviceKeyOf(session)]);
    await called<string>((callbacks) => user.setDeviceStatusNotRemembered(callbacks));
    await called<string>((callbacks) => user.forgetDevice(callbacks));
    expect([...storage.entries.keys()].some((name) => name.endsWith('.deviceKey'))).toBe(false);
  });
});
