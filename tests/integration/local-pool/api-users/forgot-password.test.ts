import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  attributeList,
  password,
  startUserPoolApi,
  type TestPool,
  type UserPoolApi,
} from './user-pool-api.ts';

let pool: UserPoolApi;
let people: TestPool;
let discreet: TestPool;

beforeAll(async () => {
  pool = await startUserPoolApi();
  people = await pool.createPool({ AutoVerifiedAttributes: ['email'] });
  discreet = await pool.createClient(people.UserPoolId, { PreventUserExistenceErrors: 'ENABLED' });
});
afterAll(() => pool.close());

const verified = (name: string) => ({ email: `${name}@example.com`, email_verified: 'true' });
const forgot = (Username: string, { ClientId } = people) => pool.api.forgotPassword({ ClientId, Username });
const confirm = (
  Username: string,
  ConfirmationCode: string,
  { ClientId } = people,
  Password = 'Another-demo-2',
) => pool.api.confirmForgotPassword({ ClientId, Username, ConfirmationCode, Password });
const codeOf = (name: string) => pool.newestCode(people.UserPoolId, name, 'forgot');
const wrong = (code: string) => (code === '000000' ? '000001' : '000000');
const statusOf = async (Username: string) =>
  (await pool.api.adminGetUser({ UserPoolId: people.UserPoolId, Username })).UserStatus;

const noAddress = {
  name: 'InvalidParameterException',
  message: 'Cannot reset password for the user as there is no registered/verified email or phone_number',
};
const wrongState = {
  name: 'NotAuthorizedException',
  message: 'User password cannot be reset in the current state.',
};

describe('ForgotPassword and ConfirmForgotPassword', () => {
  it('the code sets a new password; the old one is good until then, and tokens stay good', async () => {
    await pool.createUser(people.UserPoolId, 'ada', verified('ada'));
    const { CodeDeliveryDetails } = await forgot('ada');
    expect(CodeDeliveryDetails).toEqual({
      Destination: 'a***@e***',
      DeliveryMedium: 'EMAIL',
      AttributeName: 'email',
    });
    const AccessToken = await pool.accessToken(people, 'ada');
    await confirm('ada', await codeOf('ada'));
    await expect(pool.accessToken(people, 'ada')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await expect(pool.accessToken(people, 'ada', 'Another-demo-2')).resolves.toBeTypeOf('string');
    await expect(pool.api.getUser({ AccessToken })).resolves.toMatchObject({ Username: 'ada' });
    await expect(confirm('ada', await codeOf('ada'))).rejects.toMatchObject({ name: 'ExpiredCodeException' });
  });

  it('a code is good for an hour, and a weak password does not use it up', async () => {
    await pool.createUser(people.UserPoolId, 'grace', verified('grace'));
    await forgot('grace');
    const code = await codeOf('grace');
    await expect(confirm('grace', code, people, 'weakweak')).rejects.toMatchObject({
      name: 'InvalidPasswordException',
    });
    await expect(confirm('grace', wrong(code))).rejects.toMatchObject({ name: 'CodeMismatchException' });
    pool.clock.advance(59 * 60_000);
    await confirm('grace', code);
    await forgot('grace');
    pool.clock.advance(60 * 60_000);
    await expect(confirm('grace', await codeOf('grace'))).rejects.toMatchObject({
      name: 'ExpiredCodeException',
    });
  });

  it('an unconfirmed user with a verified address is confirmed by it', async () => {
    await pool.api.signUp({
      ClientId: people.ClientId,
      Username: 'mary',
      Password: password,
      UserAttributes: attributeList({ email: 'mary@example.com' }),
    });
    await expect(forgot('mary')).rejects.toMatchObject(noAddress);
    await pool.api.adminUpdateUserAttributes({
      UserPoolId: people.UserPoolId,
      Username: 'mary',
      UserAttributes: attributeList({ email_verified: 'true' }),
    });
    await forgot('mary');
    await confirm('mary', await codeOf('mary'));
    expect(await statusOf('mary')).toBe('CONFIRMED');
  });

  it('is refused where there is no way', async () => {
    const { UserPoolId } = people;
    await pool.createUser(UserPoolId, 'mailless');
    await expect(forgot('mailless')).rejects.toMatchObject(noAddress);
    await expect(forgot('nobody')).rejects.toMatchObject({
      name: 'UserNotFoundException',
      message: 'Username/client id combination not found.',
    });
    await expect(confirm('nobody', '123456')).rejects.toMatchObject({ name: 'UserNotFoundException' });
    await pool.createUser(UserPoolId, 'disabled', verified('disabled'));
    await pool.api.adminDisableUser({ UserPoolId, Username: 'disabled' });
    await expect(forgot('disabled')).rejects.toMatchObject({ message: 'User is disabled.' });
    await pool.api.adminCreateUser({
      UserPoolId,
      Username: 'invited',
      UserAttributes: attributeList(verified('invited')),
    });
    await expect(forgot('invited')).rejects.toMatchObject(wrongState);
  });

  it('goes by the account recovery setting', async () => {
    const recovery = (Name: 'verified_email' | 'verified_phone_number' | 'admin_only') => ({
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name, Priority: 1 }] },
    });
    const both = { ...verified('ada'), phone_number: '+12065550100', phone_number_verified: 'true' };
    const cases = [
      [{}, 'SMS'],
      [recovery('verified_email'), 'EMAIL'],
      [recovery('verified_phone_number'), 'SMS'],
    ] as const;
    for (const [settings, medium] of cases) {
      const own = await pool.createPool(settings);
      await pool.createUser(own.UserPoolId, 'ada', both);
      expect((await forgot('ada', own)).CodeDeliveryDetails?.DeliveryMedium).toBe(medium);
    }
    const locked = await pool.createPool(recovery('admin_only'));
    await pool.createUser(locked.UserPoolId, 'ada', both);
    await expect(forgot('ada', locked)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Contact administrator to reset password.',
    });
  });

  it('the address of the preferred second factor does not recover the password', async () => {
    const { UserPoolId } = people;
    await pool.createUser(UserPoolId, 'careful', verified('careful'));
    await pool.api.adminSetUserMFAPreference({
      UserPoolId,
      Username: 'careful',
      EmailMfaSettings: { Enabled: true, PreferredMfa: true },
    });
    await expect(forgot('careful')).rejects.toMatchObject(noAddress);
  });

  it('an administrator’s reset bars sign-in until the code is used', async () => {
    const { UserPoolId } = people;
    await pool.createUser(UserPoolId, 'linus', verified('linus'));
    const AccessToken = await pool.accessToken(people, 'linus');
    await pool.api.adminResetUserPassword({ UserPoolId, Username: 'linus' });
    expect(await statusOf('linus')).toBe('RESET_REQUIRED');
    await expect(pool.accessToken(people, 'linus')).rejects.toMatchObject({
      name: 'PasswordResetRequiredException',
      message: 'Password reset required for the user',
    });
    await expect(pool.api.getUser({ AccessToken })).rejects.toMatchObject({
      name: 'PasswordResetRequiredException',
    });
    await confirm('linus', await codeOf('linus'));
    await expect(pool.accessToken(people, 'linus', 'Another-demo-2')).resolves.toBeTypeOf('string');

    await expect(pool.api.adminResetUserPassword({ UserPoolId, Username: 'mailless' })).rejects.toMatchObject(
      noAddress,
    );
    await expect(pool.api.adminResetUserPassword({ UserPoolId, Username: 'invited' })).rejects.toMatchObject(
      wrongState,
    );
    await expect(pool.api.adminResetUserPassword({ UserPoolId, Username: 'nobody' })).rejects.toMatchObject({
      name: 'UserNotFoundException',
      message: 'User does not exist.',
    });
  });
});

describe('LP-08 with PreventUserExistenceErrors nobody learns who exists', () => {
  it('ForgotPassword answers alike for the unknown, the disabled and the unverified', async () => {
    for (const name of ['nobody', 'disabled', 'mailless', 'invited']) {
      const first = await forgot(name, discreet);
      expect(first.CodeDeliveryDetails).toEqual({
        Destination: expect.stringMatching(/^[a-z]\*\*\*@[a-z]\*\*\*$/) as string,
        DeliveryMedium: 'EMAIL',
        AttributeName: 'email',
      });
      expect((await forgot(name, discreet)).CodeDeliveryDetails).toEqual(first.CodeDeliveryDetails);
    }
  });

  it('ConfirmForgotPassword answers alike for the known and the unknown, asked for or not', async () => {
    await pool.createUser(people.UserPoolId, 'known', verified('known'));
    for (const name of ['known', 'stranger']) {
      await expect(confirm(name, '123456', discreet)).rejects.toMatchObject({ name: 'ExpiredCodeException' });
      await forgot(name, discreet);
      const code = name === 'known' ? wrong(await codeOf(name)) : '123456';
      await expect(confirm(name, code, discreet)).rejects.toMatchObject({ name: 'CodeMismatchException' });
      pool.clock.advance(60 * 60_000);
      await expect(confirm(name, code, discreet)).rejects.toMatchObject({ name: 'ExpiredCodeException' });
    }
  });

  it('ResendConfirmationCode and ConfirmSignUp do not tell either', async () => {
    const resent = await pool.api.resendConfirmationCode({
      ClientId: discreet.ClientId,
      Username: 'stranger',
    });
    expect(resent.CodeDeliveryDetails?.DeliveryMedium).toBe('EMAIL');
    const guess = (ClientId: string) =>
      pool.api.confirmSignUp({ ClientId, Username: 'stranger', ConfirmationCode: '123456' });
    await expect(guess(discreet.ClientId)).rejects.toMatchObject({ name: 'ExpiredCodeException' });
    await expect(guess(people.ClientId)).rejects.toMatchObject({ name: 'UserNotFoundException' });
    await expect(
      pool.api.resendConfirmationCode({ ClientId: people.ClientId, Username: 'stranger' }),
    ).rejects.toMatchObject({
      name: 'UserNotFoundException',
      message: 'Username/client id combination not found.',
    });
    expect(await pool.messages(people.UserPoolId, 'stranger')).toEqual([]);
  });
});
