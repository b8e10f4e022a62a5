import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, recording, requestOf } from './support/recording.ts';
import { openStage, password, type Stage } from './support/stage.ts';
import { requires } from './target.ts';

requires('functions', 'function events', 'inbox');

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const createPool = (others: Parameters<typeof recording>[1] = {}) =>
  stage.createPool({ LambdaConfig: recording(stage, others), AutoVerifiedAttributes: ['email'] });

const email = 'jane@example.com';
const UserAttributes = [{ Name: 'email', Value: email }];
const ClientMetadata = { from: 'client' };

describe('E.4 ClientMetadata of accounts', () => {
  it('E.4 ClientMetadata of SignUp and what belongs to it', async () => {
    const people = await createPool();
    const { UserPoolId, ClientId } = people;
    const Username = 'jane';
    const events = await eventsOf(stage, people, async () => {
      await stage.api.signUp({
        ClientId,
        Username,
        Password: password,
        UserAttributes,
        ClientMetadata,
        ValidationData: [{ Name: 'captcha', Value: 'ok' }],
      });
      const ConfirmationCode = await stage.newestCode(UserPoolId, Username, 'signUp');
      await stage.api.confirmSignUp({ ClientId, Username, ConfirmationCode, ClientMetadata });
      await stage.api.forgotPassword({ ClientId, Username, ClientMetadata });
    });
    expect(requestOf(events, 'PreSignUp')).toMatchObject({
      clientMetadata: ClientMetadata,
      validationData: { captcha: 'ok' },
      userAttributes: { email },
    });
    for (const source of ['CustomMessage_SignUp', 'PostConfirmation', 'CustomMessage_ForgotPassword'])
      expect(requestOf(events, source)).toMatchObject({ clientMetadata: ClientMetadata });
  });

  it('E.4 ClientMetadata of an auto-confirmed SignUp reaches post confirmation', async () => {
    const people = await createPool({ PreSignUp: 'auto-confirm' });
    const events = await eventsOf(stage, people, () =>
      stage.api.signUp({ ClientId: people.ClientId, Username: 'jane', Password: password, ClientMetadata }),
    );
    expect(requestOf(events, 'PostConfirmation')).toMatchObject({ clientMetadata: ClientMetadata });
  });

  it('E.4 ClientMetadata of every call that sends a code or confirms', async () => {
    const people = await createPool();
    const { UserPoolId, ClientId } = people;
    const Username = 'jane';
    const newEmail = (Value: string) => [{ Name: 'email', Value }];
    await stage.api.signUp({ ClientId, Username, Password: password, UserAttributes });
    let AccessToken = '';
    const calls: [string, () => Promise<unknown>][] = [
      [
        'CustomMessage_ResendCode',
        () => stage.api.resendConfirmationCode({ ClientId, Username, ClientMetadata }),
      ],
      [
        'PostConfirmation_ConfirmSignUp',
        () => stage.api.adminConfirmSignUp({ UserPoolId, Username, ClientMetadata }),
      ],
      [
        'CustomMessage_UpdateUserAttribute',
        async () => {
          ({ AccessToken } = await stage.signIn(people, Username));
          await stage.api.updateUserAttributes({
            AccessToken,
            UserAttributes: newEmail('new@example.com'),
            ClientMetadata,
          });
        },
      ],
      [
        'CustomMessage_VerifyUserAttribute',
        () =>
          stage.api.getUserAttributeVerificationCode({ AccessToken, AttributeName: 'email', ClientMetadata }),
      ],
      [
        'CustomMessage_UpdateUserAttribute',
        () =>
          stage.api.adminUpdateUserAttributes({
            UserPoolId,
            Username,
            UserAttributes: newEmail('newer@example.com'),
            ClientMetadata,
          }),
      ],
      [
        'PostConfirmation_ConfirmForgotPassword',
        async () => {
          await stage.api.verifyUserAttribute({
            AccessToken,
            AttributeName: 'email',
            Code: await stage.newestCode(UserPoolId, Username, 'verify'),
          });
          await stage.api.forgotPassword({ ClientId, Username });
          await stage.api.confirmForgotPassword({
            ClientId,
            Username,
            Password: password,
            ConfirmationCode: await stage.newestCode(UserPoolId, Username, 'forgot'),
            ClientMetadata,
          });
        },
      ],
    ];
    for (const [source, call] of calls)
      expect(requestOf(await eventsOf(stage, people, call), source)).toMatchObject({
        clientMetadata: ClientMetadata,
      });
  });
});
