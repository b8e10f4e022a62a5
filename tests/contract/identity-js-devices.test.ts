import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cognitoUser, openStorage, resultOf, signedInUser, successOf } from './support/cognito-user.ts';
import { createMfaPool, totpOnly } from './support/mfa-pools.ts';
import { openStage, type Stage } from './support/stage.ts';
import { nextTotp } from './support/totp.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe('E.3 amazon-cognito-identity-js and devices', () => {
  const DeviceConfiguration = { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true };

  it('E.3 a device is confirmed, remembered, proven instead of MFA, refreshed with, and forgotten', async () => {
    const tracked = await createMfaPool(stage, 'OPTIONAL', totpOnly, { DeviceConfiguration });
    const { UserPoolId } = tracked;
    await stage.createUser(UserPoolId, 'jane');
    const storage = openStorage();
    const first = await signedInUser(stage, tracked, 'jane', storage);
    expect(first.confirmDevice).toBe(true);
    const { device_key } = first.session.getAccessToken().decodePayload();
    expect(device_key).toMatch(/^us-[\w-]+_[\da-f-]{36}$/);

    const secret = await new Promise<string>((resolve, reject) => {
      first.user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject });
    });
    const code = await nextTotp(stage, secret);
    await successOf((callbacks) => first.user.verifySoftwareToken(code, 'phone', callbacks));
    await resultOf((callback) =>
      first.user.setUserMfaPreference(null, { Enabled: true, PreferredMfa: true }, callback),
    );
    await successOf((callbacks) => first.user.setDeviceStatusRemembered(callbacks));

    // A browser that knows the device proves it; another one is asked for a code.
    const known = await signedInUser(stage, tracked, 'jane', storage);
    expect(known.session.getAccessToken().decodePayload()).toMatchObject({ device_key });
    expect(await cognitoUser(stage, tracked, 'jane').signIn()).toEqual({ kind: 'totp' });

    const refreshed = await resultOf<typeof known.session>((callback) =>
      known.user.refreshSession(known.session.getRefreshToken(), callback),
    );
    expect(refreshed?.getAccessToken().decodePayload()).toMatchObject({ device_key });
    const RefreshToken = known.session.getRefreshToken().getToken();
    await expect(
      stage.api.initiateAuth({
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        ClientId: tracked.ClientId,
        AuthParameters: { REFRESH_TOKEN: RefreshToken },
      }),
    ).rejects.toMatchObject({ name: 'NotAuthorizedException', message: 'Invalid Refresh Token.' });

    const { Devices } = await stage.api.adminListDevices({ UserPoolId, Username: 'jane' });
    expect(Devices?.map(({ DeviceKey }) => DeviceKey)).toContain(device_key);
    await successOf<string>((callbacks) => known.user.forgetDevice(callbacks));
    await expect(
      stage.api.adminGetDevice({ UserPoolId, Username: 'jane', DeviceKey: device_key }),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'Device does not exist.' });
  });

  it('E.3 a forgotten device is dropped by the library, and the sign-in goes on without it', async () => {
    const tracked = await stage.createPool({ DeviceConfiguration });
    const { UserPoolId } = tracked;
    await stage.createUser(UserPoolId, 'jane');
    const storage = openStorage();
    const { session } = await signedInUser(stage, tracked, 'jane', storage);
    const { device_key: DeviceKey } = session.getAccessToken().decodePayload();
    await stage.api.adminForgetDevice({ UserPoolId, Username: 'jane', DeviceKey });
    const again = await signedInUser(stage, tracked, 'jane', storage);
    expect(again.session.getAccessToken().decodePayload().device_key).not.toBe(DeviceKey);
  });
});
