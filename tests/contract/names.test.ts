import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attributeRecord, type ContractClient, openStage, password, type Stage } from './support/stage.ts';
import { requires } from './target.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const invalid = (message: string) => ({ name: 'InvalidParameterException', message });
const incorrect = { name: 'UserNotFoundException' };
const email = 'jane@example.com';
const phone_number = '+12065550100';

const signUp = ({ ClientId }: ContractClient, Username: string, attributes: Record<string, string> = {}) =>
  stage.api.signUp({
    ClientId,
    Username,
    Password: password,
    UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
  });

const usernameAt = async (client: ContractClient, name: string) =>
  decodeJwt((await stage.signIn(client, name)).IdToken)['cognito:username'];

describe('E.3 aliases', () => {
  it('E.3 neither: only the username signs in', async () => {
    const people = await stage.createPool();
    await stage.createUser(people.UserPoolId, 'jane', { email, email_verified: 'true' });
    expect(await usernameAt(people, 'jane')).toBe('jane');
    await expect(stage.signIn(people, email)).rejects.toMatchObject(incorrect);
  });

  it('E.3 AliasAttributes: verified addresses sign in, unverified ones do not; preferred_username always', async () => {
    const people = await stage.createPool({
      AliasAttributes: ['email', 'phone_number', 'preferred_username'],
    });
    const { UserPoolId } = people;
    await stage.createUser(UserPoolId, 'jane', { email, email_verified: 'true', phone_number });
    expect(await usernameAt(people, email)).toBe('jane');
    await expect(stage.signIn(people, phone_number)).rejects.toMatchObject(incorrect);
    await stage.api.adminUpdateUserAttributes({
      UserPoolId,
      Username: 'jane',
      UserAttributes: [
        { Name: 'phone_number_verified', Value: 'true' },
        { Name: 'preferred_username', Value: 'janey' },
      ],
    });
    expect(await usernameAt(people, phone_number)).toBe('jane');
    expect(await usernameAt(people, 'janey')).toBe('jane');
    const { Username } = await stage.api.adminGetUser({ UserPoolId, Username: email });
    expect(Username).toBe('jane');
  });

  it('E.3 AliasAttributes: a username of the form of an address is refused', async () => {
    const people = await stage.createPool({ AliasAttributes: ['email'] });
    await expect(signUp(people, email)).rejects.toMatchObject(
      invalid('Username cannot be of email format, since user pool is configured for email alias.'),
    );
  });

  it('E.3 AliasAttributes: an administrator cannot verify an alias that is taken', async () => {
    const people = await stage.createPool({ AliasAttributes: ['email'] });
    const { UserPoolId } = people;
    await stage.createUser(UserPoolId, 'jane', { email, email_verified: 'true' });
    await stage.createUser(UserPoolId, 'june', { email });
    await expect(
      stage.api.adminUpdateUserAttributes({
        UserPoolId,
        Username: 'june',
        UserAttributes: [{ Name: 'email_verified', Value: 'true' }],
      }),
    ).rejects.toMatchObject({ name: 'AliasExistsException' });
    expect(await usernameAt(people, email)).toBe('jane');
  });

  it('E.3 both settings together are refused', async () => {
    await expect(
      stage.createPool({ AliasAttributes: ['email'], UsernameAttributes: ['email'] }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('E.3 aliases of sign-ups', () => {
  requires('inbox');

  it('E.3 a confirmed alias is refused to a second user, or moved by ForceAliasCreation', async () => {
    const people = await stage.createPool({ AliasAttributes: ['email'], AutoVerifiedAttributes: ['email'] });
    const { UserPoolId, ClientId } = people;
    for (const name of ['first', 'second']) await signUp(people, name, { email });
    const confirm = async (Username: string, ForceAliasCreation: boolean) =>
      stage.api.confirmSignUp({
        ClientId,
        Username,
        ConfirmationCode: await stage.newestCode(UserPoolId, Username, 'signUp'),
        ForceAliasCreation,
      });
    await confirm('first', false);
    await expect(confirm('second', false)).rejects.toMatchObject({
      name: 'AliasExistsException',
      message: 'An account with the email already exists.',
    });
    await stage.api.resendConfirmationCode({ ClientId, Username: 'second' });
    await confirm('second', true);
    expect(await usernameAt(people, email)).toBe('second');
    const { UserAttributes } = await stage.api.adminGetUser({ UserPoolId, Username: 'first' });
    expect(attributeRecord(UserAttributes)).toMatchObject({ email, email_verified: 'false' });
  });
});

describe('E.3 username attributes', () => {
  it.each([
    [['email'], 'Username should be an email.'],
    [['phone_number'], 'Username should be a phone number.'],
    [['email', 'phone_number'], 'Username should be either an email or a phone number.'],
  ] as const)('E.3 UsernameAttributes %s: another form is refused', async (UsernameAttributes, message) => {
    const people = await stage.createPool({ UsernameAttributes: [...UsernameAttributes] });
    await expect(signUp(people, 'jane')).rejects.toMatchObject(invalid(message));
  });

  it('E.3 UsernameAttributes: the username is the sub, both names sign in, and a name is taken at once', async () => {
    const people = await stage.createPool({ UsernameAttributes: ['email'] });
    const { UserPoolId, ClientId } = people;
    const { UserSub } = await signUp(people, email);
    await stage.api.adminConfirmSignUp({ UserPoolId, Username: email });
    expect(await usernameAt(people, email)).toBe(UserSub);
    expect(await usernameAt(people, String(UserSub))).toBe(UserSub);
    await expect(signUp(people, email)).rejects.toMatchObject({
      name: 'UsernameExistsException',
      message: 'An account with the given email already exists.',
    });
    const { UserAttributes } = await stage.api.adminGetUser({ UserPoolId, Username: String(UserSub) });
    expect(attributeRecord(UserAttributes)).toMatchObject({ sub: UserSub, email });
    expect(ClientId).toBeTruthy();
  });

  it('E.3 a username that is taken', async () => {
    const people = await stage.createPool();
    await stage.createUser(people.UserPoolId, 'jane');
    await expect(signUp(people, 'jane')).rejects.toMatchObject({
      name: 'UsernameExistsException',
      message: 'User already exists',
    });
  });
});

describe('E.3 case', () => {
  it.each([
    ['as the API does by default', {}],
    ['when told', { UsernameConfiguration: { CaseSensitive: true } }],
  ])('E.3 case counts %s', async (_, settings) => {
    const people = await stage.createPool({ ...settings, AliasAttributes: ['email'] });
    const { UserPoolId } = people;
    await stage.createUser(UserPoolId, 'Jane', { email: 'Jane@Example.com', email_verified: 'true' });
    await stage.createUser(UserPoolId, 'jane', { email, email_verified: 'true' });
    expect(await usernameAt(people, 'Jane')).toBe('Jane');
    expect(await usernameAt(people, 'jane')).toBe('jane');
    expect(await usernameAt(people, 'Jane@Example.com')).toBe('Jane');
    await expect(stage.signIn(people, 'JANE')).rejects.toMatchObject(incorrect);
  });

  it('E.3 case does not count: names match and come back in lower case', async () => {
    const people = await stage.createPool({
      UsernameConfiguration: { CaseSensitive: false },
      AliasAttributes: ['email', 'preferred_username'],
    });
    const { UserPoolId } = people;
    await stage.createUser(UserPoolId, 'Jane', {
      email: 'Jane@Example.com',
      email_verified: 'true',
      preferred_username: 'Janey',
    });
    for (const name of ['JANE', 'jane', 'JANE@example.COM', 'JANEY'])
      expect(await usernameAt(people, name)).toBe('jane');
    const { IdToken } = await stage.signIn(people, 'Jane');
    expect(decodeJwt(IdToken)).toMatchObject({
      'cognito:username': 'jane',
      email,
      preferred_username: 'janey',
    });
    await expect(signUp(people, 'JANE')).rejects.toMatchObject({ name: 'UsernameExistsException' });
  });
});
