import * as auth from 'aws-amplify/auth';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { configureAmplify } from './support/amplify.ts';
import { createMfaPool, totpOnly } from './support/mfa-pools.ts';
import { openStage, password, type Stage } from './support/stage.ts';
import { nextTotp } from './support/totp.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
afterEach(() => auth.signOut());

describe('E.3 Amplify and further factors', () => {
  it('E.3 TOTP: set up, preferred, asked for', async () => {
    const strict = await createMfaPool(stage, 'OPTIONAL', totpOnly);
    await stage.createUser(strict.UserPoolId, 'jane');
    configureAmplify(stage, strict);
    await auth.signIn({ username: 'jane', password });
    const { sharedSecret } = await auth.setUpTOTP();
    await auth.verifyTOTPSetup({ code: await nextTotp(stage, sharedSecret) });
    await auth.updateMFAPreference({ totp: 'PREFERRED' });
    expect(await auth.fetchMFAPreference()).toMatchObject({ preferred: 'TOTP' });
    await auth.signOut();
    const { nextStep } = await auth.signIn({ username: 'jane', password });
    expect(nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_TOTP_CODE');
    const challengeResponse = await nextTotp(stage, sharedSecret);
    expect(await auth.confirmSignIn({ challengeResponse })).toHaveProperty('isSignedIn', true);
  });

  it('E.3 TOTP set up during sign-in', async () => {
    const strict = await createMfaPool(stage, 'ON', totpOnly);
    await stage.createUser(strict.UserPoolId, 'jane');
    configureAmplify(stage, strict);
    const { nextStep } = await auth.signIn({ username: 'jane', password });
    if (nextStep.signInStep !== 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP') throw new Error(nextStep.signInStep);
    const challengeResponse = await nextTotp(stage, nextStep.totpSetupDetails.sharedSecret);
    expect(await auth.confirmSignIn({ challengeResponse })).toHaveProperty('isSignedIn', true);
  });

  it('E.3 new password', async () => {
    const people = await stage.createPool();
    const { UserPoolId } = people;
    await stage.api.adminCreateUser({
      UserPoolId,
      Username: 'invited',
      TemporaryPassword: 'Temporary-Contract-1',
      MessageAction: 'SUPPRESS',
    });
    configureAmplify(stage, people);
    const { nextStep } = await auth.signIn({ username: 'invited', password: 'Temporary-Contract-1' });
    expect(nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED');
    expect(await auth.confirmSignIn({ challengeResponse: password })).toHaveProperty('isSignedIn', true);
  });

  it('E.3 a device is remembered, listed and forgotten', async () => {
    const tracked = await stage.createPool({
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
    });
    await stage.createUser(tracked.UserPoolId, 'jane');
    configureAmplify(stage, tracked);
    await auth.signIn({ username: 'jane', password });
    await auth.rememberDevice();
    expect(await auth.fetchDevices()).toHaveLength(1);
    const refreshed = await auth.fetchAuthSession({ forceRefresh: true });
    expect(refreshed.tokens?.accessToken.payload).toHaveProperty('device_key');
    await auth.signOut();
    expect(await auth.signIn({ username: 'jane', password })).toHaveProperty('isSignedIn', true);
    await auth.forgetDevice();
    expect(await auth.fetchDevices()).toHaveLength(0);
  });
});
