import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  type AuthApi,
  asked,
  idClaims,
  password,
  refusal,
  softwareCode,
  startAuthApi,
  type TestPool,
} from '../../integration/local-pool/api-auth/auth-api.ts';
import { mfaPool, sms, totp } from '../../integration/local-pool/api-auth/mfa-pool.ts';

let auth: AuthApi;
beforeAll(async () => {
  auth = await startAuthApi();
});
afterAll(() => auth.close());

const invalidSession = refusal('NotAuthorizedException', 'Invalid session for the user.');
const thiefsPhone = '+15555550199';
const anotherPassword = 'Another-demo-2';

describe('an older sign-in that may set up a second factor', () => {
  let pool: TestPool;
  let thief: Answer;
  let made = 0;
  let owner = '';
  beforeAll(async () => {
    pool = await mfaPool(auth, { MfaConfiguration: 'ON', ...sms, ...totp });
  });
  beforeEach(async () => {
    made += 1;
    owner = `owner${made}`;
    await auth.createUser(pool.UserPoolId, owner);
    thief = await auth.signIn(pool, owner);
    expect(thief).toMatchObject(asked('MFA_SETUP'));
  });

  async function enrolOwnersApp(): Promise<Answer> {
    const setUp = await auth.signIn(pool, owner);
    const { SecretCode, Session } = await auth.api.associateSoftwareToken({ Session: setUp.Session });
    const UserCode = softwareCode(SecretCode, auth.clock.now());
    const verified = await auth.api.verifySoftwareToken({ Session, UserCode });
    return { ...setUp, Session: verified.Session };
  }
  const answer = (challenge: Answer, responses: Record<string, string> = {}) =>
    auth.answer(pool, challenge, { USERNAME: owner, ...responses });

  it('adds no phone once the owner has an authenticator app', async () => {
    idClaims(await answer(await enrolOwnersApp()));
    await expect(answer(thief, { PHONE_NUMBER: thiefsPhone })).rejects.toMatchObject(invalidSession);
    const { UserAttributes } = await auth.api.adminGetUser({
      UserPoolId: pool.UserPoolId,
      Username: owner,
    });
    expect(UserAttributes?.map(({ Name }) => Name)).not.toContain('phone_number');
  });

  it('adds no authenticator app once the owner has a phone', async () => {
    const { SecretCode, Session } = await auth.api.associateSoftwareToken({ Session: thief.Session });
    const setUp = await auth.signIn(pool, owner);
    await answer(setUp, { PHONE_NUMBER: '+15555550100' });
    const UserCode = softwareCode(SecretCode, auth.clock.now());
    await expect(auth.api.verifySoftwareToken({ Session, UserCode })).rejects.toMatchObject(invalidSession);
  });

  it('is not finished by an app that another one has replaced', async () => {
    const finished = await enrolOwnersApp();
    await auth.api.adminDeleteSoftwareToken({ UserPoolId: pool.UserPoolId, Username: owner });
    await expect(answer(finished)).rejects.toMatchObject(invalidSession);
  });
});

describe('a sign-in whose password was right and has been replaced since', () => {
  let pool: TestPool;
  let made = 0;
  let owner = '';
  beforeAll(async () => {
    pool = await mfaPool(auth, { MfaConfiguration: 'ON', ...sms });
  });
  beforeEach(async () => {
    made += 1;
    owner = `owner${made}`;
    await auth.createUser(pool.UserPoolId, owner, {
      phone_number: '+15555550100',
      phone_number_verified: 'true',
      email: `${owner}@example.com`,
      email_verified: 'true',
    });
  });
  const setPassword = (Password: string, Permanent = true) =>
    auth.api.adminSetUserPassword({ UserPoolId: pool.UserPoolId, Username: owner, Password, Permanent });
  const code = () => auth.newestCode(pool.UserPoolId, owner, 'sms');
  const answerCode = async (challenge: Answer) =>
    auth.answer(pool, challenge, { USERNAME: owner, SMS_MFA_CODE: await code() });

  it.each([
    ['for good', true],
    ['for a temporary one', false],
  ])('does not go on when an administrator replaced it %s', async (_, permanent) => {
    const challenge = await auth.signIn(pool, owner);
    await setPassword(anotherPassword, permanent);
    await expect(answerCode(challenge)).rejects.toMatchObject(invalidSession);
  });

  it('does not go on when it was proven by SRP', async () => {
    const challenge = await auth.signInBySrp(pool, owner);
    await setPassword(anotherPassword);
    await expect(answerCode(challenge)).rejects.toMatchObject(invalidSession);
  });

  it('does not go on when an administrator demands a new one', async () => {
    const challenge = await auth.signIn(pool, owner);
    await auth.api.adminResetUserPassword({ UserPoolId: pool.UserPoolId, Username: owner });
    await expect(answerCode(challenge)).rejects.toMatchObject({ name: 'PasswordResetRequiredException' });
  });

  it('does not choose the new one when it was temporary', async () => {
    await setPassword('Temporary-1!', false);
    const thief = await auth.signIn(pool, owner, 'Temporary-1!');
    expect(thief).toMatchObject(asked('NEW_PASSWORD_REQUIRED'));
    await setPassword('Temporary-2!', false);
    await expect(
      auth.answer(pool, thief, { USERNAME: owner, NEW_PASSWORD: anotherPassword }),
    ).rejects.toMatchObject(invalidSession);
  });

  it('goes on after the new password that it asked for itself', async () => {
    await setPassword('Temporary-1!', false);
    const challenge = await auth.signIn(pool, owner, 'Temporary-1!');
    const next = await auth.answer(pool, challenge, { USERNAME: owner, NEW_PASSWORD: anotherPassword });
    expect(next).toMatchObject(asked('SMS_MFA'));
    expect(idClaims(await answerCode(next))).toBeTruthy();
  });
});

describe('a sign-in without a password', () => {
  it('goes on although the password was replaced meanwhile', async () => {
    const pool = await auth.createPool(
      { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
      { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] },
    );
    await auth.createUser(pool.UserPoolId, 'ada', { email: 'ada@example.com' });
    const challenge = await auth.api.initiateAuth({
      AuthFlow: 'USER_AUTH',
      ClientId: pool.ClientId,
      AuthParameters: { USERNAME: 'ada', PREFERRED_CHALLENGE: 'EMAIL_OTP' },
    });
    await auth.api.adminSetUserPassword({
      UserPoolId: pool.UserPoolId,
      Username: 'ada',
      Password: anotherPassword,
      Permanent: true,
    });
    const EMAIL_OTP_CODE = await auth.newestCode(pool.UserPoolId, 'ada', 'email');
    expect(idClaims(await auth.answer(pool, challenge, { USERNAME: 'ada', EMAIL_OTP_CODE }))).toBeTruthy();
  });
});

describe('LP-09 a reset code', () => {
  let pool: TestPool;
  beforeAll(async () => {
    pool = await auth.createPool();
  });

  it.each([
    [
      'an administrator',
      (Username: string) =>
        auth.api.adminSetUserPassword({
          UserPoolId: pool.UserPoolId,
          Username,
          Password: anotherPassword,
          Permanent: true,
        }),
    ],
    [
      'its owner',
      async (name: string) =>
        auth.api.changePassword({
          AccessToken: await auth.accessToken(pool, name),
          PreviousPassword: password,
          ProposedPassword: anotherPassword,
        }),
    ],
  ])('LP-09 does not outlive the replacement of the password by %s', async (who, replace) => {
    const name = who.replaceAll(' ', '-');
    await auth.createUser(pool.UserPoolId, name, { email: `${name}@example.com`, email_verified: 'true' });
    await auth.api.forgotPassword({ ClientId: pool.ClientId, Username: name });
    const ConfirmationCode = await auth.newestCode(pool.UserPoolId, name, 'forgot');
    await replace(name);
    await expect(
      auth.api.confirmForgotPassword({
        ClientId: pool.ClientId,
        Username: name,
        ConfirmationCode,
        Password: 'Thiefs-demo-3',
      }),
    ).rejects.toMatchObject({ name: 'ExpiredCodeException' });
  });
});
