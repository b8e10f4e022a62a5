import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createUser } from '../../../local-pool/src/model/create-user.ts';
import { releaseAliases } from '../../../local-pool/src/model/release-aliases.ts';
import {
  type AuthApi,
  attributeList,
  lambdaConfig,
  password,
  startAuthApi,
  type TestPool,
} from '../../integration/local-pool/api-auth/auth-api.ts';

let auth: AuthApi;
let people: TestPool;
let round = 0;
/** An address that nobody has yet. */
let victim: string;

beforeAll(async () => {
  auth = await startAuthApi();
  people = await auth.createPool({
    AliasAttributes: ['email', 'phone_number', 'preferred_username'],
    AutoVerifiedAttributes: ['email'],
    UsernameConfiguration: { CaseSensitive: false },
    LambdaConfig: lambdaConfig('UserMigration'),
  });
});
afterAll(() => auth.close());
beforeEach(() => {
  round += 1;
  victim = `victim${round}@example.com`;
  auth.resetTriggers();
});

const emailForm = {
  name: 'InvalidParameterException',
  message: 'Preferred username cannot be of email format, since user pool is configured for email alias.',
};
const phoneForm = {
  name: 'InvalidParameterException',
  message:
    'Preferred username cannot be of phone number format, since user pool is configured for phone number alias.',
};
const prefer = (preferred_username: string) => attributeList({ preferred_username });

/** That the owner of the address registers and signs in with it. */
async function expectVictimGetsIn(): Promise<void> {
  const { ClientId, UserPoolId } = people;
  const Username = `owner${round}`;
  const UserAttributes = attributeList({ email: victim });
  await auth.api.signUp({ ClientId, Username, Password: password, UserAttributes });
  const ConfirmationCode = await auth.newestCode(UserPoolId, Username, 'signUp');
  await auth.api.confirmSignUp({ ClientId, Username, ConfirmationCode });
  expect((await auth.api.adminGetUser({ UserPoolId, Username: victim })).Username).toBe(Username);
}

describe('nobody takes the address of another as their preferred username', () => {
  it('not by changing their own attributes, in whatever letters', async () => {
    await auth.createUser(people.UserPoolId, 'mallory');
    const AccessToken = await auth.accessToken(people, 'mallory');
    const update = (name: string) =>
      auth.api.updateUserAttributes({ AccessToken, UserAttributes: prefer(name) });
    for (const name of [victim, victim.toUpperCase(), victim.replace('@', '＠')])
      await expect(update(name)).rejects.toMatchObject(emailForm);
    await expect(update('+12065550100')).rejects.toMatchObject(phoneForm);
    await expect(update('＋12065550100')).rejects.toMatchObject(phoneForm);
    await expectVictimGetsIn();
    await expect(update('mallory the great')).resolves.toBeTruthy();
  });

  it('not by an administrator', async () => {
    const { UserPoolId } = people;
    const UserAttributes = prefer(victim);
    await expect(
      auth.api.adminCreateUser({ UserPoolId, Username: 'made', UserAttributes, MessageAction: 'SUPPRESS' }),
    ).rejects.toMatchObject(emailForm);
    await auth.createUser(UserPoolId, 'changed');
    await expect(
      auth.api.adminUpdateUserAttributes({ UserPoolId, Username: 'changed', UserAttributes }),
    ).rejects.toMatchObject(emailForm);
    await expectVictimGetsIn();
  });

  it('not with the password that replaces a temporary one', async () => {
    const { UserPoolId } = people;
    const TemporaryPassword = 'Temporary-1!';
    await auth.api.adminCreateUser({
      UserPoolId,
      Username: 'invited',
      TemporaryPassword,
      MessageAction: 'SUPPRESS',
    });
    const challenge = await auth.signIn(people, 'invited', TemporaryPassword);
    await expect(
      auth.answer(people, challenge, {
        USERNAME: 'invited',
        NEW_PASSWORD: password,
        'userAttributes.preferred_username': victim,
      }),
    ).rejects.toMatchObject(emailForm);
    await expectVictimGetsIn();
  });

  it('not by migration', async () => {
    auth.on('UserMigration', () => ({
      userAttributes: { preferred_username: victim },
      finalUserStatus: 'CONFIRMED',
      messageAction: 'SUPPRESS',
    }));
    await expect(auth.signIn(people, 'migrant', 'old secret')).rejects.toThrow();
    auth.resetTriggers();
    await expectVictimGetsIn();
  });

  it('but where no address signs in, a preferred username may look like one', async () => {
    const plain = await auth.createPool({ AliasAttributes: ['preferred_username'] });
    await auth.createUser(plain.UserPoolId, 'ada', { preferred_username: victim });
    await expect(auth.accessToken(plain, victim)).resolves.toBeTypeOf('string');
  });
});

it('an address is taken only from somebody whose address it is', () => {
  const { pool } = auth;
  const userPool = pool.userPool(people.UserPoolId);
  if (!userPool) throw new Error('The pool is gone.');
  const own = { email: `own${round}@example.com`, email_verified: 'true' };
  // As a store may have it from before such names were refused.
  const attributes = { ...own, preferred_username: victim };
  createUser(pool, userPool, 'squatter', password, attributes, 'CONFIRMED');
  releaseAliases(pool, userPool, { email: victim, email_verified: 'true' });
  return expect(
    auth.api.adminGetUser({ UserPoolId: people.UserPoolId, Username: own.email }),
  ).resolves.toMatchObject({ Username: 'squatter' });
});
