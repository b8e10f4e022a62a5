import type { LambdaConfigType } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { functionEvents } from './support/function-events.ts';
import { allMfa, createMfaPool } from './support/mfa-pools.ts';
import { createHostedPool, discover, oauthSettings, postForm, signInByCode } from './support/relying-party.ts';
import { completeTokens, type ContractClient, openStage, password, required, type Stage } from './support/stage.ts';
import { requires } from './target.ts';

requires('functions', 'function events');

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const arn = (name: string) => `${stage.functionArnPrefix}${name}`;

/** Every trigger of a sign-up and a sign-in, recording. @param others functions in the place of `record`. */
function recording(others: LambdaConfigType = {}): LambdaConfigType {
  const record = arn('record');
  return {
    PreSignUp: record,
    PostConfirmation: record,
    PreAuthentication: record,
    PostAuthentication: record,
    CustomMessage: record,
    PreTokenGeneration: record,
    ...others,
  };
}

const createPool = (others: LambdaConfigType = {}, settings = {}) =>
  stage.createPool({ LambdaConfig: recording(others), AutoVerifiedAttributes: ['email'], ...settings });

/** Runs something and gives the events that it caused. */
async function eventsOf({ UserPoolId }: ContractClient, run: () => Promise<unknown>) {
  const before = functionEvents(stage.functionEvents, UserPoolId).length;
  await run();
  return functionEvents(stage.functionEvents, UserPoolId).slice(before);
}

const sourcesOf = async (people: ContractClient, run: () => Promise<unknown>) =>
  (await eventsOf(people, run)).map(({ triggerSource }) => triggerSource);

const email = 'jane@example.com';
const UserAttributes = [{ Name: 'email', Value: email }];

const signUp = ({ ClientId }: ContractClient, more = {}) =>
  stage.api.signUp({ ClientId, Username: 'jane', Password: password, UserAttributes, ...more });

describe('E.4 order of triggers', () => {
  requires('inbox');

  it('E.4 order: sign-up, resend, confirmation, forgotten password, sign-in, refresh', async () => {
    const people = await createPool();
    const { UserPoolId, ClientId } = people;
    const Username = 'jane';
    expect(await sourcesOf(people, () => signUp(people))).toEqual(['PreSignUp_SignUp', 'CustomMessage_SignUp']);
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
        stage.api.getUserAttributeVerificationCode({ AccessToken: tokens.AccessToken, AttributeName: 'email' }),
      ),
    ).toEqual(['CustomMessage_VerifyUserAttribute']);
  });

  it('E.4 order: auto-confirmed sign-up', async () => {
    const people = await createPool({ PreSignUp: arn('auto-confirm') });
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
    const people = await createMfaPool(stage, 'ON', allMfa, { LambdaConfig: recording() });
    const { UserPoolId, ClientId } = people;
    await stage.createUser(UserPoolId, 'jane', { phone_number: '+12065550100', phone_number_verified: 'true' });
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
    const people = await createPool({ UserMigration: arn('migrate') });
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
    await expect(
      stage.api.adminGetUser({ UserPoolId, Username: 'old-june' }),
    ).resolves.toHaveProperty('UserStatus', 'CONFIRMED');
  });

  it('E.4 order: hosted pages, the token endpoint’s refresh, and client credentials', async () => {
    const people = await createHostedPool(stage, { LambdaConfig: recording() });
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
    expect(await sourcesOf(people, () => postForm(endpoint, fields))).toEqual(['TokenGeneration_RefreshTokens']);
  });
});

describe('E.4 ClientMetadata', () => {
  requires('inbox');

  const ClientMetadata = { from: 'client' };
  type Event = Awaited<ReturnType<typeof eventsOf>>[number];
  const requestOf = (events: Event[], source: string) =>
    required(events.find(({ triggerSource }) => triggerSource.startsWith(source))).request;

  it('E.4 ClientMetadata of SignUp and what belongs to it', async () => {
    const people = await createPool();
    const { UserPoolId, ClientId } = people;
    const Username = 'jane';
    const events = await eventsOf(people, async () => {
      await signUp(people, { ClientMetadata, ValidationData: [{ Name: 'captcha', Value: 'ok' }] });
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

  it('E.4 ClientMetadata of InitiateAuth is validationData of pre authentication and migration alone', async () => {
    const people = await createPool({ UserMigration: arn('migrate') });
    const events = await eventsOf(people, () =>
      stage.api.initiateAuth({
        ClientId: people.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'old-jane', PASSWORD: 'pw-of-old-times!' },
        ClientMetadata,
      }),
    );
    expect(requestOf(events, 'UserMigration')).toMatchObject({ validationData: ClientMetadata });
    for (const source of ['PostAuthentication', 'TokenGeneration'])
      expect(requestOf(events, source).clientMetadata ?? {}).toEqual({});
    const again = await eventsOf(people, () =>
      stage.api.initiateAuth({
        ClientId: people.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'old-jane', PASSWORD: 'pw-of-old-times!' },
        ClientMetadata,
      }),
    );
    expect(requestOf(again, 'PreAuthentication')).toMatchObject({ validationData: ClientMetadata });
    expect(requestOf(again, 'TokenGeneration').clientMetadata ?? {}).toEqual({});
  });

  it('E.4 ClientMetadata of RespondToAuthChallenge reaches post authentication and pre token generation', async () => {
    const people = await createPool();
    const { UserPoolId, ClientId } = people;
    await stage.api.adminCreateUser({
      UserPoolId,
      Username: 'jane',
      TemporaryPassword: 'Temporary-Contract-1',
      MessageAction: 'SUPPRESS',
    });
    const { Session } = await stage.api.initiateAuth({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'jane', PASSWORD: 'Temporary-Contract-1' },
    });
    const events = await eventsOf(people, () =>
      stage.api.respondToAuthChallenge({
        ClientId,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session,
        ChallengeResponses: { USERNAME: 'jane', NEW_PASSWORD: password },
        ClientMetadata,
      }),
    );
    for (const source of ['PostAuthentication', 'TokenGeneration'])
      expect(requestOf(events, source)).toMatchObject({ clientMetadata: ClientMetadata });
  });

  it('E.4 ClientMetadata of the custom challenges, of refreshes and of administrators', async () => {
    const custom = arn('custom-auth');
    const people = await createPool({
      DefineAuthChallenge: custom,
      CreateAuthChallenge: custom,
      VerifyAuthChallengeResponse: custom,
    });
    const { UserPoolId, ClientId } = people;
    const Username = 'jane';
    const created = await eventsOf(people, () =>
      stage.api.adminCreateUser({
        UserPoolId,
        Username,
        UserAttributes: [...UserAttributes, { Name: 'email_verified', Value: 'true' }],
        DesiredDeliveryMediums: ['EMAIL'],
        ClientMetadata,
      }),
    );
    for (const source of ['PreSignUp_AdminCreateUser', 'CustomMessage_AdminCreateUser'])
      expect(requestOf(created, source)).toMatchObject({ clientMetadata: ClientMetadata });
    await stage.api.adminSetUserPassword({ UserPoolId, Username, Password: password, Permanent: true });

    const begun = await stage.api.initiateAuth({
      ClientId,
      AuthFlow: 'CUSTOM_AUTH',
      AuthParameters: { USERNAME: Username },
    });
    let RefreshToken = '';
    const answered = await eventsOf(people, async () => {
      const { AuthenticationResult } = await stage.api.respondToAuthChallenge({
        ClientId,
        ChallengeName: 'CUSTOM_CHALLENGE',
        Session: begun.Session,
        ChallengeResponses: { USERNAME: Username, ANSWER: '4' },
        ClientMetadata,
      });
      ({ RefreshToken } = completeTokens(AuthenticationResult));
    });
    for (const source of ['VerifyAuthChallenge', 'DefineAuthChallenge', 'PostAuthentication', 'TokenGeneration'])
      expect(requestOf(answered, source)).toMatchObject({ clientMetadata: ClientMetadata });

    const refreshed = await eventsOf(people, () =>
      stage.api.getTokensFromRefreshToken({ ClientId, RefreshToken, ClientMetadata }),
    );
    expect(requestOf(refreshed, 'TokenGeneration')).toMatchObject({ clientMetadata: ClientMetadata });
    const reset = await eventsOf(people, () =>
      stage.api.adminResetUserPassword({ UserPoolId, Username, ClientMetadata }),
    );
    expect(requestOf(reset, 'CustomMessage_ForgotPassword')).toMatchObject({ clientMetadata: ClientMetadata });
  });

  it('E.4 aws_client_metadata of the token endpoint reaches pre token generation V3_0', async () => {
    const people = await createHostedPool(stage, {
      LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V3_0', LambdaArn: arn('record') } },
    });
    const { UserPoolId } = people;
    await stage.api.createResourceServer({
      UserPoolId,
      Identifier: 'orders',
      Name: 'Orders',
      Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read' }],
    });
    const service = await stage.createClient(UserPoolId, {
      ...oauthSettings,
      GenerateSecret: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['orders/read'],
    });
    const config = await discover(stage, service);
    const events = await eventsOf(people, () =>
      postForm(config.serverMetadata().token_endpoint, {
        grant_type: 'client_credentials',
        client_id: service.ClientId,
        client_secret: required(service.ClientSecret),
        aws_client_metadata: JSON.stringify(ClientMetadata),
      }),
    );
    expect(events).toMatchObject([
      {
        version: '3',
        triggerSource: 'TokenGeneration_ClientCredentials',
        userName: 'ClientCredentials',
        callerContext: { clientId: service.ClientId },
        request: { scopes: ['orders/read'], clientMetadata: ClientMetadata },
      },
    ]);
  });
});

describe('E.4 custom messages', () => {
  requires('inbox');

  it('E.4 a custom message is sent with its code and username filled in', async () => {
    const people = await createPool({ CustomMessage: arn('custom-message') });
    const { UserPoolId } = people;
    await signUp(people);
    const [message] = await stage.inboxOf(UserPoolId, 'jane');
    expect(message).toMatchObject({ subject: 'From a function', medium: 'EMAIL' });
    expect(message?.body.trim()).toBe(`CustomMessage_SignUp: ${message?.code}`);
  });
});
