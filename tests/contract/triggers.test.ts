import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allMfa, createMfaPool } from './support/mfa-pools.ts';
import { eventsOf, recording } from './support/recording.ts';
import { createHostedPool, discover, postForm, signInByCode } from './support/relying-party.ts';
import {
  type ContractClient,
  completeTokens,
  openStage,
  password,
  required,
  type Stage,
} from './support/stage.ts';
import { requires } from './target.ts';

requires('functions', 'function events');

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const createPool = (others: Parameters<typeof recording>[1] = {}) =>
  stage.createPool({ LambdaConfig: recording(stage, others), AutoVerifiedAttributes: ['email'] });

const sourcesOf = async (people: ContractClient, run: () => Promise<unknown>) =>
  (await eventsOf(stage, people, run)).map(({ triggerSource }) => triggerSource);

const email = 'jane@example.com';
const UserAttributes = [{ Name: 'email', Value: email }];

const signUp = ({ ClientId }: ContractClient) =>
  stage.api.signUp({ ClientId, Username: 'jane', Password: password, UserAttributes });

describe('E.4 order of triggers', () => {
  requires('inbox');

  it('E.4 order: sign-up, resend, confirmation, forgotten password, sign-in, refresh', async () => {
    const people = await createPool();
    const { UserPoolId, ClientId } = people;
    const Username = 'jane';
    expect(await sourcesOf(people, () => signUp(people))).toEqual([
      'PreSignUp_SignUp',
      'CustomMessage_SignUp',
    ]);
    expect(await sourcesOf(people, () => stage.api.resendConfirmationCode({ ClientId, Username }))).toEqual([
      'CustomMessage_ResendCode',
    ]);
    const ConfirmationCode = await stage.newestCode(UserPoolId, Username, 'signUp');
    expect(
      await sourcesOf(people, () => stage.api.confirmSignUp({ ClientId, Username, ConfirmationCode })),
    ).toEqual(['PostConfirmation_ConfirmSignUp']);
    expect(await sourcesOf(people, () => stage.api.forgotPassword({ ClientId, Username }))).toEqual([
      'CustomMessage_ForgotPassword',
    ]);
    const reset = await stage.newestCode(UserPoolId, Username, 'forgot');
    expect(
      await sourcesOf(people, () =>
        stage.api.confirmForgotPassword({
          ClientId,
          Username,
          ConfirmationCode: reset,
          Password: password,
        }),
      ),
    ).toEqual(['PostConfirmation_ConfirmForgotPassword']);
    let tokens = { AccessToken: '', RefreshToken: '' };
    expect(
      await sourcesOf(people, async () => {
        tokens = await stage.signIn(people, Username);
      }),
    ).toEqual([
      'PreAuthentication_Authentication',
      'PostAuthentication_Authentication',
      'TokenGeneration_Authentication',
    ]);
    expect(
      await sourcesOf(people, () =>
        stage.api.initiateAuth({
          ClientId,
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken },
        }),
      ),
    ).toEqual(['TokenGeneration_RefreshTokens']);
    expect(
      await sourcesOf(people, () =>
        stage.api.updateUserAttributes({
          AccessToken: tokens.AccessToken,
          UserAttributes: [{ Name: 'email', Value: 'new@example.com' }],
        }),
      ),
    ).toEqual(['CustomMessage_UpdateUserAttribute']);
    expect(
      await sourcesOf(people, () =>
        stage.api.getUserAttributeVerificationCode({
          AccessToken: tokens.AccessToken,
          AttributeName: 'email',
        }),
      ),
    ).toEqual(['CustomMessage_VerifyUserAttribute']);
  });

  it('E.4 order: auto-confirmed sign-up', async () => {
    const people = await createPool({ PreSignUp: 'auto-confirm' });
    let answer = {};
    const sources = await sourcesOf(people, async () => {
      answer = await signUp(people);
    });
    expect(sources).toEqual(['PreSignUp_SignUp', 'PostConfirmation_ConfirmSignUp']);
    expect(answer).toMatchObject({ UserConfirmed: true });
    expect(answer).not.toHaveProperty('CodeDeliveryDetails');
  });

  it('E.4 order: invitation, and the new password of the first sign-in', async () => {
    const people = await createPool();
    const { UserPoolId, ClientId } = people;
    expect(
      await sourcesOf(people, () =>
        stage.api.adminCreateUser({
          UserPoolId,
          Username: 'jane',
          TemporaryPassword: 'Temporary-Contract-1',
          UserAttributes,
          DesiredDeliveryMediums: ['EMAIL'],
        }),
      ),
    ).toEqual(['PreSignUp_AdminCreateUser', 'CustomMessage_AdminCreateUser']);
    expect(
      await sourcesOf(people, async () => {
        const { Session } = await stage.api.initiateAuth({
          ClientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: 'jane', PASSWORD: 'Temporary-Contract-1' },
        });
        await stage.api.respondToAuthChallenge({
          ClientId,
          ChallengeName: 'NEW_PASSWORD_REQUIRED',
          Session,
          ChallengeResponses: { USERNAME: 'jane', NEW_PASSWORD: password },
        });
      }),
    ).toEqual([
      'PreAuthentication_Authentication',
      'PostAuthentication_Authentication',
      'TokenGeneration_NewPasswordChallenge',
    ]);
  });

  it('E.4 order: second factor by SMS', async () => {
    const people = await createMfaPool(stage, 'ON', allMfa, { LambdaConfig: recording(stage) });
    const { UserPoolId, ClientId } = people;
    await stage.createUser(UserPoolId, 'jane', {
      phone_number: '+12065550100',
      phone_number_verified: 'true',
    });
    expect(
      await sourcesOf(people, async () => {
        const { Session } = await stage.api.initiateAuth({
          ClientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: 'jane', PASSWORD: password },
        });
        const SMS_MFA_CODE = await stage.newestCode(UserPoolId, 'jane', 'sms');
        const { AuthenticationResult } = await stage.api.respondToAuthChallenge({
          ClientId,
          ChallengeName: 'SMS_MFA',
          Session,
          ChallengeResponses: { USERNAME: 'jane', SMS_MFA_CODE },
        });
        completeTokens(AuthenticationResult);
      }),
    ).toEqual([
      'PreAuthentication_Authentication',
      'CustomMessage_Authentication',
      'PostAuthentication_Authentication',
      'TokenGeneration_Authentication',
    ]);
  });

  it('E.4 order: migration of an unknown user, at sign-in and at a forgotten password', async () => {
    const people = await createPool({ UserMigration: 'migrate' });
    const { ClientId, UserPoolId } = people;
    expect(await sourcesOf(people, () => stage.signIn(people, 'old-jane', 'pw-of-old-times!'))).toEqual([
      'UserMigration_Authentication',
      'PostAuthentication_Authentication',
      'TokenGeneration_Authentication',
    ]);
    await expect(stage.signIn(people, 'old-jane', 'pw-of-old-times!')).resolves.toHaveProperty('IdToken');
    expect(
      await sourcesOf(people, () => stage.api.forgotPassword({ ClientId, Username: 'old-june' })),
    ).toEqual(['UserMigration_ForgotPassword', 'CustomMessage_ForgotPassword']);
    await expect(stage.api.adminGetUser({ UserPoolId, Username: 'old-june' })).resolves.toHaveProperty(
      'UserStatus',
      'CONFIRMED',
    );
  });

  it('E.4 order: hosted pages, the token endpoint’s refresh, and client credentials', async () => {
    const people = await createHostedPool(stage, { LambdaConfig: recording(stage) });
    const { UserPoolId } = people;
    await stage.createUser(UserPoolId, 'jane');
    const config = await discover(stage, people);
    const endpoint = config.serverMetadata().token_endpoint;
    let refresh_token = '';
    expect(
      await sourcesOf(people, async () => {
        refresh_token = required((await signInByCode(config, 'jane')).refresh_token);
      }),
    ).toEqual([
      'PreAuthentication_Authentication',
      'PostAuthentication_Authentication',
      'TokenGeneration_HostedAuth',
    ]);
    const fields = { grant_type: 'refresh_token', client_id: people.ClientId, refresh_token };
    expect(await sourcesOf(people, () => postForm(endpoint, fields))).toEqual([
      'TokenGeneration_RefreshTokens',
    ]);
  });
});

describe('E.4 custom messages', () => {
  requires('inbox');

  it('E.4 a custom message is sent with its code and username filled in', async () => {
    const people = await createPool({ CustomMessage: 'custom-message' });
    const { UserPoolId } = people;
    await signUp(people);
    const [message] = await stage.inboxOf(UserPoolId, 'jane');
    expect(message).toMatchObject({ subject: 'From a function', medium: 'EMAIL' });
    expect(message?.body).toBe(`CustomMessage_SignUp: ${message?.code} -`);
    await stage.api.adminCreateUser({
      UserPoolId,
      Username: 'invited',
      TemporaryPassword: 'Temporary-Contract-1',
      UserAttributes,
      DesiredDeliveryMediums: ['EMAIL'],
    });
    const [invitation] = await stage.inboxOf(UserPoolId, 'invited');
    expect(invitation?.body).toBe('CustomMessage_AdminCreateUser: Temporary-Contract-1 invited');
  });
});
