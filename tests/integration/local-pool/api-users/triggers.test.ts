import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  attributeList,
  attributeRecord,
  password,
  startUserPoolApi,
  type TestPool,
  type UserPoolApi,
} from './user-pool-api.ts';

interface SeenEvent {
  triggerSource: string;
  userName: string;
  callerContext: { clientId: string };
  request: Record<string, unknown>;
}

const folder = mkdtempSync(join(tmpdir(), 'cabana-'));
/** Where the handlers, which run in this process, leave what they see, and find how to behave. */
const shared = globalThis as unknown as { seenEvents: SeenEvent[]; respond: (event: SeenEvent) => object };
let pool: UserPoolApi;
let people: TestPool;

beforeAll(async () => {
  writeFileSync(
    join(folder, 'observer.mjs'),
    `export const handler = async (event) => {
      globalThis.seenEvents.push(structuredClone(event));
      Object.assign(event.response, globalThis.respond(event));
      return event;
    };`,
  );
  pool = await startUserPoolApi({ handlers: folder });
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:observer';
  people = await pool.createPool({
    AutoVerifiedAttributes: ['email'],
    LambdaConfig: { PreSignUp: arn, PostConfirmation: arn, CustomMessage: arn, UserMigration: arn },
  });
});
afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  shared.seenEvents = [];
  shared.respond = () => ({});
});

const sources = () => shared.seenEvents.map(({ triggerSource }) => triggerSource);
const named = (Username: string) => ({ UserPoolId: people.UserPoolId, Username });
const signUp = (Username: string, changes: object = {}) =>
  pool.api.signUp({
    ClientId: people.ClientId,
    Username,
    Password: password,
    UserAttributes: attributeList({ email: `${Username}@example.com` }),
    ClientMetadata: { from: 'sign-up' },
    ValidationData: [{ Name: 'invitation', Value: '42' }],
    ...changes,
  });
function onPreSignUp(response: object): void {
  shared.respond = ({ triggerSource }) => (triggerSource.startsWith('PreSignUp') ? response : {});
}

describe('triggers of sign-up', () => {
  it('SignUp runs PreSignUp, then CustomMessage; ConfirmSignUp runs PostConfirmation', async () => {
    await signUp('ada');
    expect(sources()).toEqual(['PreSignUp_SignUp', 'CustomMessage_SignUp']);
    expect(shared.seenEvents[0]).toMatchObject({
      userName: 'ada',
      callerContext: { clientId: people.ClientId },
      request: {
        userAttributes: { email: 'ada@example.com' },
        validationData: { invitation: '42' },
        clientMetadata: { from: 'sign-up' },
      },
    });
    expect(shared.seenEvents[1]?.request).toMatchObject({ clientMetadata: { from: 'sign-up' } });
    shared.seenEvents = [];
    await pool.api.resendConfirmationCode({
      ClientId: people.ClientId,
      Username: 'ada',
      ClientMetadata: { from: 'resend' },
    });
    await pool.api.confirmSignUp({
      ClientId: people.ClientId,
      Username: 'ada',
      ConfirmationCode: await pool.newestCode(people.UserPoolId, 'ada', 'signUp'),
      ClientMetadata: { from: 'confirm' },
    });
    expect(sources()).toEqual(['CustomMessage_ResendCode', 'PostConfirmation_ConfirmSignUp']);
    expect(shared.seenEvents[0]?.request).toMatchObject({ clientMetadata: { from: 'resend' } });
    expect(shared.seenEvents[1]?.request).toMatchObject({
      userAttributes: { email_verified: 'true', 'cognito:user_status': 'CONFIRMED' },
      clientMetadata: { from: 'confirm' },
    });
  });

  it('PreSignUp may confirm and verify: PostConfirmation follows, and no message', async () => {
    onPreSignUp({ autoConfirmUser: true, autoVerifyEmail: true });
    const answer = await signUp('grace');
    expect(answer.UserConfirmed).toBe(true);
    expect(answer.CodeDeliveryDetails).toBeUndefined();
    expect(sources()).toEqual(['PreSignUp_SignUp', 'PostConfirmation_ConfirmSignUp']);
    const user = await pool.api.adminGetUser(named('grace'));
    expect(user.UserStatus).toBe('CONFIRMED');
    expect(attributeRecord(user.UserAttributes).email_verified).toBe('true');
  });

  it('verifying without confirming does nothing', async () => {
    onPreSignUp({ autoVerifyEmail: true });
    expect((await signUp('hedy')).UserConfirmed).toBe(false);
    const { UserAttributes } = await pool.api.adminGetUser(named('hedy'));
    expect(attributeRecord(UserAttributes)).not.toHaveProperty('email_verified');
  });

  it('a user whom PreSignUp refuses is not made; one whom PostConfirmation fails stays confirmed', async () => {
    shared.respond = () => {
      throw new Error('No sign-ups!');
    };
    await expect(signUp('mary')).rejects.toMatchObject({
      name: 'UserLambdaValidationException',
      message: 'PreSignUp failed with error No sign-ups!.',
    });
    await expect(pool.api.adminGetUser(named('mary'))).rejects.toMatchObject({
      name: 'UserNotFoundException',
    });

    shared.respond = () => ({});
    await signUp('mary');
    shared.respond = () => {
      throw new Error('Too late');
    };
    await expect(pool.api.adminConfirmSignUp(named('mary'))).rejects.toMatchObject({
      name: 'UserLambdaValidationException',
      message: 'PostConfirmation failed with error Too late.',
    });
    expect((await pool.api.adminGetUser(named('mary'))).UserStatus).toBe('CONFIRMED');
  });

  it('in a pool of addresses the trigger sees the name that the user will have', async () => {
    const arn = 'arn:aws:lambda:us-east-1:000000000000:function:observer';
    const mail = await pool.createPool({ UsernameAttributes: ['email'], LambdaConfig: { PreSignUp: arn } });
    const { UserSub } = await signUp('ada@example.com', { ClientId: mail.ClientId, UserAttributes: [] });
    expect(shared.seenEvents[0]?.userName).toBe(UserSub);
  });

  it('someone who is deleted while their message is written gets none, and nothing breaks', async () => {
    shared.respond = ({ triggerSource }) => {
      if (triggerSource === 'CustomMessage_SignUp')
        pool.pool.store.sql('DELETE FROM users WHERE username = ?').run('gone');
      return {};
    };
    await expect(signUp('gone')).resolves.toHaveProperty('UserSub');
    expect(await pool.messages(people.UserPoolId, 'gone')).toEqual([]);
  });
});

describe('triggers of administration', () => {
  it('AdminCreateUser runs PreSignUp, whose flags do not count, and CustomMessage', async () => {
    onPreSignUp({ autoConfirmUser: true, autoVerifyEmail: true });
    const { User } = await pool.api.adminCreateUser({
      ...named('invited'),
      UserAttributes: attributeList({ email: 'invited@example.com' }),
      ClientMetadata: { from: 'administrator' },
    });
    expect(sources()).toEqual(['PreSignUp_AdminCreateUser', 'CustomMessage_AdminCreateUser']);
    expect(shared.seenEvents[0]).toMatchObject({
      callerContext: { clientId: 'CLIENT_ID_NOT_APPLICABLE' },
      request: { clientMetadata: { from: 'administrator' } },
    });
    expect(User?.UserStatus).toBe('FORCE_CHANGE_PASSWORD');
    expect(attributeRecord(User?.Attributes)).not.toHaveProperty('email_verified');
  });

  it('AdminSetUserPassword runs none', async () => {
    await pool.api.adminSetUserPassword({ ...named('invited'), Password: password, Permanent: true });
    expect(sources()).toEqual([]);
  });
});

describe('triggers of recovery and attributes', () => {
  it('ForgotPassword runs CustomMessage, ConfirmForgotPassword PostConfirmation', async () => {
    const ClientMetadata = { from: 'recovery' };
    await pool.createUser(people.UserPoolId, 'lost', { email: 'lost@example.com', email_verified: 'true' });
    shared.seenEvents = [];
    const { ClientId } = people;
    await pool.api.forgotPassword({ ClientId, Username: 'lost', ClientMetadata });
    const ConfirmationCode = await pool.newestCode(people.UserPoolId, 'lost', 'forgot');
    await pool.api.confirmForgotPassword({
      ClientId,
      Username: 'lost',
      ConfirmationCode,
      Password: 'Another-demo-2',
      ClientMetadata,
    });
    expect(sources()).toEqual(['CustomMessage_ForgotPassword', 'PostConfirmation_ConfirmForgotPassword']);
    for (const { request } of shared.seenEvents)
      expect(request).toMatchObject({ clientMetadata: ClientMetadata });
  });

  it('UpdateUserAttributes and GetUserAttributeVerificationCode run CustomMessage', async () => {
    await pool.createUser(people.UserPoolId, 'moved', { email: 'moved@example.com' });
    const AccessToken = await pool.accessToken(people, 'moved');
    shared.seenEvents = [];
    shared.respond = () => ({ emailMessage: 'Yours: {####}', emailSubject: 'Hello' });
    await pool.api.updateUserAttributes({
      AccessToken,
      UserAttributes: attributeList({ email: 'moved@new.example' }),
      ClientMetadata: { from: 'update' },
    });
    await pool.api.getUserAttributeVerificationCode({ AccessToken, AttributeName: 'email' });
    expect(sources()).toEqual(['CustomMessage_UpdateUserAttribute', 'CustomMessage_VerifyUserAttribute']);
    expect(shared.seenEvents[0]?.request).toMatchObject({ clientMetadata: { from: 'update' } });
    const [message] = await pool.messages(people.UserPoolId, 'moved', 'verify');
    expect(message).toMatchObject({ subject: 'Hello', body: `Yours: ${message?.code}` });
  });

  it('ForgotPassword migrates whom the pool does not know', async () => {
    shared.respond = ({ triggerSource, userName }) =>
      triggerSource === 'UserMigration_ForgotPassword'
        ? {
            userAttributes: { email: `${userName}@example.com`, email_verified: 'true' },
            finalUserStatus: 'RESET_REQUIRED',
            messageAction: 'SUPPRESS',
          }
        : {};
    const { ClientId } = people;
    const { CodeDeliveryDetails } = await pool.api.forgotPassword({ ClientId, Username: 'migrant' });
    expect(CodeDeliveryDetails?.Destination).toBe('m***@e***');
    await pool.api.confirmForgotPassword({
      ClientId,
      Username: 'migrant',
      ConfirmationCode: await pool.newestCode(people.UserPoolId, 'migrant', 'forgot'),
      Password: password,
    });
    await expect(pool.accessToken(people, 'migrant')).resolves.toBeTypeOf('string');
  });
});
