import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  type AuthApi,
  asked,
  idClaims,
  refusal,
  startAuthApi,
  type TestPool,
} from './auth-api.ts';
import { ada, attributesOf, email, mfaPool, onlyAdminRecovers, sms } from './mfa-pool.ts';

let auth: AuthApi;
beforeAll(async () => {
  auth = await startAuthApi();
});
afterAll(() => auth.close());

describe('SMS_MFA', () => {
  let pool: TestPool;
  beforeAll(async () => {
    pool = await mfaPool(auth, { MfaConfiguration: 'ON', ...sms });
    await auth.createUser(pool.UserPoolId, 'ada', ada);
  });
  const answer = (challenge: Answer, SMS_MFA_CODE: string) =>
    auth.answer(pool, challenge, { USERNAME: 'ada', SMS_MFA_CODE });

  it('sends six digits to the phone, which are then proven to be the user’s', async () => {
    const challenge = await auth.signInBySrp(pool, 'ada');
    expect(challenge).toMatchObject({
      ChallengeName: 'SMS_MFA',
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS',
        CODE_DELIVERY_DESTINATION: '+*******0100',
        USER_ID_FOR_SRP: 'ada',
      },
    });
    expect(challenge.AuthenticationResult).toBeUndefined();
    expect((await attributesOf(auth, pool, 'ada')).phone_number_verified).not.toBe('true');
    const [message] = await auth.messages(pool.UserPoolId, 'ada', 'sms');
    expect(message).toMatchObject({ medium: 'SMS', destination: ada.phone_number });
    expect(message?.code).toMatch(/^\d{6}$/);
    expect(idClaims(await answer(challenge, message?.code ?? ''))).toBeTruthy();
    expect((await attributesOf(auth, pool, 'ada')).phone_number_verified).toBe('true');
  });

  it('lets people try again, and demands a new sign-in and some patience after five wrong codes', async () => {
    const challenge = await auth.signIn(pool, 'ada');
    const mismatch = refusal('CodeMismatchException', 'Invalid code or auth state for the user.');
    for (let tries = 0; tries < 5; tries += 1)
      await expect(answer(challenge, 'wrong')).rejects.toMatchObject(mismatch);
    const code = await auth.newestCode(pool.UserPoolId, 'ada', 'sms');
    await expect(answer(challenge, code)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    const again = await auth.signIn(pool, 'ada');
    const newCode = await auth.newestCode(pool.UserPoolId, 'ada', 'sms');
    await expect(answer(again, newCode)).rejects.toMatchObject(
      refusal('NotAuthorizedException', 'Password attempts exceeded'),
    );
    auth.clock.advance(1000);
    expect(idClaims(await answer(again, newCode))).toBeTruthy();
  });

  it('takes only the code of its own session', async () => {
    const first = await auth.signIn(pool, 'ada');
    const firstCode = await auth.newestCode(pool.UserPoolId, 'ada', 'sms');
    const second = await auth.signIn(pool, 'ada');
    await expect(answer(second, firstCode)).rejects.toMatchObject({ name: 'CodeMismatchException' });
    expect(idClaims(await answer(first, firstCode))).toBeTruthy();
    await expect(answer(first, firstCode)).rejects.toThrow('session can only be used once');
  });

  it('of two right answers at once one wins', async () => {
    const challenge = await auth.signIn(pool, 'ada');
    const code = await auth.newestCode(pool.UserPoolId, 'ada', 'sms');
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => answer(challenge, code)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('does not take the code of another user, nor another user’s name', async () => {
    await auth.createUser(pool.UserPoolId, 'eve', { phone_number: '+15555550199' });
    const adas = await auth.signIn(pool, 'ada');
    await auth.signIn(pool, 'eve');
    const evesCode = await auth.newestCode(pool.UserPoolId, 'eve', 'sms');
    await expect(answer(adas, evesCode)).rejects.toMatchObject({ name: 'CodeMismatchException' });
    const code = await auth.newestCode(pool.UserPoolId, 'ada', 'sms');
    await expect(auth.answer(pool, adas, { USERNAME: 'eve', SMS_MFA_CODE: code })).rejects.toMatchObject(
      refusal('NotAuthorizedException', 'Invalid session for the user.'),
    );
  });

  it('refuses a user who was disabled meanwhile', async () => {
    await auth.createUser(pool.UserPoolId, 'grace', { phone_number: '+15555550198' });
    const challenge = await auth.signIn(pool, 'grace');
    await auth.api.adminDisableUser({ UserPoolId: pool.UserPoolId, Username: 'grace' });
    const SMS_MFA_CODE = await auth.newestCode(pool.UserPoolId, 'grace', 'sms');
    await expect(auth.answer(pool, challenge, { USERNAME: 'grace', SMS_MFA_CODE })).rejects.toMatchObject(
      refusal('NotAuthorizedException', 'User is disabled.'),
    );
  });
});

describe('EMAIL_OTP as second factor', () => {
  it('sends the pool’s own message and verifies the address', async () => {
    const pool = await mfaPool(auth, { MfaConfiguration: 'ON', ...email });
    await auth.createUser(pool.UserPoolId, 'ada', ada);
    const challenge = await auth.signIn(pool, 'ada');
    expect(challenge).toMatchObject({
      ChallengeName: 'EMAIL_OTP',
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: 'EMAIL',
        CODE_DELIVERY_DESTINATION: 'a***@e***',
      },
    });
    const [message] = await auth.messages(pool.UserPoolId, 'ada', 'email');
    expect(message).toMatchObject({ body: `Sign in with ${message?.code}`, subject: 'Sign-in' });
    expect(message?.code).toMatch(/^\d{6}$/);
    await expect(auth.answer(pool, challenge, { USERNAME: 'ada' })).rejects.toMatchObject(
      refusal('InvalidParameterException', 'Missing required parameter EMAIL_OTP_CODE'),
    );
    const EMAIL_OTP_CODE = message?.code ?? '';
    expect(idClaims(await auth.answer(pool, challenge, { USERNAME: 'ada', EMAIL_OTP_CODE }))).toMatchObject({
      email_verified: true,
    });
  });

  it('leaves an address unverified that somebody else signs in with', async () => {
    const pool = await mfaPool(
      auth,
      { MfaConfiguration: 'ON', ...email },
      { AliasAttributes: ['email'], ...onlyAdminRecovers },
    );
    await auth.createUser(pool.UserPoolId, 'ada', { email: ada.email, email_verified: 'true' });
    await auth.createUser(pool.UserPoolId, 'ada2', { email: ada.email });
    const challenge = await auth.signIn(pool, 'ada2');
    const EMAIL_OTP_CODE = await auth.newestCode(pool.UserPoolId, 'ada2', 'email');
    const done = await auth.answer(pool, challenge, { USERNAME: 'ada2', EMAIL_OTP_CODE });
    expect(idClaims(done)['cognito:username']).toBe('ada2');
    expect((await attributesOf(auth, pool, 'ada2')).email_verified).not.toBe('true');
    expect((await attributesOf(auth, pool, 'ada')).email_verified).toBe('true');
  });
});

describe('SELECT_MFA_TYPE', () => {
  it('goes on to the factor that is chosen', async () => {
    const pool = await mfaPool(auth, { MfaConfiguration: 'ON', ...sms, ...email });
    await auth.createUser(pool.UserPoolId, 'ada', ada);
    const challenge = await auth.signIn(pool, 'ada');
    expect(challenge).toMatchObject({
      ChallengeName: 'SELECT_MFA_TYPE',
      ChallengeParameters: { MFAS_CAN_CHOOSE: '["SMS_MFA","EMAIL_OTP"]', USER_ID_FOR_SRP: 'ada' },
    });
    expect(await auth.messages(pool.UserPoolId, 'ada')).toEqual([]);
    await expect(
      auth.answer(pool, challenge, { USERNAME: 'ada', ANSWER: 'SOFTWARE_TOKEN_MFA' }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const chosen = await auth.answer(pool, challenge, { USERNAME: 'ada', ANSWER: 'EMAIL_OTP' });
    expect(chosen).toMatchObject(asked('EMAIL_OTP'));
    await expect(auth.answer(pool, challenge, { USERNAME: 'ada', ANSWER: 'SMS_MFA' })).rejects.toThrow(
      'session can only be used once',
    );
    const EMAIL_OTP_CODE = await auth.newestCode(pool.UserPoolId, 'ada', 'email');
    expect(idClaims(await auth.answer(pool, chosen, { USERNAME: 'ada', EMAIL_OTP_CODE }))).toBeTruthy();
  });
});
