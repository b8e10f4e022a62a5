import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  type AuthApi,
  asked,
  idClaims,
  lambdaConfig,
  password,
  refusal,
  startAuthApi,
  type TestPool,
} from './auth-api.ts';

let auth: AuthApi;
let pool: TestPool;
let discreet: TestPool;
const flows = { ExplicitAuthFlows: ['ALLOW_USER_AUTH' as const, 'ALLOW_REFRESH_TOKEN_AUTH' as const] };

beforeAll(async () => {
  auth = await startAuthApi();
  pool = await auth.createPool(
    {
      Policies: {
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] },
      },
      AutoVerifiedAttributes: ['email'],
      LambdaConfig: lambdaConfig('PreAuthentication', 'PostAuthentication', 'UserMigration'),
    },
    flows,
  );
  discreet = await auth.createClient(pool.UserPoolId, { ...flows, PreventUserExistenceErrors: 'ENABLED' });
  const attributes = { email: 'ada@example.com', phone_number: '+15555550100' };
  await auth.createUser(pool.UserPoolId, 'ada', attributes);
});
beforeEach(() => auth.resetTriggers());
afterAll(() => auth.close());

const incorrect = refusal('NotAuthorizedException', 'Incorrect username or password.');
const begin = (parameters: Record<string, string> = {}, client = pool): Promise<Answer> =>
  auth.api.initiateAuth({
    AuthFlow: 'USER_AUTH',
    ClientId: client.ClientId,
    AuthParameters: { USERNAME: 'ada', ...parameters },
  });
const answer = (challenge: Answer, responses: Record<string, string>, client = pool) =>
  auth.answer(client, challenge, { USERNAME: 'ada', ...responses });
const everything = ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'];

describe('a choice-based sign-in of someone unknown', () => {
  it('is refused where the client may know', async () => {
    await expect(begin({ USERNAME: 'nobody' })).rejects.toMatchObject(
      refusal('UserNotFoundException', 'User does not exist.'),
    );
  });

  it('looks like any other, and never succeeds', async () => {
    const nobody = { USERNAME: 'nobody' };
    const choice = await begin(nobody, discreet);
    expect(choice).toMatchObject({ ChallengeName: 'SELECT_CHALLENGE', AvailableChallenges: everything });
    const wrongPassword = { ...nobody, ANSWER: 'PASSWORD', PASSWORD: password };
    await expect(answer(choice, wrongPassword, discreet)).rejects.toMatchObject(incorrect);

    const byMail = await begin({ ...nobody, PREFERRED_CHALLENGE: 'EMAIL_OTP' }, discreet);
    expect(byMail).toMatchObject({
      ChallengeName: 'EMAIL_OTP',
      ChallengeParameters: { CODE_DELIVERY_DESTINATION: expect.stringMatching(/^[a-z]\*\*\*@[a-z]\*\*\*$/) },
    });
    const again = await begin({ ...nobody, PREFERRED_CHALLENGE: 'EMAIL_OTP' }, discreet);
    expect(again.ChallengeParameters).toEqual(byMail.ChallengeParameters);
    for (let tries = 0; tries < 7; tries += 1)
      await expect(answer(byMail, { ...nobody, EMAIL_OTP_CODE: '12345678' }, discreet)).rejects.toMatchObject(
        refusal('CodeMismatchException', 'Invalid code or auth state for the user.'),
      );

    auth.clock.advance(1000);
    const bySms = await begin({ ...nobody, PREFERRED_CHALLENGE: 'SMS_OTP' }, discreet);
    expect(bySms.ChallengeParameters?.CODE_DELIVERY_DESTINATION).toMatch(/^\+\*{7}\d{4}$/);
    await expect(answer(bySms, { ...nobody, SMS_OTP_CODE: '12345678' }, discreet)).rejects.toMatchObject({
      name: 'CodeMismatchException',
    });
    expect(await auth.messages(pool.UserPoolId, 'nobody')).toEqual([]);
  });
});

describe('users without a password', () => {
  it('sign in with a code', async () => {
    await auth.api.signUp({
      ClientId: pool.ClientId,
      Username: 'grace',
      UserAttributes: [{ Name: 'email', Value: 'grace@example.com' }],
    });
    await auth.api.adminConfirmSignUp({ UserPoolId: pool.UserPoolId, Username: 'grace' });
    const challenge = await begin({ USERNAME: 'grace', PREFERRED_CHALLENGE: 'EMAIL_OTP' });
    expect(challenge).toMatchObject({ ChallengeName: 'EMAIL_OTP', AvailableChallenges: ['EMAIL_OTP'] });
    const EMAIL_OTP_CODE = await auth.newestCode(pool.UserPoolId, 'grace', 'email');
    expect(idClaims(await answer(challenge, { USERNAME: 'grace', EMAIL_OTP_CODE }))).toBeTruthy();
    await expect(
      begin({ USERNAME: 'grace', PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: 'x' }),
    ).resolves.toMatchObject(asked('SELECT_CHALLENGE'));
  });

  it('are signed in by the session of their confirmed sign-up, once', async () => {
    const { ClientId } = pool;
    const signUp = await auth.api.signUp({
      ClientId,
      Username: 'linus',
      UserAttributes: [{ Name: 'email', Value: 'linus@example.com' }],
    });
    const signIn = (Session: string | undefined, USERNAME = 'linus') =>
      auth.api.initiateAuth({ AuthFlow: 'USER_AUTH', ClientId, Session, AuthParameters: { USERNAME } });
    await expect(signIn(signUp.Session)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    const confirmed = await auth.api.confirmSignUp({
      ClientId,
      Username: 'linus',
      ConfirmationCode: await auth.newestCode(pool.UserPoolId, 'linus', 'signUp'),
      Session: signUp.Session,
    });
    expect(confirmed.Session).toBeTruthy();
    const invalid = refusal('NotAuthorizedException', 'Invalid session for the user.');
    await expect(signIn(confirmed.Session, 'ada')).rejects.toMatchObject(invalid);
    await expect(signIn('x'.repeat(64))).rejects.toMatchObject(invalid);
    expect(idClaims(await signIn(confirmed.Session))['cognito:username']).toBe('linus');
    await expect(signIn(confirmed.Session)).rejects.toThrow('session can only be used once');
  });

  it('are offered passwords only with a temporary one', async () => {
    await auth.api.adminCreateUser({
      UserPoolId: pool.UserPoolId,
      Username: 'alan',
      TemporaryPassword: 'Temporary-1!',
      UserAttributes: [{ Name: 'email', Value: 'alan@example.com' }],
      MessageAction: 'SUPPRESS',
    });
    const choice = await begin({ USERNAME: 'alan', PREFERRED_CHALLENGE: 'EMAIL_OTP' });
    expect(choice).toMatchObject({
      ChallengeName: 'SELECT_CHALLENGE',
      AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD'],
    });
    const next = await answer(choice, { USERNAME: 'alan', ANSWER: 'PASSWORD', PASSWORD: 'Temporary-1!' });
    expect(next).toMatchObject(asked('NEW_PASSWORD_REQUIRED'));
  });
});

describe('a choice-based sign-in and MFA', () => {
  it('offers passwords only to users with a second factor, and then asks for that', async () => {
    const mfa = await auth.createPool(
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
      flows,
    );
    await auth.api.setUserPoolMfaConfig({
      UserPoolId: mfa.UserPoolId,
      MfaConfiguration: 'OPTIONAL',
      SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111122223333:role/sms' } },
    });
    await auth.createUser(mfa.UserPoolId, 'ada', { email: 'ada@example.com', phone_number: '+15555550100' });
    expect(await begin({ PREFERRED_CHALLENGE: 'EMAIL_OTP' }, mfa)).toMatchObject(asked('EMAIL_OTP'));
    await auth.api.adminSetUserMFAPreference({
      UserPoolId: mfa.UserPoolId,
      Username: 'ada',
      SMSMfaSettings: { Enabled: true },
    });
    expect(await begin({ PREFERRED_CHALLENGE: 'EMAIL_OTP' }, mfa)).toMatchObject({
      ChallengeName: 'SELECT_CHALLENGE',
      AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD'],
    });
    const second = await begin({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: password }, mfa);
    expect(second).toMatchObject(asked('SMS_MFA'));
    const SMS_MFA_CODE = await auth.newestCode(mfa.UserPoolId, 'ada', 'sms');
    expect(idClaims(await answer(second, { SMS_MFA_CODE }, mfa))).toBeTruthy();
  });
});
