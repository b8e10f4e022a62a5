import * as auth from 'aws-amplify/auth';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { configureAmplify } from './support/amplify.ts';
import { type ContractClient, openStage, password, required, type Stage } from './support/stage.ts';
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

const usernameNow = async () => (await auth.getCurrentUser()).username;

describe('E.3 Amplify', () => {
  it.each(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const)('E.3 sign-in by %s', async (authFlowType) => {
    configureAmplify(stage, people);
    const { isSignedIn } = await auth.signIn({ username: 'jane', password, options: { authFlowType } });
    expect(isSignedIn).toBe(true);
    expect(await usernameNow()).toBe('jane');
    const { tokens, userSub } = await auth.fetchAuthSession();
    expect(tokens?.idToken?.payload).toMatchObject({ sub: userSub, 'cognito:username': 'jane' });
    expect(await auth.fetchUserAttributes()).toMatchObject({ email: 'jane@example.com' });
  });

  it('E.3 sign-in by USER_AUTH with a preferred factor', async () => {
    configureAmplify(stage, people);
    const { isSignedIn } = await auth.signIn({
      username: 'jane',
      password,
      options: { authFlowType: 'USER_AUTH', preferredChallenge: 'PASSWORD_SRP' },
    });
    expect(isSignedIn).toBe(true);
  });

  it('E.3 sign-in by USER_AUTH with a choice', async () => {
    configureAmplify(stage, people);
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
    configureAmplify(stage, people);
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
    configureAmplify(stage, rotating);
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
    configureAmplify(stage, people);
    await auth.signIn({ username: 'jane', password });
    await stage.api.adminUserGlobalSignOut({ UserPoolId: people.UserPoolId, Username: 'jane' });
    const { tokens } = await auth.fetchAuthSession({ forceRefresh: true });
    expect(tokens).toBeUndefined();
    await expect(auth.getCurrentUser()).rejects.toMatchObject({ name: 'UserUnAuthenticatedException' });
  });

  it('E.3 global sign-out', async () => {
    configureAmplify(stage, people);
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
});

describe('E.3 Amplify and codes', () => {
  requires('inbox');

  it('E.3 signUp, confirmSignUp, autoSignIn', async () => {
    configureAmplify(stage, people);
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
    configureAmplify(stage, people);
    const { nextStep } = await auth.resetPassword({ username: 'lost' });
    expect(nextStep.resetPasswordStep).toBe('CONFIRM_RESET_PASSWORD_WITH_CODE');
    const newPassword = 'Remembered-Contract-1';
    const confirmationCode = await stage.newestCode(UserPoolId, 'lost', 'forgot');
    await auth.confirmResetPassword({ username: 'lost', confirmationCode, newPassword });
    expect(await auth.signIn({ username: 'lost', password: newPassword })).toHaveProperty('isSignedIn', true);
  });
});
