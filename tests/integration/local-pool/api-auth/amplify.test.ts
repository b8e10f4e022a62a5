import { Amplify } from 'aws-amplify';
import {
  autoSignIn,
  confirmSignIn,
  confirmSignUp,
  fetchAuthSession,
  getCurrentUser,
  signIn,
  signOut,
  signUp,
} from 'aws-amplify/auth';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type AuthApi,
  lambdaConfig,
  password,
  softwareCode,
  startAuthApi,
  type TestPool,
} from './auth-api.ts';

let auth: AuthApi;
let pool: TestPool;

beforeAll(async () => {
  auth = await startAuthApi();
  pool = await auth.createPool(
    {
      UsernameAttributes: ['email'],
      AutoVerifiedAttributes: ['email'],
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
      LambdaConfig: lambdaConfig('DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'),
    },
    {
      ExplicitAuthFlows: [
        'ALLOW_USER_SRP_AUTH',
        'ALLOW_USER_AUTH',
        'ALLOW_CUSTOM_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
      ],
      PreventUserExistenceErrors: 'ENABLED',
    },
  );
  await auth.createUser(pool.UserPoolId, 'ada@example.com');
  use(pool);
});
afterEach(() => signOut());
afterAll(() => auth.close());

function use({ UserPoolId, ClientId }: TestPool): void {
  Amplify.configure({
    Auth: {
      Cognito: { userPoolId: UserPoolId, userPoolClientId: ClientId, userPoolEndpoint: auth.url },
    },
  });
}

const done = { isSignedIn: true, nextStep: { signInStep: 'DONE' } };

describe('Amplify', () => {
  it('signs in by SRP, and refreshes', async () => {
    expect(await signIn({ username: 'ada@example.com', password })).toEqual(done);
    expect((await getCurrentUser()).signInDetails?.loginId).toBe('ada@example.com');
    const { tokens } = await fetchAuthSession();
    const refreshed = await fetchAuthSession({ forceRefresh: true });
    expect(refreshed.tokens?.accessToken.payload.jti).not.toBe(tokens?.accessToken.payload.jti);
  });

  it('knows the refusal of a wrong password', async () => {
    await expect(signIn({ username: 'ada@example.com', password: 'wrong' })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
  });

  it('signs in with a code, and with a password that is chosen', async () => {
    const preferred = await signIn({
      username: 'ada@example.com',
      options: { authFlowType: 'USER_AUTH', preferredChallenge: 'EMAIL_OTP' },
    });
    expect(preferred.nextStep).toMatchObject({
      signInStep: 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE',
      codeDeliveryDetails: { deliveryMedium: 'EMAIL', destination: 'a***@e***' },
    });
    const code = await auth.newestCode(pool.UserPoolId, 'ada@example.com', 'email');
    expect(await confirmSignIn({ challengeResponse: code })).toEqual(done);
    await signOut();

    const choice = await signIn({ username: 'ada@example.com', options: { authFlowType: 'USER_AUTH' } });
    expect(choice.nextStep).toEqual({
      signInStep: 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION',
      availableChallenges: ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP'],
    });
    const chosen = await confirmSignIn({ challengeResponse: 'PASSWORD_SRP' });
    expect(chosen.nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_PASSWORD');
    expect(await confirmSignIn({ challengeResponse: password })).toEqual(done);
  });

  it('signs in by itself after a sign-up', async () => {
    const username = 'grace@example.com';
    await signUp({ username, options: { autoSignIn: { authFlowType: 'USER_AUTH' }, userAttributes: {} } });
    const confirmationCode = await auth.newestCode(pool.UserPoolId, username, 'signUp');
    const { nextStep } = await confirmSignUp({ username, confirmationCode });
    expect(nextStep.signUpStep).toBe('COMPLETE_AUTO_SIGN_IN');
    expect(await autoSignIn()).toEqual(done);
  });

  it('answers custom challenges after the password', async () => {
    auth.on('DefineAuthChallenge', ({ request }) => {
      const session = request.session as { challengeResult: boolean }[];
      if (session.length === 1) return { challengeName: 'PASSWORD_VERIFIER' };
      return session.length === 2 ? { challengeName: 'CUSTOM_CHALLENGE' } : { issueTokens: true };
    });
    auth.on('CreateAuthChallenge', () => ({ publicChallengeParameters: { question: 'Say hello' } }));
    auth.on('VerifyAuthChallengeResponse', () => ({ answerCorrect: true }));
    const asked = await signIn({
      username: 'ada@example.com',
      password,
      options: { authFlowType: 'CUSTOM_WITH_SRP' },
    });
    expect(asked.nextStep).toMatchObject({
      signInStep: 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE',
      additionalInfo: { question: 'Say hello' },
    });
    expect(await confirmSignIn({ challengeResponse: 'hello' })).toEqual(done);
  });

  it('changes a temporary password and sets an authenticator app up, and signs in with both', async () => {
    const mfa = await auth.createPool({}, { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] });
    await auth.api.setUserPoolMfaConfig({
      UserPoolId: mfa.UserPoolId,
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    await auth.api.adminCreateUser({
      UserPoolId: mfa.UserPoolId,
      Username: 'linus',
      TemporaryPassword: 'Temporary-1!',
      MessageAction: 'SUPPRESS',
    });
    use(mfa);
    const temporary = await signIn({ username: 'linus', password: 'Temporary-1!' });
    expect(temporary.nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED');
    const { nextStep } = await confirmSignIn({ challengeResponse: 'Permanent-1!' });
    if (nextStep.signInStep !== 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP') throw new Error(nextStep.signInStep);
    const secret = nextStep.totpSetupDetails.sharedSecret;
    const codeNow = () => softwareCode(secret, auth.clock.now());
    expect(await confirmSignIn({ challengeResponse: codeNow() })).toEqual(done);
    await signOut();

    auth.clock.advance(30_000);
    const again = await signIn({ username: 'linus', password: 'Permanent-1!' });
    expect(again.nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_TOTP_CODE');
    expect(await confirmSignIn({ challengeResponse: codeNow() })).toEqual(done);
  });
});
