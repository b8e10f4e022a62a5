import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  type AuthApi,
  lambdaConfig,
  password,
  softwareCode,
  startAuthApi,
  type TestPool,
} from '../api-auth/auth-api.ts';
import { askSum } from '../api-auth/custom-auth-pool.ts';
import { ada, email, mfaPool, sms, totp } from '../api-auth/mfa-pool.ts';
import { loa, setUpApp, tells, told } from './methods-pool.ts';

let auth: AuthApi;
beforeAll(async () => {
  auth = await startAuthApi();
});
beforeEach(() => auth.resetTriggers());
afterAll(() => auth.close());

const byPassword = { acr: loa(1), amr: ['pwd'] };

describe('a password', () => {
  let pool: TestPool;
  beforeAll(async () => {
    pool = await auth.createPool(tells, {
      ExplicitAuthFlows: [
        'ALLOW_USER_PASSWORD_AUTH',
        'ALLOW_USER_SRP_AUTH',
        'ALLOW_USER_AUTH',
        'ALLOW_ADMIN_USER_PASSWORD_AUTH',
      ],
    });
    await auth.createUser(pool.UserPoolId, 'ada', ada);
  });

  it('is one method, however it is given', async () => {
    const { ClientId, UserPoolId } = pool;
    const AuthParameters = { USERNAME: 'ada', PASSWORD: password };
    expect(told(await auth.signIn(pool, 'ada'))).toEqual(byPassword);
    expect(told(await auth.signInBySrp(pool, 'ada'))).toEqual(byPassword);
    const chosen = await auth.api.initiateAuth({
      AuthFlow: 'USER_AUTH',
      ClientId,
      AuthParameters: { ...AuthParameters, PREFERRED_CHALLENGE: 'PASSWORD' },
    });
    expect(told(chosen)).toEqual(byPassword);
    const AuthFlow = 'ADMIN_USER_PASSWORD_AUTH';
    expect(
      told(await auth.api.adminInitiateAuth({ AuthFlow, UserPoolId, ClientId, AuthParameters })),
    ).toEqual(byPassword);
  });

  it('is one method when it must be changed on the way', async () => {
    const { UserPoolId } = pool;
    await auth.api.adminCreateUser({ UserPoolId, Username: 'new', TemporaryPassword: 'Temporary-1' });
    const asked = await auth.signIn(pool, 'new', 'Temporary-1');
    expect(asked.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    const answer = await auth.answer(pool, asked, { USERNAME: 'new', NEW_PASSWORD: password });
    expect(told(answer)).toEqual(byPassword);
  });

  it('leaves no claim in a pool without AcrConfiguration', async () => {
    const silent = await auth.createPool();
    await auth.createUser(silent.UserPoolId, 'ada', ada);
    expect(told(await auth.signIn(silent, 'ada'))).toEqual({});
  });
});

describe('a second factor', () => {
  it.each([
    ['SMS_MFA', 'sms', { ...sms }],
    ['EMAIL_OTP', 'email_otp', { ...email }],
  ])('%s makes it two methods', async (name, method, factors) => {
    const pool = await mfaPool(auth, { MfaConfiguration: 'ON', ...factors }, tells);
    await auth.createUser(pool.UserPoolId, 'ada', ada);
    const asked = await auth.signIn(pool, 'ada');
    expect(asked.ChallengeName).toBe(name);
    const code = await auth.newestCode(pool.UserPoolId, 'ada', name === 'SMS_MFA' ? 'sms' : 'email');
    const done = await auth.answer(pool, asked, { USERNAME: 'ada', [`${name}_CODE`]: code });
    expect(told(done)).toEqual({ acr: loa(3), amr: ['pwd', method, 'mfa'] });
  });

  it('SOFTWARE_TOKEN_MFA reaches the highest level', async () => {
    const pool = await mfaPool(auth, { MfaConfiguration: 'OPTIONAL', ...totp }, tells);
    await auth.createUser(pool.UserPoolId, 'ada', ada);
    const secret = await setUpApp(auth, pool, 'ada');
    const asked = await auth.signInBySrp(pool, 'ada');
    const SOFTWARE_TOKEN_MFA_CODE = softwareCode(secret, auth.clock.now());
    const done = await auth.answer(pool, asked, { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE });
    expect(told(done)).toEqual({ acr: loa(4), amr: ['pwd', 'otp', 'mfa'] });
  });

  it('counts when it is set up on the way', async () => {
    const pool = await mfaPool(auth, { MfaConfiguration: 'ON', ...totp }, tells);
    await auth.createUser(pool.UserPoolId, 'ada');
    const asked = await auth.signIn(pool, 'ada');
    const { SecretCode, Session } = await auth.api.associateSoftwareToken({ Session: asked.Session });
    const UserCode = softwareCode(SecretCode, auth.clock.now());
    const verified = await auth.api.verifySoftwareToken({ Session, UserCode });
    const done = await auth.answer(pool, { ...asked, Session: verified.Session }, { USERNAME: 'ada' });
    expect(told(done)).toEqual({ acr: loa(4), amr: ['pwd', 'otp', 'mfa'] });
  });
});

describe('a code in the place of a password', () => {
  it.each([
    ['EMAIL_OTP' as const, 'email_otp', 'email'],
    ['SMS_OTP' as const, 'sms', 'sms'],
  ])('%s is one method, of the second level', async (factor, method, purpose) => {
    const pool = await auth.createPool(
      { ...tells, Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', factor] } } },
      { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] },
    );
    await auth.createUser(pool.UserPoolId, 'ada', ada);
    const asked = await auth.api.initiateAuth({
      AuthFlow: 'USER_AUTH',
      ClientId: pool.ClientId,
      AuthParameters: { USERNAME: 'ada', PREFERRED_CHALLENGE: factor },
    });
    const code = await auth.newestCode(pool.UserPoolId, 'ada', purpose);
    const done = await auth.answer(pool, asked, { USERNAME: 'ada', [`${factor}_CODE`]: code });
    expect(told(done)).toEqual({ acr: loa(2), amr: [method] });
  });
});

describe('a custom authentication', () => {
  let pool: TestPool;
  beforeAll(async () => {
    const triggers = ['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'];
    pool = await auth.createPool(
      { ...tells, LambdaConfig: lambdaConfig(...triggers) },
      { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'] },
    );
    await auth.api.setUserPoolMfaConfig({
      UserPoolId: pool.UserPoolId,
      MfaConfiguration: 'OPTIONAL',
      ...sms,
    });
    await auth.createUser(pool.UserPoolId, 'ada', ada);
  });
  const begin = (): Promise<Answer> =>
    auth.api.initiateAuth({
      AuthFlow: 'CUSTOM_AUTH',
      ClientId: pool.ClientId,
      AuthParameters: { USERNAME: 'ada' },
    });

  it('by a question of its own proves nothing that has a name', async () => {
    askSum(auth);
    expect(told(await auth.answer(pool, await begin(), { USERNAME: 'ada', ANSWER: '2' }))).toEqual({});
  });

  it('names what its triggers had proven, and nothing that failed', async () => {
    auth.on('DefineAuthChallenge', ({ request }) => {
      const results = request.session as { challengeName: string; challengeResult: boolean }[];
      return results.at(-1)?.challengeName === 'SMS_MFA'
        ? { issueTokens: true }
        : { challengeName: 'SMS_MFA' };
    });
    const asked = await begin();
    const code = await auth.newestCode(pool.UserPoolId, 'ada', 'sms');
    await expect(auth.answer(pool, asked, { USERNAME: 'ada', SMS_MFA_CODE: 'wrong' })).rejects.toMatchObject({
      name: 'CodeMismatchException',
    });
    const done = await auth.answer(pool, asked, { USERNAME: 'ada', SMS_MFA_CODE: code });
    expect(told(done)).toEqual({ acr: loa(2), amr: ['sms'] });
  });
});
