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

beforeAll(async () => {
  pool = await startUserPoolApi();
});
afterAll(() => pool.close());

const signUp = ({ ClientId }: TestPool, Username: string, attributes: Record<string, string> = {}) =>
  pool.api.signUp({ ClientId, Username, Password: password, UserAttributes: attributeList(attributes) });

async function confirm(people: TestPool, Username: string, ForceAliasCreation?: boolean): Promise<void> {
  const { ClientId, UserPoolId } = people;
  const ConfirmationCode = await pool.newestCode(UserPoolId, Username, 'signUp');
  await pool.api.confirmSignUp({ ClientId, Username, ConfirmationCode, ForceAliasCreation });
}

async function attributesOf({ UserPoolId }: TestPool, Username: string) {
  return attributeRecord((await pool.api.adminGetUser({ UserPoolId, Username })).UserAttributes);
}

describe('alias attributes', () => {
  let people: TestPool;
  beforeAll(async () => {
    people = await pool.createPool({
      AliasAttributes: ['email', 'phone_number', 'preferred_username'],
      AutoVerifiedAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
    });
  });

  it('an address signs in once it is verified, whatever its case', async () => {
    await signUp(people, 'ada', { email: 'Ada@Example.com' });
    await expect(pool.accessToken(people, 'ada@example.com')).rejects.toMatchObject({
      name: 'UserNotFoundException',
    });
    await confirm(people, 'ada');
    await expect(pool.accessToken(people, 'ADA@example.com')).resolves.toBeTypeOf('string');
    expect((await attributesOf(people, 'ada@example.com')).email).toBe('ada@example.com');
  });

  it('a username may not look like an alias', async () => {
    await expect(signUp(people, 'ada@other.example')).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Username cannot be of email format, since user pool is configured for email alias.',
    });
    await expect(signUp(people, '+12065550100')).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('a taken address is refused at confirmation, or moved: its old holder’s is unverified then', async () => {
    await signUp(people, 'first', { email: 'shared@example.com' });
    await confirm(people, 'first');
    await signUp(people, 'second', { email: 'shared@example.com' });
    await expect(confirm(people, 'second')).rejects.toMatchObject({
      name: 'AliasExistsException',
      message: 'An account with the email already exists.',
    });
    await confirm(people, 'second', true);
    expect((await attributesOf(people, 'first')).email_verified).toBe('false');
    const holder = await pool.api.adminGetUser({
      UserPoolId: people.UserPoolId,
      Username: 'shared@example.com',
    });
    expect(holder.Username).toBe('second');
  });

  it('preferred_username comes after confirmation, is unique, and signs in at once', async () => {
    await expect(signUp(people, 'mary', { preferred_username: 'queen' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        'Preferred username cannot be provided for unconfirmed account, since user pool is configured for preferred username alias.',
    });
    await pool.createUser(people.UserPoolId, 'mary');
    await pool.createUser(people.UserPoolId, 'hedy');
    const prefer = (Username: string, name: string) =>
      pool.api.adminUpdateUserAttributes({
        UserPoolId: people.UserPoolId,
        Username,
        UserAttributes: attributeList({ preferred_username: name }),
      });
    await prefer('mary', 'Queen');
    await expect(pool.accessToken(people, 'queen')).resolves.toBeTypeOf('string');
    await expect(prefer('hedy', 'queen')).rejects.toMatchObject({ name: 'AliasExistsException' });
    await expect(prefer('hedy', 'mary')).rejects.toMatchObject({ name: 'AliasExistsException' });
  });

  it('an administrator who verifies a taken address is refused; the user who verifies it takes it', async () => {
    const { UserPoolId } = people;
    const held = { email: 'held@example.com', email_verified: 'true' };
    await pool.createUser(UserPoolId, 'holder', held);
    await pool.createUser(UserPoolId, 'rival', { email: 'held@example.com' });
    await expect(
      pool.api.adminUpdateUserAttributes({
        UserPoolId,
        Username: 'rival',
        UserAttributes: attributeList({ email_verified: 'true' }),
      }),
    ).rejects.toMatchObject({ name: 'AliasExistsException' });
    await expect(pool.createUser(UserPoolId, 'third', held)).rejects.toMatchObject({
      name: 'UsernameExistsException',
      message: 'An account with the email already exists.',
    });

    const AccessToken = await pool.accessToken(people, 'rival');
    await pool.api.getUserAttributeVerificationCode({ AccessToken, AttributeName: 'email' });
    const Code = await pool.newestCode(UserPoolId, 'rival', 'verify');
    await pool.api.verifyUserAttribute({ AccessToken, AttributeName: 'email', Code });
    expect((await attributesOf(people, 'held@example.com')).sub).toBe(
      (await attributesOf(people, 'rival')).sub,
    );
    expect((await attributesOf(people, 'holder')).email_verified).toBe('false');
  });

  it('nobody takes the sub of another as a name', async () => {
    const sub = await pool.createUser(people.UserPoolId, 'victim');
    await expect(signUp(people, sub)).rejects.toMatchObject({ name: 'UsernameExistsException' });
    await pool.createUser(people.UserPoolId, 'thief');
    await expect(
      pool.api.adminUpdateUserAttributes({
        UserPoolId: people.UserPoolId,
        Username: 'thief',
        UserAttributes: attributeList({ preferred_username: sub }),
      }),
    ).rejects.toMatchObject({ name: 'AliasExistsException' });
    expect((await pool.api.adminGetUser({ UserPoolId: people.UserPoolId, Username: sub })).Username).toBe(
      'victim',
    );
  });

  it('of two parallel confirmations of one address, one wins', async () => {
    for (const name of ['twin1', 'twin2']) await signUp(people, name, { email: 'twin@example.com' });
    const outcomes = await Promise.allSettled([confirm(people, 'twin1'), confirm(people, 'twin2')]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('username attributes', () => {
  let people: TestPool;
  beforeAll(async () => {
    people = await pool.createPool({
      UsernameAttributes: ['email', 'phone_number'],
      AutoVerifiedAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
    });
  });

  it('the username becomes the sub, and both names are good', async () => {
    const { UserSub } = await signUp(people, 'Ada@Example.com');
    await confirm(people, 'ada@example.com');
    const user = await pool.api.adminGetUser({
      UserPoolId: people.UserPoolId,
      Username: 'ADA@example.com',
    });
    expect(user.Username).toBe(UserSub);
    expect(attributeRecord(user.UserAttributes).email).toBe('ada@example.com');
    await expect(pool.accessToken(people, UserSub ?? '')).resolves.toBeTypeOf('string');
    await expect(pool.accessToken(people, 'ada@example.com')).resolves.toBeTypeOf('string');
  });

  it('a name that is taken, or of the wrong form, is refused at sign-up', async () => {
    await signUp(people, 'grace@example.com');
    await expect(signUp(people, 'GRACE@example.com')).rejects.toMatchObject({
      name: 'UsernameExistsException',
      message: 'An account with the given email already exists.',
    });
    await signUp(people, '+12065550101');
    await expect(signUp(people, '+12065550101')).rejects.toMatchObject({
      message: 'An account with the given phone_number already exists.',
    });
    await expect(signUp(people, 'grace')).rejects.toMatchObject({
      message: 'Username should be either an email or a phone number.',
    });
    const mail = await pool.createPool({ UsernameAttributes: ['email'] });
    await expect(signUp(mail, 'grace')).rejects.toMatchObject({ message: 'Username should be an email.' });
    const phone = await pool.createPool({ UsernameAttributes: ['phone_number'] });
    await expect(signUp(phone, 'grace')).rejects.toMatchObject({
      message: 'Username should be a phone number.',
    });
  });

  it('nobody changes their address to that of another', async () => {
    const { UserPoolId } = people;
    await pool.createUser(UserPoolId, 'hedy@example.com');
    await pool.createUser(UserPoolId, 'mary@example.com');
    const AccessToken = await pool.accessToken(people, 'mary@example.com');
    await expect(
      pool.api.updateUserAttributes({
        AccessToken,
        UserAttributes: attributeList({ email: 'HEDY@example.com' }),
      }),
    ).rejects.toMatchObject({
      name: 'AliasExistsException',
      message: 'An account with the email already exists.',
    });
  });
});

describe('LP-12 names are compared in one form', () => {
  it('full-width letters and signs are the plain ones; case counts where the pool says so', async () => {
    const plain = await pool.createPool();
    await signUp(plain, 'ada');
    await expect(signUp(plain, 'ａｄａ')).rejects.toMatchObject({ name: 'UsernameExistsException' });
    await expect(signUp(plain, 'Ada')).resolves.toMatchObject({ UserConfirmed: false });

    const blind = await pool.createPool({ UsernameConfiguration: { CaseSensitive: false } });
    await signUp(blind, 'Ada');
    await expect(signUp(blind, 'ADA')).rejects.toMatchObject({ name: 'UsernameExistsException' });
    const { Username } = await pool.api.adminGetUser({ UserPoolId: blind.UserPoolId, Username: 'aDa' });
    expect(Username).toBe('ada');

    const mail = await pool.createPool({
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
    });
    await signUp(mail, 'ada@example.com');
    await expect(signUp(mail, 'ada＠example．com')).rejects.toMatchObject({
      name: 'UsernameExistsException',
    });
  });

  it('invisible characters and blanks are no part of a name', async () => {
    const plain = await pool.createPool();
    for (const name of ['ad\u200ba', 'ad\u202ea', 'a da', 'ada\n'])
      await expect(signUp(plain, name)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: expect.stringContaining("at 'username' failed to satisfy constraint") as string,
      });
    const mail = await pool.createPool({ UsernameAttributes: ['email'] });
    await expect(signUp(mail, 'ad\u200ba@example.com')).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('__proto__ and its like are names as any other', async () => {
    const plain = await pool.createPool();
    for (const name of ['__proto__', 'constructor', 'toString']) {
      await signUp(plain, name);
      const user = await pool.api.adminGetUser({ UserPoolId: plain.UserPoolId, Username: name });
      expect(user.Username).toBe(name);
      await expect(signUp(plain, `x${name}`, { [name]: 'x' })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    }
  });
});
