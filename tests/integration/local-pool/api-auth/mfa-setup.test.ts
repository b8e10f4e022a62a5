import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuthApi, asked, idClaims, refusal, softwareCode, startAuthApi } from './auth-api.ts';
import { ada, attributesOf, email, mfaPool, sms, totp } from './mfa-pool.ts';

let auth: AuthApi;
beforeAll(async () => {
  auth = await startAuthApi();
});
afterAll(() => auth.close());

describe('MFA_SETUP', () => {
  it('sets an authenticator app up before there are tokens', async () => {
    const pool = await mfaPool(auth, { MfaConfiguration: 'ON', ...totp });
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
    const pool = await mfaPool(auth, { MfaConfiguration: 'ON', ...totp });
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
    const pool = await mfaPool(auth, { MfaConfiguration: 'ON', ...email, ...sms });
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
    expect(await attributesOf(auth, pool, 'ada')).toMatchObject({
      [attribute]: address,
      [`${attribute}_verified`]: 'true',
    });
  });

  it('is refused where nothing can be set up', async () => {
    const pool = await mfaPool(
      auth,
      { MfaConfiguration: 'ON', ...email },
      { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] } },
    );
    await auth.createUser(pool.UserPoolId, 'ada', { email: ada.email });
    await expect(auth.signIn(pool, 'ada')).rejects.toMatchObject(
      refusal('InvalidParameterException', 'User does not have any MFA method available.'),
    );
  });

  it('follows a new password', async () => {
    const pool = await mfaPool(auth, { MfaConfiguration: 'ON', ...totp });
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
