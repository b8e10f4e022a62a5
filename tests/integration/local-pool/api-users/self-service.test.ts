import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  attributeList,
  attributeRecord,
  password,
  startUserPoolApi,
  type TestPool,
  type UserPoolApi,
} from './user-pool-api.ts';

let pool: UserPoolApi;
let people: TestPool;

beforeAll(async () => {
  pool = await startUserPoolApi();
  people = await pool.createPool(
    {
      AutoVerifiedAttributes: ['email'],
      Schema: [
        { Name: 'name', AttributeDataType: 'String', Required: true, Mutable: true },
        { Name: 'plan', AttributeDataType: 'String', Mutable: true },
        { Name: 'born', AttributeDataType: 'String', Mutable: false },
        { Name: 'level', AttributeDataType: 'Number', NumberAttributeConstraints: { MaxValue: '9' } },
        { Name: 'score', AttributeDataType: 'String', DeveloperOnlyAttribute: true, Mutable: true },
      ],
    },
    {
      WriteAttributes: ['name', 'email', 'phone_number', 'custom:born', 'custom:level', 'nickname'],
      ReadAttributes: ['name', 'email', 'email_verified', 'custom:born', 'custom:level', 'nickname'],
    },
  );
});
afterAll(() => pool.close());

async function signedIn(name: string, attributes: Record<string, string> = {}): Promise<string> {
  await pool.createUser(people.UserPoolId, name, {
    name,
    email: `${name}@example.com`,
    email_verified: 'true',
    ...attributes,
  });
  return pool.accessToken(people, name);
}

const update = (AccessToken: string, attributes: Record<string, string>) =>
  pool.api.updateUserAttributes({ AccessToken, UserAttributes: attributeList(attributes) });
const mine = async (AccessToken: string) =>
  attributeRecord((await pool.api.getUser({ AccessToken })).UserAttributes);
const all = async (Username: string) =>
  attributeRecord((await pool.api.adminGetUser({ UserPoolId: people.UserPoolId, Username })).UserAttributes);

describe('UpdateUserAttributes and DeleteUserAttributes', () => {
  it('a new address is unverified and gets a code; the same one changes nothing', async () => {
    const token = await signedIn('ada');
    expect(
      (await update(token, { email: 'ada@example.com', nickname: 'A' })).CodeDeliveryDetailsList,
    ).toEqual([]);
    expect((await mine(token)).email_verified).toBe('true');
    const { CodeDeliveryDetailsList } = await update(token, { email: 'ada@new.example' });
    expect(CodeDeliveryDetailsList).toEqual([
      { Destination: 'a***@n***', DeliveryMedium: 'EMAIL', AttributeName: 'email' },
    ]);
    expect(await mine(token)).toMatchObject({ email: 'ada@new.example', email_verified: 'false' });
    const Code = await pool.newestCode(people.UserPoolId, 'ada', 'verify');
    await pool.api.verifyUserAttribute({ AccessToken: token, AttributeName: 'email', Code });
    expect((await mine(token)).email_verified).toBe('true');
  });

  it('a blank value deletes; what was not there makes no difference', async () => {
    const token = await signedIn('grace', { nickname: 'G', phone_number: '+12065550100' });
    await update(token, { nickname: '' });
    expect(await mine(token)).not.toHaveProperty('nickname');
    await pool.api.deleteUserAttributes({ AccessToken: token, UserAttributeNames: ['email', 'nickname'] });
    expect(await all('grace')).not.toHaveProperty('email');
    expect(await all('grace')).not.toHaveProperty('email_verified');
  });

  it('permissions, immutable and required attributes and the schema are kept', async () => {
    const token = await signedIn('mary', {
      'custom:born': '1921',
      'custom:plan': 'free',
      'dev:custom:score': '1',
    });
    const unauthorized = {
      name: 'NotAuthorizedException',
      message: 'A client attempted to write unauthorized attribute',
    };
    for (const name of ['custom:plan', 'email_verified', 'phone_number_verified', 'sub', 'dev:custom:score'])
      await expect(update(token, { [name]: 'true' })).rejects.toMatchObject(unauthorized);
    await expect(
      pool.api.deleteUserAttributes({ AccessToken: token, UserAttributeNames: ['custom:plan'] }),
    ).rejects.toMatchObject(unauthorized);
    const immutable = {
      name: 'InvalidParameterException',
      message: 'user.custom:born: Attribute cannot be updated.',
    };
    await expect(update(token, { 'custom:born': '1922' })).rejects.toMatchObject(immutable);
    const required = {
      name: 'InvalidParameterException',
      message: 'Attributes did not conform to the schema: name: The attribute is required\n',
    };
    await expect(update(token, { name: '' })).rejects.toMatchObject(required);
    await expect(
      pool.api.deleteUserAttributes({ AccessToken: token, UserAttributeNames: ['name'] }),
    ).rejects.toMatchObject(required);
    for (const level of ['ten', '10', '1e999'])
      await expect(update(token, { 'custom:level': level })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    await expect(update(token, { nickname: 'x'.repeat(2049) })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await update(token, { nickname: 'x'.repeat(2048), 'custom:level': '9' });
    expect(await mine(token)).toMatchObject({ name: 'mary', 'custom:born': '1921', 'custom:level': '9' });
    expect(await mine(token)).not.toHaveProperty('custom:plan');
    expect(await mine(token)).not.toHaveProperty('dev:custom:score');
    expect(await all('mary')).toHaveProperty('dev:custom:score', '1');
  });

  it('parallel changes of several attributes all last', async () => {
    const token = await signedIn('busy');
    const changes = [{ nickname: 'B' }, { name: 'Busy' }, { 'custom:level': '3' }, { phone_number: '+1206' }];
    await Promise.all(changes.map((change) => update(token, change)));
    expect(await all('busy')).toMatchObject(Object.assign({}, ...changes) as object);
  });

  it('an address that must be verified first waits beside the old one', async () => {
    const careful = await pool.createPool({
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    });
    const named = { UserPoolId: careful.UserPoolId, Username: 'ada' };
    await pool.createUser(careful.UserPoolId, 'ada', { email: 'ada@example.com', email_verified: 'true' });
    const AccessToken = await pool.accessToken(careful, 'ada');
    const { CodeDeliveryDetailsList } = await update(AccessToken, { email: 'ada@new.example' });
    expect(CodeDeliveryDetailsList).toHaveLength(1);
    expect(await mine(AccessToken)).toMatchObject({ email: 'ada@example.com', email_verified: 'true' });
    const Code = await pool.newestCode(careful.UserPoolId, 'ada@new.example', 'verify');
    await pool.api.verifyUserAttribute({ AccessToken, AttributeName: 'email', Code });
    expect(await mine(AccessToken)).toMatchObject({ email: 'ada@new.example', email_verified: 'true' });

    await pool.api.adminUpdateUserAttributes({
      ...named,
      UserAttributes: attributeList({ email: 'ada@third.example', email_verified: 'true' }),
    });
    expect(await mine(AccessToken)).toMatchObject({ email: 'ada@third.example', email_verified: 'true' });
  });
});

describe('GetUserAttributeVerificationCode and VerifyUserAttribute', () => {
  it('mail and phone have codes of their own', async () => {
    const token = await signedIn('hedy', { phone_number: '+12065550100' });
    for (const AttributeName of ['email', 'phone_number'])
      await pool.api.getUserAttributeVerificationCode({ AccessToken: token, AttributeName });
    const [sms, mail] = await pool.messages(people.UserPoolId, 'hedy', 'verify');
    expect([sms?.medium, mail?.medium]).toEqual(['SMS', 'EMAIL']);
    const verify = (AttributeName: string, Code = '') =>
      pool.api.verifyUserAttribute({ AccessToken: token, AttributeName, Code });
    if (sms?.code !== mail?.code)
      await expect(verify('email', sms?.code)).rejects.toMatchObject({ name: 'CodeMismatchException' });
    await verify('phone_number', sms?.code);
    await verify('email', mail?.code);
    expect(await all('hedy')).toMatchObject({ email_verified: 'true', phone_number_verified: 'true' });
    await expect(verify('email', mail?.code)).rejects.toMatchObject({ name: 'ExpiredCodeException' });
  });

  it('what cannot be verified is refused', async () => {
    const token = await signedIn('lise');
    for (const AttributeName of ['phone_number', 'name', '__proto__'])
      await expect(
        pool.api.getUserAttributeVerificationCode({ AccessToken: token, AttributeName }),
      ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('five codes an hour', async () => {
    const token = await signedIn('emmy');
    const ask = () =>
      pool.api.getUserAttributeVerificationCode({ AccessToken: token, AttributeName: 'email' });
    for (let count = 0; count < 5; count += 1) await ask();
    await expect(ask()).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Attempt limit exceeded, please try after some time.',
    });
  });
});

describe('ChangePassword', () => {
  it('wants the present password and keeps the policy; tokens stay good', async () => {
    const AccessToken = await signedIn('sofia');
    const change = (PreviousPassword: string, ProposedPassword: string) =>
      pool.api.changePassword({ AccessToken, PreviousPassword, ProposedPassword });
    await expect(change('Wrong-demo-1', 'Another-demo-2')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
    await expect(change(password, 'weakweak')).rejects.toMatchObject({ name: 'InvalidPasswordException' });
    await change(password, 'Another-demo-2');
    await expect(pool.accessToken(people, 'sofia', 'Another-demo-2')).resolves.toBeTypeOf('string');
    await expect(pool.api.getUser({ AccessToken })).resolves.toMatchObject({ Username: 'sofia' });
  });

  it('five tries an hour', async () => {
    const AccessToken = await signedIn('guesser');
    const guess = () =>
      pool.api.changePassword({ AccessToken, PreviousPassword: 'Wrong-1!', ProposedPassword: 'Another-1!' });
    for (let count = 0; count < 5; count += 1)
      await expect(guess()).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await expect(guess()).rejects.toMatchObject({ name: 'LimitExceededException' });
    pool.clock.advance(60 * 60_000);
    await expect(guess()).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  it('former passwords do not come back where the policy remembers them', async () => {
    const remembering = await pool.createPool({
      Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 2 } },
    });
    await pool.createUser(remembering.UserPoolId, 'ada');
    const AccessToken = await pool.accessToken(remembering, 'ada');
    const change = (PreviousPassword: string, ProposedPassword: string) =>
      pool.api.changePassword({ AccessToken, PreviousPassword, ProposedPassword });
    const used = { name: 'PasswordHistoryPolicyViolationException' };
    await expect(change(password, password)).rejects.toMatchObject(used);
    await change(password, 'second-password');
    await expect(change('second-password', password)).rejects.toMatchObject(used);
    await change('second-password', 'third-password');
    await change('third-password', password);
    await expect(
      pool.api.adminSetUserPassword({
        UserPoolId: remembering.UserPoolId,
        Username: 'ada',
        Password: 'third-password',
        Permanent: true,
      }),
    ).rejects.toMatchObject(used);
  });
});

describe('second factors', () => {
  const set = (AccessToken: string, settings: object) =>
    pool.api.setUserMFAPreference({ AccessToken, ...settings });
  const on = { Enabled: true, PreferredMfa: true };

  it('only what is set up can be switched on, and one preferred', async () => {
    const token = await signedIn('factors', { phone_number: '+12065550100' });
    await expect(set(token, { SoftwareTokenMfaSettings: on })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'User has not verified software token mfa',
    });
    const named = { UserPoolId: people.UserPoolId, Username: 'factors' };
    await expect(
      pool.api.adminSetUserMFAPreference({ ...named, SoftwareTokenMfaSettings: on }),
    ).rejects.toMatchObject({ message: 'User has not set up software token mfa' });
    await expect(set(token, { SMSMfaSettings: on, EmailMfaSettings: on })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await set(token, { SMSMfaSettings: on, EmailMfaSettings: { Enabled: true } });
    expect(await pool.api.getUser({ AccessToken: token })).toMatchObject({
      UserMFASettingList: ['SMS_MFA', 'EMAIL_OTP'],
      PreferredMfaSetting: 'SMS_MFA',
      MFAOptions: [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' }],
    });
    await set(token, { SMSMfaSettings: { Enabled: false } });
    const user = await pool.api.getUser({ AccessToken: token });
    expect(user.UserMFASettingList).toEqual(['EMAIL_OTP']);
    expect(user.PreferredMfaSetting).toBeUndefined();
  });

  it('an address must be there', async () => {
    await pool.createUser(people.UserPoolId, 'bare');
    const token = await pool.accessToken(people, 'bare');
    await expect(set(token, { SMSMfaSettings: on })).rejects.toMatchObject({
      message: 'User does not have delivery config set to turn on SMS_MFA',
    });
    await expect(set(token, { EmailMfaSettings: on })).rejects.toMatchObject({
      message: 'User does not have delivery config set to turn on EMAIL_OTP',
    });
  });

  it('the legacy settings know of SMS alone', async () => {
    const token = await signedIn('legacy', { phone_number: '+12065550100' });
    const MFAOptions = [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' } as const];
    await pool.api.setUserSettings({ AccessToken: token, MFAOptions });
    expect((await pool.api.getUser({ AccessToken: token })).MFAOptions).toEqual(MFAOptions);
    const named = { UserPoolId: people.UserPoolId, Username: 'legacy' };
    await pool.api.adminSetUserSettings({ ...named, MFAOptions: [] });
    expect((await pool.api.adminGetUser(named)).UserMFASettingList).toBeUndefined();
  });

  it('GetUserAuthFactors lists the first factors that the pool takes and the user has', async () => {
    const codes = await pool.createPool({
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'] } },
    });
    await pool.createUser(codes.UserPoolId, 'ada', { email: 'ada@example.com' });
    const AccessToken = await pool.accessToken(codes, 'ada');
    const factors = { Username: 'ada', ConfiguredUserAuthFactors: ['PASSWORD', 'EMAIL_OTP'] };
    expect(await pool.api.getUserAuthFactors({ AccessToken })).toMatchObject(factors);
    const named = { UserPoolId: codes.UserPoolId, Username: 'ada' };
    expect(await pool.api.adminGetUserAuthFactors(named)).toMatchObject(factors);
  });

  it('an authenticator app can be preferred, and an administrator takes it away', async () => {
    const { UserPoolId } = people;
    await pool.api.setUserPoolMfaConfig({
      UserPoolId,
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    const AccessToken = await signedIn('apps');
    const { SecretCode = '' } = await pool.api.associateSoftwareToken({ AccessToken });
    const UserCode = new TOTP({ secret: SecretCode }).generate({ timestamp: pool.clock.now() });
    await pool.api.verifySoftwareToken({ AccessToken, UserCode });
    await set(AccessToken, { SoftwareTokenMfaSettings: on });
    const named = { UserPoolId, Username: 'apps' };
    expect(await pool.api.adminGetUser(named)).toMatchObject({
      UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
      PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
    });
    expect((await pool.api.adminGetUserAuthFactors(named)).ConfiguredUserAuthFactors).toEqual([
      'PASSWORD',
      'SOFTWARE_TOKEN',
    ]);
    await pool.api.adminDeleteSoftwareToken(named);
    const user = await pool.api.adminGetUser(named);
    expect(user.UserMFASettingList).toBeUndefined();
    expect(user.PreferredMfaSetting).toBeUndefined();
    await expect(set(AccessToken, { SoftwareTokenMfaSettings: on })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('goes with the address that it needs', async () => {
    const token = await signedIn('dropped', { phone_number: '+12065550100' });
    await set(token, { SMSMfaSettings: on });
    await pool.api.deleteUserAttributes({ AccessToken: token, UserAttributeNames: ['phone_number'] });
    expect((await pool.api.getUser({ AccessToken: token })).UserMFASettingList).toBeUndefined();
  });

  it('cannot be switched off where the pool requires one', async () => {
    const strict = await pool.createPool();
    await pool.createUser(strict.UserPoolId, 'ada', { email: 'ada@example.com' });
    const AccessToken = await pool.accessToken(strict, 'ada');
    await set(AccessToken, { EmailMfaSettings: { Enabled: true } });
    await pool.api.setUserPoolMfaConfig({
      UserPoolId: strict.UserPoolId,
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    await set(AccessToken, { EmailMfaSettings: on, SMSMfaSettings: { Enabled: false } });
    await expect(set(AccessToken, { EmailMfaSettings: { Enabled: false } })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('DeleteUser', () => {
  it('removes the user; the token names nobody, and the name is free', async () => {
    const AccessToken = await signedIn('leaver');
    await pool.api.deleteUser({ AccessToken });
    await expect(pool.api.getUser({ AccessToken })).rejects.toMatchObject({
      name: 'UserNotFoundException',
      message: 'User does not exist.',
    });
    await expect(signedIn('leaver')).resolves.toBeTypeOf('string');
    await expect(pool.api.getUser({ AccessToken })).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });
});
