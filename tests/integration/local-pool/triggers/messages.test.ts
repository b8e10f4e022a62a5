import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createUser } from '../../../../local-pool/src/model/create-user.ts';
import { type OutgoingMessage, sendMessage } from '../../../../local-pool/src/model/message.ts';
import type { User } from '../../../../local-pool/src/model/user.ts';
import type { UserPool } from '../../../../local-pool/src/model/user-pool.ts';
import { sendVerificationCode } from '../../../../local-pool/src/model/verification-code.ts';
import { envelope, startTriggerPool, type TriggerPool, unrecognizable } from './trigger-pool.ts';

let running: TriggerPool;
let ada: User;

beforeAll(async () => {
  running = await startTriggerPool();
  const attributes = { email: 'ada@example.com', email_verified: 'true', phone_number: '+15555550100' };
  ada = createUser(running.pool, running.aliases, 'ada', undefined, attributes, 'CONFIRMED');
});
beforeEach(() => running.reset());
afterAll(() => running.close());

interface InboxMessage {
  subject: string;
  body: string;
  code: string;
  medium: string;
  destination: string;
  purpose: string;
}

/** Ada's messages as the inbox gives them, newest first. */
async function inbox(): Promise<InboxMessage[]> {
  return (await (await fetch(`${running.url}/inbox.json?username=ada`)).json()) as InboxMessage[];
}

const mail: OutgoingMessage = {
  source: 'CustomMessage_SignUp',
  purpose: 'signUp',
  medium: 'EMAIL',
  destination: 'ada@example.com',
  code: '123456',
};

/** Sends a message and reads it in the inbox. */
async function send(change: Partial<OutgoingMessage> = {}, userPool: UserPool = running.aliases) {
  await sendMessage(running.pool, userPool, running.legacy, ada, { ...mail, ...change });
  const [newest] = await inbox();
  return newest;
}

describe('a message', () => {
  it('has the texts of Cognito', async () => {
    expect(await send()).toMatchObject({
      subject: 'Your verification code',
      body: 'Your verification code is 123456. ',
      code: '123456',
      medium: 'EMAIL',
      destination: 'ada@example.com',
      purpose: 'signUp',
    });
    expect(await send({ source: 'CustomMessage_AdminCreateUser', code: 'Temp-1' })).toMatchObject({
      subject: 'Your temporary password',
      body: 'Your username is ada and temporary password is Temp-1. ',
    });
    expect(
      await send({ source: 'CustomMessage_AdminCreateUser', username: 'ada@example.com' }),
    ).toMatchObject({
      body: 'Your username is ada@example.com and temporary password is 123456. ',
    });
  });

  it.each([
    ['CustomMessage_SignUp', 'EMAIL', { subject: 'S ada', body: 'email 123456 of ada' }],
    ['CustomMessage_ForgotPassword', 'SMS', { subject: '', body: 'sms 123456' }],
    ['CustomMessage_Authentication', 'SMS', { subject: '', body: 'mfa 123456' }],
    ['CustomMessage_Authentication', 'EMAIL', { subject: 'M', body: 'mail mfa 123456' }],
    ['CustomMessage_AdminCreateUser', 'EMAIL', { subject: 'I', body: 'hello ada 123456' }],
    ['CustomMessage_AdminCreateUser', 'SMS', { subject: '', body: 'sms ada 123456' }],
  ] as const)('has the texts of the pool where it has its own: %s by %s', async (source, medium, text) => {
    const messages = {
      emailVerification: 'email {####} of {username}',
      emailVerificationSubject: 'S {username}',
      smsVerification: 'sms {####}',
      smsAuthentication: 'mfa {####}',
      emailAuthentication: 'mail mfa {####}',
      emailAuthenticationSubject: 'M',
      emailInvitation: 'hello {username} {####}',
      emailInvitationSubject: 'I',
      smsInvitation: 'sms {username} {####}',
    };
    expect(await send({ source, medium }, { ...running.untriggered, messages })).toMatchObject(text);
  });

  it('fills in each parameter once: a name that looks like one is text', async () => {
    const messages = { emailVerification: '{username}: {####} $& {other}' };
    const sent = await send({ username: '{####}', code: '$&1' }, { ...running.untriggered, messages });
    expect(sent).toMatchObject({ body: '{####}: $&1 $& {other}' });
  });
});

describe('the custom message trigger', () => {
  it('is told what for, and never the code', async () => {
    await send({ clientMetadata: { a: 'b' } });
    expect(running.onlyEvent()).toEqual({
      ...envelope('CustomMessage_SignUp', 'ada', 'legacy'),
      request: {
        userAttributes: { sub: ada.sub, 'cognito:user_status': 'CONFIRMED', ...ada.attributes },
        codeParameter: '{####}',
        usernameParameter: null,
        clientMetadata: { a: 'b' },
      },
      response: { smsMessage: null, emailMessage: null, emailSubject: null },
    });
    expect(JSON.stringify(running.events)).not.toContain('123456');
  });

  it('writes the message, for the medium that is sent', async () => {
    running.on('CustomMessage', () => ({
      emailMessage: 'Hello {username}, it is {####}',
      emailSubject: 'Welcome',
      smsMessage: 'SMS {####}',
    }));
    expect(await send()).toMatchObject({ subject: 'Welcome', body: 'Hello ada, it is 123456' });
    expect(await send({ medium: 'SMS', destination: '+15555550100' })).toMatchObject({
      subject: '',
      body: 'SMS 123456',
      medium: 'SMS',
    });
  });

  it('does not send a text without the code, nor an invitation without the name', async () => {
    running.on('CustomMessage', () => ({ emailMessage: 'Hello', emailSubject: 'Welcome' }));
    expect(await send()).toMatchObject({ subject: 'Welcome', body: 'Your verification code is 123456. ' });
    running.on('CustomMessage', () => ({ emailMessage: 'It is {####}' }));
    const invitation = { source: 'CustomMessage_AdminCreateUser' } as const;
    expect(await send(invitation)).toMatchObject({
      body: 'Your username is ada and temporary password is 123456. ',
    });
    running.on('CustomMessage', ({ request }) => ({
      emailMessage: `${request.usernameParameter}, ${request.codeParameter}`,
    }));
    expect(await send(invitation)).toMatchObject({ body: 'ada, 123456' });
  });

  it.each([
    { smsMessage: `{####}${'x'.repeat(140)}` },
    { emailMessage: `{####}${'x'.repeat(20_000)}` },
    { emailSubject: 'x'.repeat(141) },
    { emailMessage: ['{####}'] },
  ])('that answers with a text that is too long, or none, sends nothing: %#', async (response) => {
    const before = await inbox();
    running.on('CustomMessage', () => response);
    await expect(send()).rejects.toMatchObject(unrecognizable);
    expect(await inbox()).toEqual(before);
  });

  it('that throws sends nothing, and leaves no code behind', async () => {
    const before = await inbox();
    running.on('CustomMessage', () => {
      throw new Error('No mail today');
    });
    const { pool, aliases, legacy } = running;
    await expect(
      sendVerificationCode(pool, aliases, legacy, ada, 'forgot', 'email', 'CustomMessage_ForgotPassword'),
    ).rejects.toMatchObject({
      code: 'UserLambdaValidationException',
      message: 'CustomMessage failed with error No mail today.',
    });
    expect(await inbox()).toEqual(before);
    expect(pool.store.sql('SELECT count(*) AS codes FROM verification_codes').get()).toEqual({ codes: 0 });
  });
});

describe('a verification code', () => {
  it('is told of by the trigger, and goes to the address', async () => {
    running.on('CustomMessage', () => ({ emailMessage: 'Reset with {####}', emailSubject: 'Reset' }));
    const { pool, aliases, legacy } = running;
    const source = 'CustomMessage_ForgotPassword';
    const delivery = await sendVerificationCode(pool, aliases, legacy, ada, 'forgot', 'email', source, {
      a: 'b',
    });
    expect(delivery).toEqual({ destination: 'a***@e***', deliveryMedium: 'EMAIL', attributeName: 'email' });
    expect(running.onlyEvent()).toMatchObject({
      triggerSource: source,
      request: { clientMetadata: { a: 'b' } },
    });
    const [newest] = await inbox();
    expect(newest).toMatchObject({ subject: 'Reset', body: `Reset with ${newest?.code}`, purpose: 'forgot' });
    expect(newest?.code).toMatch(/^\d{6}$/);
  });

  it('of a new address goes there and not to the old one', async () => {
    const changing = { ...ada, details: { pendingAttributes: { email: 'countess@example.com' } } };
    const { pool, aliases, legacy } = running;
    const source = 'CustomMessage_UpdateUserAttribute';
    await sendVerificationCode(pool, aliases, legacy, changing, 'verify', 'email', source);
    expect((await inbox())[0]).toMatchObject({ destination: 'countess@example.com' });
  });
});
