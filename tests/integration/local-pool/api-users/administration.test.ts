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
  people = await pool.createPool({
    AutoVerifiedAttributes: ['email'],
    Schema: [
      { Name: 'born', AttributeDataType: 'String', Mutable: false },
      { Name: 'score', AttributeDataType: 'String', DeveloperOnlyAttribute: true, Mutable: true },
    ],
  });
});
afterAll(() => pool.close());

const named = (Username: string) => ({ UserPoolId: people.UserPoolId, Username });
const create = (Username: string, changes: object = {}) =>
  pool.api.adminCreateUser({ ...named(Username), ...changes });
const email = (name: string) => ({ UserAttributes: attributeList({ email: `${name}@example.com` }) });
const get = (Username: string) => pool.api.adminGetUser(named(Username));
const attributesOf = async (Username: string) => attributeRecord((await get(Username)).UserAttributes);

describe('AdminCreateUser', () => {
  it('invites with a temporary password that the policy allows', async () => {
    const { User } = await create('ada', { ...email('ada'), DesiredDeliveryMediums: ['EMAIL'] });
    expect(User).toMatchObject({ Username: 'ada', Enabled: true, UserStatus: 'FORCE_CHANGE_PASSWORD' });
    expect(attributeRecord(User?.Attributes)).toEqual({
      sub: expect.any(String) as string,
      email: 'ada@example.com',
    });
    const [message] = await pool.messages(people.UserPoolId, 'ada', 'signUp');
    expect(message).toMatchObject({ medium: 'EMAIL', subject: 'Your temporary password' });
    expect(message?.body).toBe(`Your username is ada and temporary password is ${message?.code}. `);
    const challenge = await pool.api.initiateAuth({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: people.ClientId,
      AuthParameters: { USERNAME: 'ada', PASSWORD: message?.code ?? '' },
    });
    expect(challenge.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
  });

  it('a temporary password expires, and an invitation again renews it', async () => {
    await create('late', email('late'));
    const signIn = async () =>
      pool.api.initiateAuth({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: people.ClientId,
        AuthParameters: {
          USERNAME: 'late',
          PASSWORD: await pool.newestCode(people.UserPoolId, 'late', 'signUp'),
        },
      });
    const first = await pool.newestCode(people.UserPoolId, 'late', 'signUp');
    pool.clock.advance(7 * 24 * 60 * 60 * 1000);
    await expect(signIn()).rejects.toMatchObject({
      message: 'Temporary password has expired and must be reset by an administrator.',
    });
    await create('late', { MessageAction: 'RESEND' });
    expect(await pool.newestCode(people.UserPoolId, 'late', 'signUp')).not.toBe(first);
    await expect(signIn()).resolves.toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
  });

  it('SUPPRESS sends nothing; an own password is kept and judged', async () => {
    await create('quiet', {
      ...email('quiet'),
      MessageAction: 'SUPPRESS',
      TemporaryPassword: 'Temp-orary-1',
    });
    expect(await pool.messages(people.UserPoolId, 'quiet')).toEqual([]);
    await expect(create('weak', { TemporaryPassword: 'weakweak' })).rejects.toMatchObject({
      name: 'InvalidPasswordException',
      message: 'Password did not conform with policy: Password must have uppercase characters',
    });
    await expect(get('weak')).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });

  it('the invitation goes by the media asked for, else by what there is', async () => {
    const both = { email: 'both@example.com', phone_number: '+12065550100' };
    await create('both', {
      UserAttributes: attributeList(both),
      DesiredDeliveryMediums: ['SMS', 'EMAIL'],
    });
    const media = (await pool.messages(people.UserPoolId, 'both')).map(({ medium }) => medium);
    expect(media.sort()).toEqual(['EMAIL', 'SMS']);
    await create('mailed', email('mailed'));
    expect((await pool.messages(people.UserPoolId, 'mailed')).map(({ medium }) => medium)).toEqual(['EMAIL']);
    await expect(create('bare')).resolves.toHaveProperty('User');
  });

  it('refuses in Cognito’s words', async () => {
    await create('once', email('once'));
    await expect(create('once')).rejects.toMatchObject({
      name: 'UsernameExistsException',
      message: 'User account already exists',
    });
    await expect(create('nobody', { MessageAction: 'RESEND' })).rejects.toMatchObject({
      name: 'UserNotFoundException',
    });
    await pool.createUser(people.UserPoolId, 'settled');
    await expect(create('settled', { MessageAction: 'RESEND' })).rejects.toMatchObject({
      name: 'UnsupportedUserStateException',
      message: 'Resend not possible. settled status is not FORCE_CHANGE_PASSWORD',
    });
    await expect(
      pool.api.adminCreateUser({ UserPoolId: 'us-east-1_nowhere00', Username: 'x' }),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'User pool us-east-1_nowhere00 does not exist.',
    });
  });

  it('with codes as first factors a verified address needs no password', async () => {
    const codes = await pool.createPool({
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
    });
    const verified = attributeList({ email: 'ada@example.com', email_verified: 'true' });
    const { User } = await pool.api.adminCreateUser({
      UserPoolId: codes.UserPoolId,
      Username: 'ada',
      UserAttributes: verified,
    });
    expect(User?.UserStatus).toBe('CONFIRMED');
    const factors = await pool.api.adminGetUserAuthFactors({ UserPoolId: codes.UserPoolId, Username: 'ada' });
    expect(factors.ConfiguredUserAuthFactors).toEqual(['EMAIL_OTP']);
    const other = await pool.api.adminCreateUser({
      UserPoolId: codes.UserPoolId,
      Username: 'grace',
      UserAttributes: attributeList({ email: 'grace@example.com' }),
    });
    expect(other.User?.UserStatus).toBe('FORCE_CHANGE_PASSWORD');
  });

  it('ForceAliasCreation moves a verified address', async () => {
    const aliases = await pool.createPool({ AliasAttributes: ['email'] });
    const input = (Username: string) => ({
      UserPoolId: aliases.UserPoolId,
      Username,
      UserAttributes: attributeList({ email: 'a@example.com', email_verified: 'true' }),
    });
    await pool.api.adminCreateUser(input('first'));
    await expect(pool.api.adminCreateUser(input('second'))).rejects.toMatchObject({
      name: 'UsernameExistsException',
      message: 'An account with the email already exists.',
    });
    await pool.api.adminCreateUser({ ...input('second'), ForceAliasCreation: true });
    const first = await pool.api.adminGetUser({ UserPoolId: aliases.UserPoolId, Username: 'first' });
    expect(attributeRecord(first.UserAttributes).email_verified).toBe('false');
  });
});

describe('AdminSetUserPassword', () => {
  it('a permanent one confirms, any other must be changed', async () => {
    await create('mary', email('mary'));
    const set = (Permanent?: boolean) =>
      pool.api.adminSetUserPassword({ ...named('mary'), Password: password, Permanent });
    await set(true);
    expect((await get('mary')).UserStatus).toBe('CONFIRMED');
    const AccessToken = await pool.accessToken(people, 'mary');
    await set();
    expect((await get('mary')).UserStatus).toBe('FORCE_CHANGE_PASSWORD');
    await expect(pool.api.getUser({ AccessToken })).resolves.toHaveProperty('Username', 'mary');
    await expect(
      pool.api.adminSetUserPassword({ ...named('mary'), Password: 'weakweak', Permanent: true }),
    ).rejects.toMatchObject({ name: 'InvalidPasswordException' });
    await pool.api.signUp({ ClientId: people.ClientId, Username: 'new', Password: password });
    await pool.api.adminSetUserPassword({ ...named('new'), Password: password, Permanent: true });
    expect((await get('new')).UserStatus).toBe('CONFIRMED');
  });
});

describe('attributes by an administrator', () => {
  const update = (Username: string, attributes: Record<string, string>) =>
    pool.api.adminUpdateUserAttributes({ ...named(Username), UserAttributes: attributeList(attributes) });

  it('may verify addresses and set what only developers do', async () => {
    await pool.createUser(people.UserPoolId, 'hedy', { email: 'hedy@example.com', 'custom:born': '1914' });
    await update('hedy', { email_verified: 'true', 'dev:custom:score': '7' });
    expect(await attributesOf('hedy')).toMatchObject({ email_verified: 'true', 'dev:custom:score': '7' });
    await update('hedy', { email: 'hedy@new.example' });
    expect(await attributesOf('hedy')).toMatchObject({ email: 'hedy@new.example', email_verified: 'false' });
    expect((await pool.messages(people.UserPoolId, 'hedy', 'verify'))[0]?.destination).toBe(
      'hedy@new.example',
    );
    await update('hedy', { email: 'hedy@third.example', email_verified: 'true' });
    expect(await attributesOf('hedy')).toHaveProperty('email_verified', 'true');
    expect(await pool.messages(people.UserPoolId, 'hedy', 'verify')).toHaveLength(1);
    await pool.api.adminDeleteUserAttributes({
      ...named('hedy'),
      UserAttributeNames: ['email', 'dev:custom:score'],
    });
    expect(Object.keys(await attributesOf('hedy')).sort()).toEqual(['custom:born', 'sub']);
  });

  it('but not sub, nor what is immutable, nor what there is not', async () => {
    await pool.createUser(people.UserPoolId, 'lise');
    for (const name of ['sub', 'custom:born'])
      await expect(update('lise', { [name]: 'x' })).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: `user.${name}: Attribute cannot be updated.`,
      });
    await expect(update('lise', { 'custom:none': 'x' })).rejects.toMatchObject({
      message:
        'Attributes did not conform to the schema: custom:none: Attribute does not exist in the schema.\n',
    });
    await expect(update('nobody', { name: 'x' })).rejects.toMatchObject({
      name: 'UserNotFoundException',
      message: 'User does not exist.',
    });
  });
});

describe('AdminDeleteUser', () => {
  it('frees the name and the address, and a new user has a new sub', async () => {
    const mail = await pool.createPool({ UsernameAttributes: ['email'] });
    const first = await pool.createUser(mail.UserPoolId, 'ada@example.com');
    await pool.api.adminDeleteUser({ UserPoolId: mail.UserPoolId, Username: 'ada@example.com' });
    const second = await pool.createUser(mail.UserPoolId, 'ada@example.com');
    expect(second).not.toBe(first);
    await expect(
      pool.api.adminDeleteUser({ UserPoolId: mail.UserPoolId, Username: first }),
    ).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });
});

describe('sign-in events', () => {
  it('need threat protection, which a local pool has not', async () => {
    await pool.createUser(people.UserPoolId, 'watched');
    const refusal = { name: 'UserPoolAddOnNotEnabledException' };
    await expect(pool.api.adminListUserAuthEvents(named('watched'))).rejects.toMatchObject(refusal);
    const feedback = { EventId: 'event-1', FeedbackValue: 'Valid' } as const;
    await expect(
      pool.api.adminUpdateAuthEventFeedback({ ...named('watched'), ...feedback }),
    ).rejects.toMatchObject(refusal);
    await expect(
      pool.api.updateAuthEventFeedback({ ...named('watched'), ...feedback, FeedbackToken: 'token' }),
    ).rejects.toMatchObject(refusal);
  });
});
