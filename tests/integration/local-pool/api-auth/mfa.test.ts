import type {
  CreateUserPoolCommandInput,
  SetUserPoolMfaConfigCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  type AuthApi,
  asked,
  attributeRecord,
  idClaims,
  refusal,
  softwareCode,
  startAuthApi,
  type TestPool,
} from './auth-api.ts';

let auth: AuthApi;
beforeAll(async () => {
  auth = await startAuthApi();
});
afterAll(() => auth.close());

const sms = {
  SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::111122223333:role/sms' } },
};
const email = { EmailMfaConfiguration: { Message: 'Sign in with {####}', Subject: 'Sign-in' } };
const totp = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const onlyAdminRecovers: Partial<CreateUserPoolCommandInput> = {
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
};
const ada = { email: 'ada@example.com', phone_number: '+15555550100' };

async function mfaPool(
  factors: Omit<SetUserPoolMfaConfigCommandInput, 'UserPoolId'>,
  settings: Partial<CreateUserPoolCommandInput> = onlyAdminRecovers,
): Promise<TestPool> {
  const pool = await auth.createPool(settings, {
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  await auth.api.setUserPoolMfaConfig({ UserPoolId: pool.UserPoolId, ...factors });
  return pool;
}

const attributesOf = async ({ UserPoolId }: TestPool, Username: string) =>
  attributeRecord((await auth.api.adminGetUser({ UserPoolId, Username })).UserAttributes);

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

describe('SMS_MFA', () => {
  let pool: TestPool;
  beforeAll(async () => {
    pool = await mfaPool({ MfaConfiguration: 'ON', ...sms });
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
    expect((await attributesOf(pool, 'ada')).phone_number_verified).not.toBe('true');
    const [message] = await auth.messages(pool.UserPoolId, 'ada', 'sms');
    expect(message).toMatchObject({ medium: 'SMS', destination: ada.phone_number });
    expect(message?.code).toMatch(/^\d{6}$/);
    expect(idClaims(await answer(challenge, message?.code ?? ''))).toBeTruthy();
    expect((await attributesOf(pool, 'ada')).phone_number_verified).toBe('true');
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
    const pool = await mfaPool({ MfaConfiguration: 'ON', ...email });
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
      { MfaConfiguration: 'ON', ...email },
      { AliasAttributes: ['email'], ...onlyAdminRecovers },
    );
    await auth.createUser(pool.UserPoolId, 'ada', { email: ada.email, email_verified: 'true' });
    await auth.createUser(pool.UserPoolId, 'ada2', { email: ada.email });
    const challenge = await auth.signIn(pool, 'ada2');
    const EMAIL_OTP_CODE = await auth.newestCode(pool.UserPoolId, 'ada2', 'email');
    const done = await auth.answer(pool, challenge, { USERNAME: 'ada2', EMAIL_OTP_CODE });
    expect(idClaims(done)['cognito:username']).toBe('ada2');
    expect((await attributesOf(pool, 'ada2')).email_verified).not.toBe('true');
    expect((await attributesOf(pool, 'ada')).email_verified).toBe('true');
  });
});

describe('SOFTWARE_TOKEN_MFA', () => {
  let pool: TestPool;
  let secret: string;
  beforeAll(async () => {
    pool = await mfaPool({ MfaConfiguration: 'OPTIONAL', ...totp, ...sms });
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

    const without = await mfaPool({ MfaConfiguration: 'OPTIONAL', ...sms });
    await auth.createUser(without.UserPoolId, 'ada');
    const token = (await auth.signIn(without, 'ada')).AuthenticationResult?.AccessToken;
    await expect(auth.api.associateSoftwareToken({ AccessToken: token })).rejects.toMatchObject(
      refusal('SoftwareTokenMFANotFoundException', 'Software Token MFA has not been enabled by the userPool'),
    );
  });
});

describe('SELECT_MFA_TYPE', () => {
  it('goes on to the factor that is chosen', async () => {
    const pool = await mfaPool({ MfaConfiguration: 'ON', ...sms, ...email });
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

describe('MFA_SETUP', () => {
  it('sets an authenticator app up before there are tokens', async () => {
    const pool = await mfaPool({ MfaConfiguration: 'ON', ...totp });
    await auth.createUser(pool.UserPoolId, 'ada');
    const challenge = await auth.signInBySrp(pool, 'ada');
    expect(challenge).toMatchObject({
      ChallengeName: 'MFA_SETUP',
      ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]', USER_ID_FOR_SRP: 'ada' },
    });
    const early = auth.answer(pool, challenge, { USERNAME: 'ada' });
    await expect(early).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const unasked = auth.api.verifySoftwareToken({ Session: challenge.Session, UserCode: '123456' });
    await expect(unasked).rejects.toMatchObject({ name: 'InvalidParameterException' });

    const associated = await auth.api.associateSoftwareToken({ Session: challenge.Session });
    await expect(auth.api.associateSoftwareToken({ Session: challenge.Session })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    const code = softwareCode(associated.SecretCode, auth.clock.now());
    const wrong = { Session: associated.Session, UserCode: code === '000000' ? '000001' : '000000' };
    await expect(auth.api.verifySoftwareToken(wrong)).rejects.toMatchObject(
      refusal('EnableSoftwareTokenMFAException', 'Code mismatch'),
    );
    const unverified = { ...challenge, Session: associated.Session };
    await expect(auth.answer(pool, unverified, { USERNAME: 'ada' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    const verified = await auth.api.verifySoftwareToken({ Session: associated.Session, UserCode: code });
    expect(verified.Status).toBe('SUCCESS');
    const done = await auth.answer(pool, { ...challenge, Session: verified.Session }, { USERNAME: 'ada' });
    expect(idClaims(done)).toBeTruthy();
    expect(await auth.api.getUser({ AccessToken: done.AuthenticationResult?.AccessToken })).toMatchObject({
      UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
      PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
    });
    const next = await auth.signIn(pool, 'ada');
    expect(next).toMatchObject(asked('SOFTWARE_TOKEN_MFA'));
    auth.clock.advance(30_000);
    const SOFTWARE_TOKEN_MFA_CODE = softwareCode(associated.SecretCode, auth.clock.now());
    expect(
      idClaims(await auth.answer(pool, next, { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE })),
    ).toBeTruthy();
  });

  it('does not let an older sign-in replace the app', async () => {
    const pool = await mfaPool({ MfaConfiguration: 'ON', ...totp });
    await auth.createUser(pool.UserPoolId, 'ada');
    const older = await auth.signIn(pool, 'ada');
    const olderSetup = await auth.api.associateSoftwareToken({ Session: older.Session });
    const newer = await auth.signIn(pool, 'ada');
    const setup = await auth.api.associateSoftwareToken({ Session: newer.Session });
    const UserCode = softwareCode(setup.SecretCode, auth.clock.now());
    await auth.api.verifySoftwareToken({ Session: setup.Session, UserCode });
    await expect(
      auth.api.verifySoftwareToken({
        Session: olderSetup.Session,
        UserCode: softwareCode(olderSetup.SecretCode, auth.clock.now()),
      }),
    ).rejects.toMatchObject(refusal('NotAuthorizedException', 'Invalid session for the user.'));
  });

  it.each([
    ['EMAIL', 'ada@example.com', 'EMAIL_OTP', 'email'],
    ['PHONE_NUMBER', '+15555550100', 'SMS_MFA', 'phone_number'],
  ])('takes an address in %s and proves it', async (member, address, factor, attribute) => {
    const pool = await mfaPool({ MfaConfiguration: 'ON', ...email, ...sms });
    await auth.createUser(pool.UserPoolId, 'ada');
    const challenge = await auth.signIn(pool, 'ada');
    expect(challenge.ChallengeParameters?.MFAS_CAN_SETUP).toBe('["SMS_MFA","EMAIL_OTP"]');
    await expect(
      auth.answer(pool, challenge, { USERNAME: 'ada', [member]: 'nonsense' }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const proof = await auth.answer(pool, challenge, { USERNAME: 'ada', [member]: address });
    expect(proof).toMatchObject(asked(factor));
    const code = await auth.newestCode(pool.UserPoolId, 'ada', factor === 'SMS_MFA' ? 'sms' : 'email');
    expect(
      idClaims(await auth.answer(pool, proof, { USERNAME: 'ada', [`${factor}_CODE`]: code })),
    ).toBeTruthy();
    expect(await attributesOf(pool, 'ada')).toMatchObject({
      [attribute]: address,
      [`${attribute}_verified`]: 'true',
    });
  });

  it('is refused where nothing can be set up', async () => {
    const pool = await mfaPool(
      { MfaConfiguration: 'ON', ...email },
      { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] } },
    );
    await auth.createUser(pool.UserPoolId, 'ada', { email: ada.email });
    await expect(auth.signIn(pool, 'ada')).rejects.toMatchObject(
      refusal('InvalidParameterException', 'User does not have any MFA method available.'),
    );
  });

  it('follows a new password', async () => {
    const pool = await mfaPool({ MfaConfiguration: 'ON', ...totp });
    await auth.api.adminCreateUser({
      UserPoolId: pool.UserPoolId,
      Username: 'ada',
      TemporaryPassword: 'Temporary-1!',
      MessageAction: 'SUPPRESS',
    });
    const challenge = await auth.signIn(pool, 'ada', 'Temporary-1!');
    const next = await auth.answer(pool, challenge, { USERNAME: 'ada', NEW_PASSWORD: 'Permanent-1!' });
    expect(next).toMatchObject(asked('MFA_SETUP'));
    expect(next.AuthenticationResult).toBeUndefined();
  });
});
