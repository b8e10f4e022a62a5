import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MigrationAttempt, runUserMigration } from '../../../../local-pool/src/lambda/user-migration.ts';
import type { AppClient } from '../../../../local-pool/src/model/app-client.ts';
import { createUser } from '../../../../local-pool/src/model/create-user.ts';
import type { User } from '../../../../local-pool/src/model/user.ts';
import { findUserByTypedName } from '../../../../local-pool/src/model/user-names.ts';
import type { UserPool } from '../../../../local-pool/src/model/user-pool.ts';
import { fitsCredential } from '../../../../local-pool/src/srp/credential.ts';
import { envelope, startTriggerPool, type TriggerPool } from './trigger-pool.ts';

let running: TriggerPool;

beforeAll(async () => {
  running = await startTriggerPool();
});
beforeEach(() => running.reset());
afterAll(() => running.close());

let people = 0;
/** A name that nobody has yet. */
function newName(): string {
  people += 1;
  return `person-${people}`;
}

const migrate = (
  attempt: MigrationAttempt,
  client: AppClient = running.legacy,
  userPool: UserPool = running.aliases,
) =>
  runUserMigration(
    running.pool,
    userPool,
    client,
    attempt.password === undefined ? 'UserMigration_ForgotPassword' : 'UserMigration_Authentication',
    attempt,
  );

const answer = (response: Record<string, unknown>) => running.on('UserMigration', () => response);
const find = (name: string) => findUserByTypedName(running.pool, running.aliases, name);
const hasPassword = ({ srpSalt = '', srpVerifier = '', username }: User, password: string) =>
  fitsCredential({ srpSalt, srpVerifier }, 'Aliases01', username, password);

describe('user migration', () => {
  it('is told of the name, the password and what the client gave along', async () => {
    await migrate({
      username: 'typed',
      password: 'old secret',
      validationData: { a: 'b' },
      clientMetadata: { c: 'd' },
    });
    expect(running.onlyEvent()).toMatchObject({
      ...envelope('UserMigration_Authentication', 'typed', 'legacy'),
      request: { password: 'old secret', validationData: { a: 'b' }, clientMetadata: { c: 'd' } },
    });
    running.reset();
    await migrate({ username: 'typed' });
    expect(running.onlyEvent()).toMatchObject({
      triggerSource: 'UserMigration_ForgotPassword',
      request: expect.not.objectContaining({ password: expect.anything() }),
    });
  });

  it('takes a confirmed user over, with a password that the policy would not allow', async () => {
    const username = newName();
    answer({
      userAttributes: { email: `${username}@example.com`, email_verified: 'true', name: '' },
      finalUserStatus: 'CONFIRMED',
      messageAction: 'SUPPRESS',
    });
    const user = await migrate({ username, password: 'short' });
    expect(user).toEqual(find(username));
    expect(find(`${username}@example.com`)).toEqual(user);
    expect(user).toMatchObject({
      username,
      status: 'CONFIRMED',
      enabled: true,
      attributes: { email: `${username}@example.com`, email_verified: 'true' },
    });
    expect(user && hasPassword(user, 'short')).toBe(true);
  });

  it.each([{}, { finalUserStatus: null }, { finalUserStatus: 'RESET_REQUIRED' }])(
    'with %j the password must be reset',
    async (rest) => {
      const username = newName();
      answer({ userAttributes: { name: 'Grace' }, ...rest });
      expect(await migrate({ username, password: 'old secret' })).toMatchObject({ status: 'RESET_REQUIRED' });
      expect(find(username)).toMatchObject({ status: 'RESET_REQUIRED' });
    },
  );

  it('of someone who forgot the password gives them none', async () => {
    const username = newName();
    answer({ userAttributes: { email: `${username}@example.com`, email_verified: 'true' } });
    const user = await migrate({ username });
    expect(user).toMatchObject({ status: 'RESET_REQUIRED' });
    expect(user).not.toHaveProperty('srpVerifier');
  });

  it('may give another username than the one that was typed', async () => {
    const username = newName();
    const email = `${username}@example.com`;
    answer({ userAttributes: { username, email, email_verified: 'true' }, finalUserStatus: 'CONFIRMED' });
    const user = await migrate({ username: email, password: 'old secret' });
    expect(user).toMatchObject({ username, attributes: { email, email_verified: 'true' } });
    expect(find(email)).toEqual(user);
  });

  it('makes an address the username where the pool wants that', async () => {
    answer({ userAttributes: { username: 'ignored', email: 'x@example.com', email_verified: 'true' } });
    const typed = 'Hedy@Example.com';
    const user = await migrate(
      { username: typed, password: 'old secret' },
      running.legacy,
      running.addresses,
    );
    expect(user?.username).toBe(user?.sub);
    expect(user?.attributes).toEqual({ email: 'hedy@example.com', email_verified: 'true' });
  });

  it('may switch SMS on for those who have a number', async () => {
    answer({
      userAttributes: { phone_number: '+15555550100', phone_number_verified: 'true' },
      enableSMSMFA: true,
    });
    const user = await migrate({ username: newName(), password: 'old secret' });
    expect(find(user?.username ?? '')?.details).toEqual({ mfaFactors: ['SMS_MFA'], preferredMfa: 'SMS_MFA' });
    answer({ userAttributes: { name: 'Grace' }, enableSMSMFA: true });
    expect((await migrate({ username: newName(), password: 'old secret' }))?.details).toEqual({});
  });

  it.each([{}, { userAttributes: null }, { userAttributes: {}, finalUserStatus: 'CONFIRMED' }])(
    '%j means that the other directory does not know them',
    async (response) => {
      const username = newName();
      answer(response);
      expect(await migrate({ username, password: 'old secret' })).toBeUndefined();
      expect(find(username)).toBeUndefined();
    },
  );

  it('does not happen in a pool without the trigger', async () => {
    const attempt = { username: 'ada', password: 'old secret' };
    expect(await migrate(attempt, running.legacy, running.untriggered)).toBeUndefined();
  });
});

describe('an alias that somebody has', () => {
  async function rivals(forceAliasCreation: boolean) {
    const [holder, newcomer] = [newName(), newName()];
    const attributes = { email: `${holder}@example.com`, email_verified: 'true' };
    createUser(running.pool, running.aliases, holder, undefined, attributes, 'CONFIRMED');
    answer({ userAttributes: attributes, finalUserStatus: 'CONFIRMED', forceAliasCreation });
    return { holder, newcomer, email: attributes.email };
  }

  it('moves to the newcomer by force', async () => {
    const { holder, newcomer, email } = await rivals(true);
    const user = await migrate({ username: newcomer, password: 'old secret' });
    expect(find(email)).toEqual(user);
    expect(find(holder)?.attributes).toEqual({ email, email_verified: 'false' });
  });

  it('stays otherwise, and nobody is created', async () => {
    const { holder, newcomer, email } = await rivals(false);
    await expect(migrate({ username: newcomer, password: 'old secret' })).rejects.toMatchObject({
      code: 'UsernameExistsException',
    });
    expect(find(newcomer)).toBeUndefined();
    expect(find(email)?.username).toBe(holder);
    expect(find(holder)?.attributes.email_verified).toBe('true');
  });
});

describe('a migration that fails', () => {
  const attempt = () => ({ username: newName(), password: 'old secret' });
  const failures: [string, () => unknown][] = [
    [
      'throws',
      () => {
        throw new Error('Bad password');
      },
    ],
    ['does not answer', () => new Promise(() => {})],
    ['answers with a number for an attribute', () => ({ userAttributes: { name: 5 } })],
    [
      'answers with another status',
      () => ({ userAttributes: { name: 'x' }, finalUserStatus: 'UNCONFIRMED' }),
    ],
  ];

  it.each(failures)('because it %s says so', async (_, behaviour) => {
    running.on('UserMigration', behaviour);
    await expect(migrate(attempt())).rejects.toMatchObject({
      code: 'UserNotFoundException',
      message: 'Exception migrating user in app client legacy',
    });
  });

  it.each(failures)(
    'because it %s is as if nobody were there, at a client that hides it',
    async (_, behaviour) => {
      running.on('UserMigration', behaviour);
      expect(await migrate(attempt(), running.discreet)).toBeUndefined();
      expect(running.lines).toEqual([
        'The user migration of app client discreet failed: UserNotFoundException.',
      ]);
    },
  );

  it.each([
    ['an attribute that the schema does not have', { 'custom:nothing': 'x' }],
    ['an address that is none', { email: 'nonsense' }],
    ['no possible username', { username: 'ada@example.com' }],
  ])('because it answers with %s creates nobody', async (_, userAttributes) => {
    answer({ userAttributes });
    const who = attempt();
    await expect(migrate(who)).rejects.toMatchObject({ code: 'InvalidParameterException' });
    expect(await migrate(who, running.discreet)).toBeUndefined();
    expect(find(who.username)).toBeUndefined();
  });

  it('does not hand out a username that somebody has', async () => {
    const taken = newName();
    createUser(running.pool, running.aliases, taken, 'Their-own-1', {}, 'CONFIRMED');
    answer({ userAttributes: { username: taken, name: 'x' }, finalUserStatus: 'CONFIRMED' });
    await expect(migrate(attempt())).rejects.toMatchObject({ code: 'UsernameExistsException' });
    const owner = find(taken);
    expect(owner && hasPassword(owner, 'Their-own-1')).toBe(true);
  });
});

describe('someone who comes into being while the trigger is asked', () => {
  it('is not signed in by a password that is not theirs', async () => {
    const username = newName();
    running.on('UserMigration', () => {
      createUser(running.pool, running.aliases, username, 'Their-own-1', {}, 'CONFIRMED');
      return { userAttributes: { name: 'x' }, finalUserStatus: 'CONFIRMED' };
    });
    expect(await migrate({ username, password: 'old secret' })).toBeUndefined();
    expect(find(username)?.attributes).toEqual({});
  });

  it('is the same person when two sign-ins migrate them at once', async () => {
    const attempt = { username: newName(), password: 'old secret' };
    answer({ userAttributes: { name: 'x' }, finalUserStatus: 'CONFIRMED' });
    const [first, second] = await Promise.all([migrate(attempt), migrate(attempt)]);
    expect(first?.sub).toEqual(expect.any(String));
    expect(second?.sub).toBe(first?.sub);
  });
});
