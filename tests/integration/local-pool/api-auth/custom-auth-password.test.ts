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
  password,
  refusal,
  softwareCode,
  type TestPool,
} from './auth-api.ts';
import { startCustomAuthPool } from './custom-auth-pool.ts';
import { startSrp } from './srp-client.ts';

let auth: AuthApi;
let pool: TestPool;
let discreet: TestPool;

beforeAll(async () => {
  ({ auth, pool, discreet } = await startCustomAuthPool());
});
beforeEach(() => auth.resetTriggers());
afterAll(() => auth.close());

const incorrect = refusal('NotAuthorizedException', 'Incorrect username or password.');
const answer = (challenge: Answer, ANSWER: string, client = pool) =>
  auth.answer(client, challenge, { USERNAME: 'ada', ANSWER });

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
