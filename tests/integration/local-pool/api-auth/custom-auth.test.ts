import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChallengeResult } from '../../../../local-pool/src/lambda/custom-auth.ts';
import {
  type Answer,
  type AuthApi,
  asked,
  idClaims,
  lambdaConfig,
  password,
  refusal,
  softwareCode,
  startAuthApi,
  type TestPool,
} from './auth-api.ts';
import { startSrp } from './srp-client.ts';

let auth: AuthApi;
let pool: TestPool;
let discreet: TestPool;
const flows = ['ALLOW_CUSTOM_AUTH' as const, 'ALLOW_USER_PASSWORD_AUTH' as const];

beforeAll(async () => {
  auth = await startAuthApi();
  pool = await auth.createPool(
    {
      LambdaConfig: lambdaConfig('DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'),
    },
    { ExplicitAuthFlows: flows },
  );
  discreet = await auth.createClient(pool.UserPoolId, {
    ExplicitAuthFlows: flows,
    PreventUserExistenceErrors: 'ENABLED',
  });
  await auth.api.setUserPoolMfaConfig({
    UserPoolId: pool.UserPoolId,
    MfaConfiguration: 'OPTIONAL',
    SoftwareTokenMfaConfiguration: { Enabled: true },
    SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111122223333:role/sms' } },
    EmailMfaConfiguration: {},
  });
  await auth.createUser(pool.UserPoolId, 'ada', { email: 'ada@example.com', phone_number: '+15555550100' });
});
beforeEach(() => auth.resetTriggers());
afterAll(() => auth.close());

const incorrect = refusal('NotAuthorizedException', 'Incorrect username or password.');
const unrecognizable = refusal('InvalidLambdaResponseException', 'Unrecognizable lambda output');
const begin = (USERNAME = 'ada', client = pool): Promise<Answer> =>
  auth.api.initiateAuth({ AuthFlow: 'CUSTOM_AUTH', ClientId: client.ClientId, AuthParameters: { USERNAME } });
const answer = (challenge: Answer, ANSWER: string, client = pool) =>
  auth.answer(client, challenge, { USERNAME: 'ada', ANSWER });

/** Asks for the sum of two numbers until it is right, three times at most. */
function sum(): void {
  auth.on('DefineAuthChallenge', ({ request }) => {
    const session = request.session as ChallengeResult[];
    if (session.at(-1)?.challengeResult) return { issueTokens: true };
    return session.length < 3 ? { challengeName: 'CUSTOM_CHALLENGE' } : { failAuthentication: true };
  });
  auth.on('CreateAuthChallenge', ({ request }) => {
    const round = (request.session as ChallengeResult[]).length;
    return {
      publicChallengeParameters: { question: `2+${round}` },
      privateChallengeParameters: { sum: String(2 + round) },
      challengeMetadata: `round ${round}`,
    };
  });
  auth.on('VerifyAuthChallengeResponse', ({ request }) => ({
    answerCorrect:
      request.challengeAnswer === (request.privateChallengeParameters as Record<string, string>).sum,
  }));
}

describe('custom authentication', () => {
  it('asks what the triggers say, and gives tokens for the right answer', async () => {
    sum();
    const challenge = await begin();
    expect(challenge).toMatchObject({
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeParameters: { USERNAME: 'ada', question: '2+0' },
    });
    expect(JSON.stringify(challenge)).not.toContain('sum');
    const done = await auth.api.respondToAuthChallenge({
      ClientId: pool.ClientId,
      ChallengeName: 'CUSTOM_CHALLENGE',
      Session: challenge.Session,
      ChallengeResponses: { USERNAME: 'ada', ANSWER: '2' },
      ClientMetadata: { from: 'answer' },
    });
    expect(idClaims(done)['cognito:username']).toBe('ada');
    expect(auth.events.map(({ triggerSource }) => triggerSource)).toEqual([
      'DefineAuthChallenge_Authentication',
      'CreateAuthChallenge_Authentication',
      'VerifyAuthChallengeResponse_Authentication',
      'DefineAuthChallenge_Authentication',
    ]);
    const [define, create, verify, last] = auth.events.map(({ request }) => request);
    expect(define).toMatchObject({ session: [], clientMetadata: {}, userNotFound: false });
    expect(create).toMatchObject({ session: [], challengeName: 'CUSTOM_CHALLENGE', clientMetadata: {} });
    expect(verify).toMatchObject({
      challengeAnswer: '2',
      privateChallengeParameters: { sum: '2' },
      clientMetadata: { from: 'answer' },
    });
    expect(last).toMatchObject({
      session: [{ challengeName: 'CUSTOM_CHALLENGE', challengeResult: true, challengeMetadata: 'round 0' }],
      clientMetadata: { from: 'answer' },
    });
  });

  it('goes on after a wrong answer as the define trigger says, with a new session each time', async () => {
    sum();
    const first = await begin();
    const second = await answer(first, 'wrong');
    expect(second.ChallengeParameters?.question).toBe('2+1');
    expect(second.Session).not.toBe(first.Session);
    await expect(answer(first, '2')).rejects.toThrow('session can only be used once');
    const third = await answer(second, 'wrong');
    await expect(answer(third, 'wrong')).rejects.toMatchObject(incorrect);
    const again = await begin();
    expect(idClaims(await answer(await answer(again, 'wrong'), '3'))).toBeTruthy();
  });

  it('counts parallel answers to one challenge as one', async () => {
    sum();
    const challenge = await begin();
    const outcomes = await Promise.allSettled(['0', '1', '2', '3'].map((tried) => answer(challenge, tried)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(auth.events.filter(({ triggerSource }) => triggerSource.startsWith('Verify'))).toHaveLength(1);
  });

  it('fails when the trigger says so, and is no error of the pool when it says nothing', async () => {
    auth.on('DefineAuthChallenge', () => ({ failAuthentication: true, issueTokens: true }));
    await expect(begin()).rejects.toMatchObject(incorrect);
    auth.on('DefineAuthChallenge', () => ({}));
    await expect(begin()).rejects.toMatchObject(unrecognizable);
    auth.on('DefineAuthChallenge', () => {
      throw new Error('No!');
    });
    await expect(begin()).rejects.toMatchObject(
      refusal('UserLambdaValidationException', 'DefineAuthChallenge failed with error No!.'),
    );
  });

  it.each([
    'PASSWORD_VERIFIER',
    'SRP_A',
    'NEW_PASSWORD_REQUIRED',
    'DEVICE_SRP_AUTH',
    'SOFTWARE_TOKEN_MFA',
    'NONSENSE',
  ])('cannot ask %s of someone to whom it does not apply', async (challengeName) => {
    auth.on('DefineAuthChallenge', () => ({ challengeName }));
    await expect(begin()).rejects.toMatchObject(unrecognizable);
  });

  it('without triggers is refused', async () => {
    const plain = await auth.createPool({}, { ExplicitAuthFlows: flows });
    await auth.createUser(plain.UserPoolId, 'ada');
    await expect(begin('ada', plain)).rejects.toMatchObject(
      refusal('InvalidParameterException', 'Custom auth lambda trigger is not configured for the user pool.'),
    );
  });

  it('gives no tokens to someone disabled or unconfirmed', async () => {
    auth.on('DefineAuthChallenge', () => ({ issueTokens: true }));
    await auth.createUser(pool.UserPoolId, 'disabled');
    await auth.api.adminDisableUser({ UserPoolId: pool.UserPoolId, Username: 'disabled' });
    await expect(begin('disabled')).rejects.toMatchObject(
      refusal('NotAuthorizedException', 'User is disabled.'),
    );
    await auth.api.signUp({ ClientId: pool.ClientId, Username: 'unconfirmed', Password: password });
    await expect(begin('unconfirmed')).rejects.toMatchObject({ name: 'UserNotConfirmedException' });
  });

  it('asks for no second factor that the trigger did not ask for', async () => {
    auth.on('DefineAuthChallenge', () => ({ issueTokens: true }));
    await auth.createUser(pool.UserPoolId, 'careful', { phone_number: '+15555550101' });
    await auth.api.adminSetUserMFAPreference({
      UserPoolId: pool.UserPoolId,
      Username: 'careful',
      SMSMfaSettings: { Enabled: true, PreferredMfa: true },
    });
    expect(await auth.signIn(pool, 'careful')).toMatchObject(asked('SMS_MFA'));
    expect(idClaims(await begin('careful'))).toBeTruthy();
  });
});

describe('custom authentication of someone unknown', () => {
  it('is refused where the client may know', async () => {
    sum();
    await expect(begin('nobody')).rejects.toMatchObject(
      refusal('UserNotFoundException', 'User does not exist.'),
    );
    expect(auth.events).toEqual([]);
  });

  it('runs the triggers otherwise, and never gives tokens', async () => {
    sum();
    const challenge = await begin('nobody', discreet);
    expect(challenge).toMatchObject({
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeParameters: { USERNAME: 'nobody' },
    });
    const right = auth.answer(discreet, challenge, { USERNAME: 'nobody', ANSWER: '2' });
    await expect(right).rejects.toMatchObject(incorrect);
    expect(auth.events).toHaveLength(4);
    for (const { userName, request } of auth.events) {
      expect(userName).toBe('nobody');
      expect(request).toMatchObject({ userNotFound: true, userAttributes: {} });
    }
  });

  it.each([
    ['SMS_MFA', 'SMS_MFA_CODE'],
    ['EMAIL_OTP', 'EMAIL_OTP_CODE'],
    ['SOFTWARE_TOKEN_MFA', 'SOFTWARE_TOKEN_MFA_CODE'],
  ])('is asked %s like anyone else', async (challengeName, member) => {
    auth.on('DefineAuthChallenge', () => ({ challengeName }));
    const challenge = await begin('nobody', discreet);
    expect(challenge).toMatchObject(asked(challengeName));
    expect(await auth.messages(pool.UserPoolId, 'nobody')).toEqual([]);
    await expect(
      auth.answer(discreet, challenge, { USERNAME: 'nobody', [member]: '123456' }),
    ).rejects.toMatchObject({ name: 'CodeMismatchException' });
  });
});

describe('custom authentication with a password first', () => {
  /** Password, then one more question, which `hello` answers. */
  function passwordAndQuestion(): void {
    auth.on('DefineAuthChallenge', ({ request }) => {
      const session = request.session as ChallengeResult[];
      if (session.length === 1) return { challengeName: 'PASSWORD_VERIFIER' };
      if (session.length === 2) return { challengeName: 'CUSTOM_CHALLENGE' };
      return session.at(-1)?.challengeResult ? { issueTokens: true } : { failAuthentication: true };
    });
    auth.on('CreateAuthChallenge', () => ({ publicChallengeParameters: { question: 'Say hello' } }));
    auth.on('VerifyAuthChallengeResponse', ({ request }) => ({
      answerCorrect: request.challengeAnswer === 'hello',
    }));
  }
  async function provePassword(PASSWORD = password, username = 'ada', client = pool): Promise<Answer> {
    const { ClientId, UserPoolId } = client;
    const exchange = startSrp(username, PASSWORD, UserPoolId);
    const verifier = await auth.api.initiateAuth({
      AuthFlow: 'CUSTOM_AUTH',
      ClientId,
      AuthParameters: { USERNAME: username, CHALLENGE_NAME: 'SRP_A', SRP_A: exchange.SRP_A },
    });
    expect(verifier).toMatchObject(asked('PASSWORD_VERIFIER'));
    return auth.answer(client, verifier, { USERNAME: username, ...exchange.prove(verifier) });
  }

  it('tells the define trigger of both, and then asks', async () => {
    passwordAndQuestion();
    const challenge = await provePassword();
    expect(challenge).toMatchObject({
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeParameters: { question: 'Say hello', USERNAME: 'ada' },
    });
    expect(idClaims(await answer(challenge, 'hello'))).toBeTruthy();
    const sessions = auth.events
      .filter(({ triggerSource }) => triggerSource.startsWith('Define'))
      .map(({ request }) => request.session);
    const passed = (challengeName: string) => ({
      challengeName,
      challengeResult: true,
      challengeMetadata: null,
    });
    expect(sessions).toEqual([
      [passed('SRP_A')],
      [passed('SRP_A'), passed('PASSWORD_VERIFIER')],
      [passed('SRP_A'), passed('PASSWORD_VERIFIER'), passed('CUSTOM_CHALLENGE')],
    ]);
  });

  it('refuses a wrong password, of someone unknown too', async () => {
    passwordAndQuestion();
    await expect(provePassword('wrong')).rejects.toMatchObject(incorrect);
    await expect(provePassword(password, 'nobody', discreet)).rejects.toMatchObject(incorrect);
  });

  it('wants a public key', async () => {
    const parameters = { USERNAME: 'ada', CHALLENGE_NAME: 'SRP_A' };
    const beginWith = (AuthParameters: Record<string, string>) =>
      auth.api.initiateAuth({ AuthFlow: 'CUSTOM_AUTH', ClientId: pool.ClientId, AuthParameters });
    await expect(beginWith(parameters)).rejects.toThrow('Missing required parameter SRP_A');
    await expect(beginWith({ ...parameters, SRP_A: '0' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('has a temporary password changed before there are tokens', async () => {
    auth.on('DefineAuthChallenge', ({ request }) =>
      (request.session as ChallengeResult[]).length === 1
        ? { challengeName: 'PASSWORD_VERIFIER' }
        : { issueTokens: true },
    );
    await auth.api.adminCreateUser({
      UserPoolId: pool.UserPoolId,
      Username: 'linus',
      TemporaryPassword: 'Temporary-1!',
      MessageAction: 'SUPPRESS',
    });
    const challenge = await provePassword('Temporary-1!', 'linus');
    expect(challenge).toMatchObject(asked('NEW_PASSWORD_REQUIRED'));
    const responses = { USERNAME: 'linus', NEW_PASSWORD: 'Permanent-1!' };
    expect(idClaims(await auth.answer(pool, challenge, responses))).toBeTruthy();
  });

  it('asks for second factors that the trigger names', async () => {
    auth.on('DefineAuthChallenge', ({ request }) => {
      const names = (request.session as ChallengeResult[]).map(({ challengeName }) => challengeName);
      const next = ['SRP_A', 'PASSWORD_VERIFIER', 'SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'][names.length];
      return next ? { challengeName: next } : { issueTokens: true };
    });
    const AccessToken = (await auth.signIn(pool, 'ada')).AuthenticationResult?.AccessToken;
    const { SecretCode } = await auth.api.associateSoftwareToken({ AccessToken });
    const UserCode = softwareCode(SecretCode, auth.clock.now());
    await auth.api.verifySoftwareToken({ AccessToken, UserCode });
    auth.clock.advance(30_000);

    const bySms = await provePassword();
    expect(bySms).toMatchObject(asked('SMS_MFA'));
    const SMS_MFA_CODE = await auth.newestCode(pool.UserPoolId, 'ada', 'sms');
    const byMail = await auth.answer(pool, bySms, { USERNAME: 'ada', SMS_MFA_CODE });
    expect(byMail).toMatchObject(asked('EMAIL_OTP'));
    const EMAIL_OTP_CODE = await auth.newestCode(pool.UserPoolId, 'ada', 'email');
    const byApp = await auth.answer(pool, byMail, { USERNAME: 'ada', EMAIL_OTP_CODE });
    expect(byApp).toMatchObject(asked('SOFTWARE_TOKEN_MFA'));
    const SOFTWARE_TOKEN_MFA_CODE = softwareCode(SecretCode, auth.clock.now());
    expect(
      idClaims(await auth.answer(pool, byApp, { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE })),
    ).toBeTruthy();
  });

  it('works with amazon-cognito-identity-js', async () => {
    passwordAndQuestion();
    const { UserPoolId, ClientId } = pool;
    const user = new CognitoUser({
      Username: 'ada',
      Pool: new CognitoUserPool({ UserPoolId, ClientId, endpoint: auth.url }),
    });
    user.setAuthenticationFlowType('CUSTOM_AUTH');
    const details = new AuthenticationDetails({ Username: 'ada', Password: password });
    const session = await new Promise<CognitoUserSession>((resolve, reject) => {
      const callbacks = {
        onSuccess: resolve,
        onFailure: reject,
        customChallenge: (parameters: { question: string }) =>
          user.sendCustomChallengeAnswer(parameters.question === 'Say hello' ? 'hello' : '?', callbacks),
      };
      user.authenticateUser(details, callbacks);
    });
    expect(session.isValid()).toBe(true);
  });
});
