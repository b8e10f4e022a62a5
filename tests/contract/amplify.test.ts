import { Amplify } from 'aws-amplify';
import * as auth from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { CognitoIdentity } from '@aws-sdk/client-cognito-identity';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMfaPool, totpOnly } from './support/mfa-pools.ts';
import { type ContractClient, openStage, password, required, type Stage } from './support/stage.ts';
import { nextTotp } from './support/totp.ts';
import { requires } from './target.ts';

let stage: Stage;
let people: ContractClient;

beforeAll(async () => {
  stage = await openStage();
  people = await stage.createPool({
    AutoVerifiedAttributes: ['email'],
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
  });
  await stage.createUser(people.UserPoolId, 'jane', { email: 'jane@example.com' });
});
afterAll(() => stage.close());
afterEach(() => auth.signOut());

/** Configures Amplify for a user pool, in a browser that has kept nothing. */
function configure({ UserPoolId, ClientId }: ContractClient, identityPoolId?: string): void {
  const kept = new Map<string, string>();
  const storage = {
    getItem: async (key: string) => kept.get(key) ?? null,
    setItem: async (key: string, value: string) => void kept.set(key, value),
    removeItem: async (key: string) => void kept.delete(key),
    clear: async () => kept.clear(),
  };
  const Cognito = {
    userPoolId: UserPoolId,
    userPoolClientId: ClientId,
    userPoolEndpoint: stage.userPoolEndpoint,
    ...(identityPoolId && { identityPoolId, identityPoolEndpoint: stage.identityPoolEndpoint, allowGuestAccess: true }),
  };
  Amplify.configure({ Auth: { Cognito } } as Parameters<typeof Amplify.configure>[0]);
  cognitoUserPoolsTokenProvider.setKeyValueStorage(storage);
}

const usernameNow = async () => (await auth.getCurrentUser()).username;

describe('E.3 Amplify', () => {
  it.each(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const)('E.3 sign-in by %s', async (authFlowType) => {
    configure(people);
    const { isSignedIn } = await auth.signIn({ username: 'jane', password, options: { authFlowType } });
    expect(isSignedIn).toBe(true);
    expect(await usernameNow()).toBe('jane');
    const { tokens, userSub } = await auth.fetchAuthSession();
    expect(tokens?.idToken?.payload).toMatchObject({ sub: userSub, 'cognito:username': 'jane' });
    expect(await auth.fetchUserAttributes()).toMatchObject({ email: 'jane@example.com' });
  });

  it('E.3 sign-in by USER_AUTH with a preferred factor', async () => {
    configure(people);
    const { isSignedIn } = await auth.signIn({
      username: 'jane',
      password,
      options: { authFlowType: 'USER_AUTH', preferredChallenge: 'PASSWORD_SRP' },
    });
    expect(isSignedIn).toBe(true);
  });

  it('E.3 sign-in by USER_AUTH with a choice', async () => {
    configure(people);
    const first = await auth.signIn({ username: 'jane', options: { authFlowType: 'USER_AUTH' } });
    expect(first.nextStep).toMatchObject({
      signInStep: 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION',
      availableChallenges: expect.arrayContaining(['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP']),
    });
    const second = await auth.confirmSignIn({ challengeResponse: 'PASSWORD' });
    expect(second.nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_PASSWORD');
    const { isSignedIn } = await auth.confirmSignIn({ challengeResponse: password });
    expect(isSignedIn).toBe(true);
  });

  it('E.3 errors have their names', async () => {
    configure(people);
    await expect(auth.signIn({ username: 'jane', password: 'Wrong-Password-1' })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
    await expect(auth.signIn({ username: 'nobody', password })).rejects.toMatchObject({
      name: 'UserNotFoundException',
    });
  });

  it('E.3 fetchAuthSession refreshes; with rotation the new refresh token is kept', async () => {
    const rotating = await stage.createClient(people.UserPoolId, {
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    });
    configure(rotating);
    await auth.signIn({ username: 'jane', password });
    const seen = new Set<string | undefined>();
    for (let round = 0; round < 3; round += 1) {
      const { tokens } = await auth.fetchAuthSession({ forceRefresh: round > 0 });
      seen.add(tokens?.accessToken.toString());
    }
    expect(seen.size).toBe(3);
    expect(seen.has(undefined)).toBe(false);
  });

  it('E.3 a session that was revoked elsewhere is gone at the next refresh', async () => {
    configure(people);
    await auth.signIn({ username: 'jane', password });
    await stage.api.adminUserGlobalSignOut({ UserPoolId: people.UserPoolId, Username: 'jane' });
    const { tokens } = await auth.fetchAuthSession({ forceRefresh: true });
    expect(tokens).toBeUndefined();
    await expect(auth.getCurrentUser()).rejects.toMatchObject({ name: 'UserUnAuthenticatedException' });
  });

  it('E.3 global sign-out', async () => {
    configure(people);
    await auth.signIn({ username: 'jane', password });
    const { tokens } = await auth.fetchAuthSession();
    const AccessToken = required(tokens?.accessToken.toString());
    await auth.signOut({ global: true });
    await expect(stage.api.getUser({ AccessToken })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Access Token has been revoked',
    });
    await expect(auth.getCurrentUser()).rejects.toThrow();
  });

  it('E.3 TOTP: set up, preferred, asked for', async () => {
    const strict = await createMfaPool(stage, 'OPTIONAL', totpOnly);
    await stage.createUser(strict.UserPoolId, 'jane');
    configure(strict);
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
    configure(strict);
    const { nextStep } = await auth.signIn({ username: 'jane', password });
    if (nextStep.signInStep !== 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP') throw new Error(nextStep.signInStep);
    const challengeResponse = await nextTotp(stage, nextStep.totpSetupDetails.sharedSecret);
    expect(await auth.confirmSignIn({ challengeResponse })).toHaveProperty('isSignedIn', true);
  });

  it('E.3 new password', async () => {
    const { UserPoolId } = people;
    await stage.api.adminCreateUser({
      UserPoolId,
      Username: 'invited',
      TemporaryPassword: 'Temporary-Contract-1',
      MessageAction: 'SUPPRESS',
    });
    configure(people);
    const { nextStep } = await auth.signIn({ username: 'invited', password: 'Temporary-Contract-1' });
    expect(nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED');
    expect(await auth.confirmSignIn({ challengeResponse: password })).toHaveProperty('isSignedIn', true);
  });

  it('E.3 a device is remembered, listed and forgotten', async () => {
    const tracked = await stage.createPool({
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
    });
    await stage.createUser(tracked.UserPoolId, 'jane');
    configure(tracked);
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

describe('E.3 Amplify and codes', () => {
  requires('inbox');

  it('E.3 signUp, confirmSignUp, autoSignIn', async () => {
    configure(people);
    const signedUp = await auth.signUp({
      username: 'new',
      password,
      options: { userAttributes: { email: 'new@example.com' }, autoSignIn: { authFlowType: 'USER_AUTH' } },
    });
    expect(signedUp.nextStep).toMatchObject({
      signUpStep: 'CONFIRM_SIGN_UP',
      codeDeliveryDetails: { destination: 'n***@e***' },
    });
    const confirmationCode = await stage.newestCode(people.UserPoolId, 'new', 'signUp');
    const confirmed = await auth.confirmSignUp({ username: 'new', confirmationCode });
    expect(confirmed.nextStep.signUpStep).toBe('COMPLETE_AUTO_SIGN_IN');
    expect(await auth.autoSignIn()).toHaveProperty('isSignedIn', true);
    expect(await usernameNow()).toBe('new');
  });

  it('E.3 a forgotten password', async () => {
    const { UserPoolId } = people;
    await stage.createUser(UserPoolId, 'lost', { email: 'lost@example.com', email_verified: 'true' });
    configure(people);
    const { nextStep } = await auth.resetPassword({ username: 'lost' });
    expect(nextStep.resetPasswordStep).toBe('CONFIRM_RESET_PASSWORD_WITH_CODE');
    const newPassword = 'Remembered-Contract-1';
    const confirmationCode = await stage.newestCode(UserPoolId, 'lost', 'forgot');
    await auth.confirmResetPassword({ username: 'lost', confirmationCode, newPassword });
    expect(await auth.signIn({ username: 'lost', password: newPassword })).toHaveProperty('isSignedIn', true);
  });
});

describe('E.5 Amplify and identity pools', () => {
  requires('identity pool endpoint', 'role of its own choice');

  it('E.5 credentials of a guest, and of a user after the sign-in', async () => {
    const api = new CognitoIdentity({ endpoint: stage.identityPoolEndpoint, region: stage.region });
    const ProviderName = `cognito-idp.${stage.region}.amazonaws.com/${people.UserPoolId}`;
    const { IdentityPoolId } = await api.createIdentityPool({
      IdentityPoolName: 'contract',
      AllowUnauthenticatedIdentities: true,
      CognitoIdentityProviders: [{ ProviderName, ClientId: people.ClientId }],
    });
    await api.setIdentityPoolRoles({
      IdentityPoolId,
      Roles: {
        authenticated: 'arn:aws:iam::000000000000:role/User',
        unauthenticated: 'arn:aws:iam::000000000000:role/Guest',
      },
    });
    configure(people, required(IdentityPoolId));
    const guest = await auth.fetchAuthSession();
    expect(guest.credentials).toMatchObject({ accessKeyId: expect.stringMatching(/^ASIA/) });
    await auth.signIn({ username: 'jane', password });
    const user = await auth.fetchAuthSession();
    expect(user.credentials?.sessionToken).not.toBe(guest.credentials?.sessionToken);
    expect(user.identityId).toMatch(/^us-east-1:[\da-f-]{36}$/);
    await api.deleteIdentityPool({ IdentityPoolId });
    api.destroy();
  });
});
