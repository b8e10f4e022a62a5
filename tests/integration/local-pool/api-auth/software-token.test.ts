import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  type AuthApi,
  idClaims,
  refusal,
  softwareCode,
  startAuthApi,
  type TestPool,
} from './auth-api.ts';
import { ada, mfaPool, sms, totp } from './mfa-pool.ts';

let auth: AuthApi;
beforeAll(async () => {
  auth = await startAuthApi();
});
afterAll(() => auth.close());

/** Signs a user in to a pool without MFA for them, and sets an authenticator app up. */
async function enrol(pool: TestPool, username: string): Promise<string> {
  const { AuthenticationResult } = await auth.signIn(pool, username);
  const { AccessToken } = AuthenticationResult ?? {};
  const { SecretCode } = await auth.api.associateSoftwareToken({ AccessToken });
  const UserCode = softwareCode(SecretCode, auth.clock.now());
  await auth.api.verifySoftwareToken({ AccessToken, UserCode, FriendlyDeviceName: 'phone' });
  await auth.api.setUserMFAPreference({
    AccessToken,
    SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
  });
  auth.clock.advance(30_000);
  return SecretCode ?? '';
}

describe('SOFTWARE_TOKEN_MFA', () => {
  let pool: TestPool;
  let secret: string;
  beforeAll(async () => {
    pool = await mfaPool(auth, { MfaConfiguration: 'OPTIONAL', ...totp, ...sms });
    await auth.createUser(pool.UserPoolId, 'ada', ada);
    secret = await enrol(pool, 'ada');
  });
  const answer = (challenge: Answer, SOFTWARE_TOKEN_MFA_CODE: string) =>
    auth.answer(pool, challenge, { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE });

  it('asks for the code of the app, which is good once', async () => {
    const challenge = await auth.signIn(pool, 'ada');
    expect(challenge).toMatchObject({
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      ChallengeParameters: { USER_ID_FOR_SRP: 'ada', FRIENDLY_DEVICE_NAME: 'phone' },
    });
    const code = softwareCode(secret, auth.clock.now());
    await expect(answer(challenge, code === '000000' ? '000001' : '000000')).rejects.toMatchObject(
      refusal('CodeMismatchException', 'Invalid code received for user'),
    );
    expect(idClaims(await answer(challenge, code))).toBeTruthy();
    const again = await auth.signIn(pool, 'ada');
    await expect(answer(again, code)).rejects.toMatchObject(
      refusal('ExpiredCodeException', 'Your software token has already been used once.'),
    );
    auth.clock.advance(30_000);
    expect(idClaims(await answer(again, softwareCode(secret, auth.clock.now())))).toBeTruthy();
  });

  it('ends with five wrong codes', async () => {
    auth.clock.advance(30_000);
    const challenge = await auth.signIn(pool, 'ada');
    for (let tries = 0; tries < 5; tries += 1)
      await expect(answer(challenge, 'xxxxxx')).rejects.toMatchObject({ name: 'CodeMismatchException' });
    await expect(answer(challenge, softwareCode(secret, auth.clock.now()))).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
  });

  it('takes one of several right answers at once', async () => {
    auth.clock.advance(60_000);
    const challenge = await auth.signIn(pool, 'ada');
    const code = softwareCode(secret, auth.clock.now());
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => answer(challenge, code)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is set up only with a right code, and only where the pool has it', async () => {
    await auth.createUser(pool.UserPoolId, 'linus');
    const { AccessToken } = (await auth.signIn(pool, 'linus')).AuthenticationResult ?? {};
    await expect(auth.api.verifySoftwareToken({ AccessToken, UserCode: '123456' })).rejects.toMatchObject(
      refusal('InvalidParameterException', 'User has not set up software token mfa'),
    );
    const first = await auth.api.associateSoftwareToken({ AccessToken });
    const second = await auth.api.associateSoftwareToken({ AccessToken });
    expect(second.SecretCode).toMatch(/^[A-Z2-7]{32,}$/);
    const UserCode = softwareCode(first.SecretCode, auth.clock.now());
    await expect(auth.api.verifySoftwareToken({ AccessToken, UserCode })).rejects.toMatchObject(
      refusal('EnableSoftwareTokenMFAException', 'Code mismatch'),
    );
    await expect(auth.api.verifySoftwareToken({ AccessToken, UserCode: '12a456' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(auth.api.associateSoftwareToken({})).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });

    const without = await mfaPool(auth, { MfaConfiguration: 'OPTIONAL', ...sms });
    await auth.createUser(without.UserPoolId, 'ada');
    const token = (await auth.signIn(without, 'ada')).AuthenticationResult?.AccessToken;
    await expect(auth.api.associateSoftwareToken({ AccessToken: token })).rejects.toMatchObject(
      refusal('SoftwareTokenMFANotFoundException', 'Software Token MFA has not been enabled by the userPool'),
    );
  });
});
