import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AuthApi,
  asked,
  functionArn,
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
const flows = {
  ExplicitAuthFlows: [
    'ALLOW_USER_PASSWORD_AUTH' as const,
    'ALLOW_USER_SRP_AUTH' as const,
    'ALLOW_REFRESH_TOKEN_AUTH' as const,
  ],
};

beforeAll(async () => {
  auth = await startAuthApi();
  pool = await auth.createPool(
    {
      LambdaConfig: {
        ...lambdaConfig('PreAuthentication', 'PostAuthentication', 'CustomMessage', 'UserMigration'),
        PreTokenGenerationConfig: {
          LambdaVersion: 'V2_0',
          LambdaArn: functionArn('PreTokenGeneration'),
        },
      },
    },
    flows,
  );
  discreet = await auth.createClient(pool.UserPoolId, { ...flows, PreventUserExistenceErrors: 'ENABLED' });
  await auth.api.setUserPoolMfaConfig({
    UserPoolId: pool.UserPoolId,
    MfaConfiguration: 'OPTIONAL',
    SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111122223333:role/sms' } },
  });
  await auth.createUser(pool.UserPoolId, 'ada', { phone_number: '+15555550100' });
});
beforeEach(() => auth.resetTriggers());
afterAll(() => auth.close());

const sources = () => auth.events.map(({ triggerSource }) => triggerSource);
const requestOf = (source: string) =>
  auth.events.find(({ triggerSource }) => triggerSource === source)?.request;
const signIn = (USERNAME: string, PASSWORD = password, ClientId = pool.ClientId) =>
  auth.api.initiateAuth({
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId,
    AuthParameters: { USERNAME, PASSWORD },
    ClientMetadata: { at: 'start' },
  });

describe('the triggers of a sign-in', () => {
  it('run in order, and learn what was given at the start only before it', async () => {
    await signIn('ada');
    expect(sources()).toEqual([
      'PreAuthentication_Authentication',
      'PostAuthentication_Authentication',
      'TokenGeneration_Authentication',
    ]);
    expect(requestOf('PreAuthentication_Authentication')).toMatchObject({ validationData: { at: 'start' } });
    expect(requestOf('PostAuthentication_Authentication')).toMatchObject({
      clientMetadata: {},
      newDeviceUsed: false,
    });
    expect(requestOf('TokenGeneration_Authentication')?.clientMetadata ?? {}).toEqual({});
  });

  it('learn what was given with an answer after it, and with the message in between', async () => {
    await auth.createUser(pool.UserPoolId, 'careful', { phone_number: '+15555550101' });
    await auth.api.adminSetUserMFAPreference({
      UserPoolId: pool.UserPoolId,
      Username: 'careful',
      SMSMfaSettings: { Enabled: true },
    });
    auth.on('CustomMessage', () => ({ smsMessage: 'Your key: {####}' }));
    const challenge = await signIn('careful');
    expect(sources()).toEqual(['PreAuthentication_Authentication', 'CustomMessage_Authentication']);
    expect(requestOf('CustomMessage_Authentication')).toMatchObject({ clientMetadata: {} });
    const [message] = await auth.messages(pool.UserPoolId, 'careful', 'sms');
    expect(message?.body).toBe(`Your key: ${message?.code}`);
    auth.events.length = 0;
    await auth.api.respondToAuthChallenge({
      ClientId: pool.ClientId,
      ChallengeName: 'SMS_MFA',
      Session: challenge.Session,
      ChallengeResponses: { USERNAME: 'careful', SMS_MFA_CODE: message?.code ?? '' },
      ClientMetadata: { at: 'answer' },
    });
    expect(sources()).toEqual(['PostAuthentication_Authentication', 'TokenGeneration_Authentication']);
    for (const { request } of auth.events) expect(request.clientMetadata).toEqual({ at: 'answer' });
  });

  it('tell of a new password', async () => {
    await auth.api.adminCreateUser({
      UserPoolId: pool.UserPoolId,
      Username: 'linus',
      TemporaryPassword: 'Temporary-1!',
      MessageAction: 'SUPPRESS',
    });
    auth.resetTriggers();
    const challenge = await signIn('linus', 'Temporary-1!');
    await auth.answer(pool, challenge, { USERNAME: 'linus', NEW_PASSWORD: 'Permanent-1!' });
    expect(sources()).toEqual([
      'PreAuthentication_Authentication',
      'PostAuthentication_Authentication',
      'TokenGeneration_NewPasswordChallenge',
    ]);
  });

  it('of someone who is migrated', async () => {
    auth.on('UserMigration', () => ({
      userAttributes: { email: 'moved@example.com' },
      finalUserStatus: 'CONFIRMED',
    }));
    expect(idClaims(await signIn('moved'))).toMatchObject({ 'cognito:username': 'moved' });
    expect(sources()).toEqual([
      'UserMigration_Authentication',
      'PostAuthentication_Authentication',
      'TokenGeneration_Authentication',
    ]);
    expect(requestOf('UserMigration_Authentication')).toMatchObject({
      password,
      validationData: { at: 'start' },
      clientMetadata: {},
    });
  });

  it('do not migrate by SRP', async () => {
    await expect(auth.signInBySrp(pool, 'nobody')).rejects.toMatchObject({ name: 'UserNotFoundException' });
    expect(sources()).toEqual([]);
  });

  it('run before it for someone unknown where the client must not know', async () => {
    await expect(signIn('nobody', password, discreet.ClientId)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    expect(requestOf('PreAuthentication_Authentication')).toMatchObject({
      userNotFound: true,
      userAttributes: {},
    });
  });

  it('may refuse it before the password is judged, and after', async () => {
    auth.on('PreAuthentication', () => {
      throw new Error('Not today');
    });
    const refused = refusal(
      'UserLambdaValidationException',
      'PreAuthentication failed with error Not today.',
    );
    await expect(signIn('ada', 'wrong')).rejects.toMatchObject(refused);
    await expect(auth.signInBySrp(pool, 'ada')).rejects.toMatchObject(refused);
    auth.resetTriggers();
    auth.on('PostAuthentication', () => {
      throw new Error('Not you');
    });
    await expect(signIn('ada')).rejects.toMatchObject(
      refusal('UserLambdaValidationException', 'PostAuthentication failed with error Not you.'),
    );
    expect(sources()).not.toContain('TokenGeneration_Authentication');
  });

  it('that change the message to none leave no code behind when they fail', async () => {
    auth.on('CustomMessage', () => {
      throw new Error('No paper');
    });
    await auth.createUser(pool.UserPoolId, 'grace', { phone_number: '+15555550102' });
    await auth.api.adminSetUserMFAPreference({
      UserPoolId: pool.UserPoolId,
      Username: 'grace',
      SMSMfaSettings: { Enabled: true },
    });
    await expect(signIn('grace')).rejects.toMatchObject(
      refusal('UserLambdaValidationException', 'CustomMessage failed with error No paper.'),
    );
    expect(await auth.messages(pool.UserPoolId, 'grace', 'sms')).toEqual([]);
    auth.resetTriggers();
    expect(await signIn('grace')).toMatchObject(asked('SMS_MFA'));
  });

  it('may remove the user, who is then like any other unknown', async () => {
    auth.on('CustomMessage', async ({ userName }) => {
      await auth.api.adminDeleteUser({ UserPoolId: pool.UserPoolId, Username: userName });
      return {};
    });
    await auth.createUser(pool.UserPoolId, 'leaving', { phone_number: '+15555550103' });
    await auth.api.adminSetUserMFAPreference({
      UserPoolId: pool.UserPoolId,
      Username: 'leaving',
      SMSMfaSettings: { Enabled: true },
    });
    await expect(signIn('leaving')).rejects.toMatchObject(
      refusal('NotAuthorizedException', 'Incorrect username or password.'),
    );
    expect(await auth.messages(pool.UserPoolId, 'leaving', 'sms')).toEqual([]);
  });

  it('of a refresh', async () => {
    const { AuthenticationResult } = await signIn('ada');
    auth.events.length = 0;
    await auth.api.initiateAuth({
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      ClientId: pool.ClientId,
      AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken ?? '' },
      ClientMetadata: { at: 'refresh' },
    });
    expect(sources()).toEqual(['TokenGeneration_RefreshTokens']);
    expect(auth.events[0]?.request.clientMetadata).toEqual({ at: 'refresh' });
  });
});
