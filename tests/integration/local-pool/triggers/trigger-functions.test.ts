import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runPostAuthentication } from '../../../../local-pool/src/lambda/post-authentication.ts';
import { runPostConfirmation } from '../../../../local-pool/src/lambda/post-confirmation.ts';
import { runPreAuthentication } from '../../../../local-pool/src/lambda/pre-authentication.ts';
import { runPreSignUp } from '../../../../local-pool/src/lambda/pre-sign-up.ts';
import { createUser } from '../../../../local-pool/src/model/create-user.ts';
import type { User } from '../../../../local-pool/src/model/user.ts';
import { envelope, startTriggerPool, type TriggerPool, unrecognizable } from './trigger-pool.ts';

let running: TriggerPool;
let ada: User;

beforeAll(async () => {
  running = await startTriggerPool();
  const attributes = { email: 'ada@example.com', email_verified: 'true' };
  ada = createUser(running.pool, running.aliases, 'ada', undefined, attributes, 'CONFIRMED');
});
beforeEach(() => running.reset());
afterAll(() => running.close());

const adasAttributes = () => ({
  sub: ada.sub,
  'cognito:user_status': 'CONFIRMED',
  email: 'ada@example.com',
  email_verified: 'true',
});

const onlyEvent = () => running.onlyEvent();

describe('pre sign-up', () => {
  const grace = { username: 'grace', attributes: { email: 'grace@example.com' } };
  const signUp = (newUser: Parameters<typeof runPreSignUp>[4] = grace) =>
    runPreSignUp(running.pool, running.aliases, running.legacy, 'PreSignUp_SignUp', newUser);

  it('is told of the new user, the validation data and the metadata', async () => {
    await signUp({ ...grace, validationData: { captcha: 'ok' }, clientMetadata: { campaign: 'x' } });
    expect(onlyEvent()).toEqual({
      ...envelope('PreSignUp_SignUp', 'grace', 'legacy'),
      request: {
        userAttributes: { email: 'grace@example.com' },
        validationData: { captcha: 'ok' },
        clientMetadata: { campaign: 'x' },
      },
      response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
    });
  });

  it('by an administrator names no client', async () => {
    await runPreSignUp(running.pool, running.aliases, undefined, 'PreSignUp_AdminCreateUser', grace);
    expect(onlyEvent()).toMatchObject(
      envelope('PreSignUp_AdminCreateUser', 'grace', 'CLIENT_ID_NOT_APPLICABLE'),
    );
  });

  it('confirms and verifies as the function says, and not where it says nothing', async () => {
    expect(await signUp()).toEqual({
      autoConfirmUser: false,
      autoVerifyEmail: false,
      autoVerifyPhone: false,
    });
    running.on('PreSignUp', () => ({ autoConfirmUser: true, autoVerifyEmail: true, autoVerifyPhone: null }));
    expect(await signUp()).toEqual({ autoConfirmUser: true, autoVerifyEmail: true, autoVerifyPhone: false });
    running.on('PreSignUp', () => ({}));
    expect(await signUp()).toEqual({
      autoConfirmUser: false,
      autoVerifyEmail: false,
      autoVerifyPhone: false,
    });
  });

  it.each([{ autoVerifyPhone: true }, { autoConfirmUser: 'true' }, { autoVerifyEmail: 1 }])(
    'that answers %j is unrecognizable',
    async (response) => {
      running.on('PreSignUp', () => response);
      await expect(signUp()).rejects.toMatchObject(unrecognizable);
    },
  );

  it('cannot verify the email of someone without one, unless an administrator makes them', async () => {
    running.on('PreSignUp', () => ({ autoVerifyEmail: true }));
    const nobody = { username: 'grace', attributes: {} };
    await expect(signUp(nobody)).rejects.toMatchObject(unrecognizable);
    const byAdmin = 'PreSignUp_AdminCreateUser';
    await runPreSignUp(running.pool, running.aliases, undefined, byAdmin, nobody);
  });

  it('refuses with the message that it throws', async () => {
    running.on('PreSignUp', () => {
      throw new Error('No sign-ups!');
    });
    await expect(signUp()).rejects.toMatchObject({
      code: 'UserLambdaValidationException',
      message: 'PreSignUp failed with error No sign-ups!.',
    });
  });

  it('that does not answer is called three times', async () => {
    running.on('PreSignUp', () => new Promise(() => {}));
    await expect(signUp()).rejects.toMatchObject({
      code: 'UnexpectedLambdaException',
      message: 'PreSignUp invocation failed due to error Timeout.',
    });
    expect(running.events).toHaveLength(3);
  });
});

describe('post confirmation', () => {
  const run = (source: Parameters<typeof runPostConfirmation>[3], metadata?: Record<string, string>) =>
    runPostConfirmation(running.pool, running.aliases, running.legacy, source, ada, metadata);

  it.each(['PostConfirmation_ConfirmSignUp', 'PostConfirmation_ConfirmForgotPassword'] as const)(
    'is told of the user: %s',
    async (source) => {
      await run(source, { a: 'b' });
      expect(onlyEvent()).toEqual({
        ...envelope(source, 'ada', 'legacy'),
        request: { userAttributes: adasAttributes(), clientMetadata: { a: 'b' } },
        response: {},
      });
    },
  );

  it('fails with the message that it throws', async () => {
    running.on('PostConfirmation', () => Promise.reject(new Error('no table')));
    await expect(run('PostConfirmation_ConfirmSignUp')).rejects.toMatchObject({
      code: 'UserLambdaValidationException',
      message: 'PostConfirmation failed with error no table.',
    });
  });

  it('sees linked accounts as JSON', async () => {
    const identity = { userId: '1', providerName: 'Google', providerType: 'Google', issuer: null };
    const identities = [{ ...identity, primary: true, dateCreated: 5 }];
    const linked = { ...ada, details: { identities } };
    const source = 'PostConfirmation_ConfirmSignUp';
    await runPostConfirmation(running.pool, running.aliases, undefined, source, linked);
    const { userAttributes } = onlyEvent().request as { userAttributes: Record<string, string> };
    expect(JSON.parse(userAttributes.identities ?? '')).toEqual(identities);
  });
});

describe('pre authentication', () => {
  const run = (user: User | undefined, client = running.legacy, validationData?: Record<string, string>) =>
    runPreAuthentication(running.pool, running.aliases, client, { user, username: 'typed', validationData });

  it('is told of the user and what the client gave along', async () => {
    await run(ada, running.legacy, { ip: '::1' });
    expect(onlyEvent()).toEqual({
      ...envelope('PreAuthentication_Authentication', 'ada', 'legacy'),
      request: { userAttributes: adasAttributes(), validationData: { ip: '::1' } },
      response: {},
    });
  });

  it('is told who does not exist, at a client that hides it', async () => {
    await run(undefined, running.discreet);
    expect(onlyEvent()).toMatchObject({
      userName: 'typed',
      request: { userAttributes: {}, userNotFound: true },
    });
    running.reset();
    await run(ada, running.discreet);
    expect(onlyEvent().request).toMatchObject({ userNotFound: false });
  });

  it('is not asked about nobody at any other client, nor about the disabled', async () => {
    await run(undefined, running.legacy);
    await run({ ...ada, enabled: false }, running.discreet);
    expect(running.events).toEqual([]);
  });

  it('refuses with the message that it throws', async () => {
    running.on('PreAuthentication', () => {
      throw new Error('Not from here');
    });
    await expect(run(ada)).rejects.toMatchObject({
      code: 'UserLambdaValidationException',
      message: 'PreAuthentication failed with error Not from here.',
    });
  });
});

describe('post authentication', () => {
  it('is told of the user, the device and the metadata', async () => {
    await runPostAuthentication(running.pool, running.aliases, running.legacy, ada, {
      newDeviceUsed: true,
      clientMetadata: { a: 'b' },
    });
    expect(onlyEvent()).toEqual({
      ...envelope('PostAuthentication_Authentication', 'ada', 'legacy'),
      request: { userAttributes: adasAttributes(), newDeviceUsed: true, clientMetadata: { a: 'b' } },
      response: {},
    });
  });

  it('refuses with the message that it throws', async () => {
    running.on('PostAuthentication', () => {
      throw new Error('no');
    });
    const signIn = { newDeviceUsed: false };
    await expect(
      runPostAuthentication(running.pool, running.aliases, running.legacy, ada, signIn),
    ).rejects.toMatchObject({ message: 'PostAuthentication failed with error no.' });
  });
});

describe('a user pool without triggers', () => {
  it('calls none', async () => {
    const { pool, untriggered, discreet } = running;
    const newUser = { username: 'grace', attributes: {} };
    expect(await runPreSignUp(pool, untriggered, discreet, 'PreSignUp_SignUp', newUser)).toEqual({
      autoConfirmUser: false,
      autoVerifyEmail: false,
      autoVerifyPhone: false,
    });
    await runPostConfirmation(pool, untriggered, discreet, 'PostConfirmation_ConfirmSignUp', ada);
    await runPreAuthentication(pool, untriggered, discreet, { user: ada, username: 'ada' });
    await runPostAuthentication(pool, untriggered, discreet, ada, { newDeviceUsed: false });
    expect(running.events).toEqual([]);
  });
});
