import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, functionArn, recording, requestOf } from './support/recording.ts';
import { createHostedPool, discover, oauthSettings, postForm } from './support/relying-party.ts';
import { completeTokens, openStage, password, required, type Stage } from './support/stage.ts';
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

describe('E.4 ClientMetadata', () => {
  it('E.4 ClientMetadata of InitiateAuth is validationData of pre authentication and migration alone', async () => {
    const people = await createPool({ UserMigration: 'migrate' });
    const events = await eventsOf(stage, people, () =>
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
    const again = await eventsOf(stage, people, () =>
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
    const events = await eventsOf(stage, people, () =>
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
    const custom = 'custom-auth';
    const people = await createPool({
      DefineAuthChallenge: custom,
      CreateAuthChallenge: custom,
      VerifyAuthChallengeResponse: custom,
    });
    const { UserPoolId, ClientId } = people;
    const Username = 'jane';
    const created = await eventsOf(stage, people, () =>
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
    const answered = await eventsOf(stage, people, async () => {
      const { AuthenticationResult } = await stage.api.respondToAuthChallenge({
        ClientId,
        ChallengeName: 'CUSTOM_CHALLENGE',
        Session: begun.Session,
        ChallengeResponses: { USERNAME: Username, ANSWER: '4' },
        ClientMetadata,
      });
      ({ RefreshToken } = completeTokens(AuthenticationResult));
    });
    for (const source of [
      'VerifyAuthChallenge',
      'DefineAuthChallenge',
      'PostAuthentication',
      'TokenGeneration',
    ])
      expect(requestOf(answered, source)).toMatchObject({ clientMetadata: ClientMetadata });

    const refreshed = await eventsOf(stage, people, () =>
      stage.api.getTokensFromRefreshToken({ ClientId, RefreshToken, ClientMetadata }),
    );
    expect(requestOf(refreshed, 'TokenGeneration')).toMatchObject({ clientMetadata: ClientMetadata });
    const reset = await eventsOf(stage, people, () =>
      stage.api.adminResetUserPassword({ UserPoolId, Username, ClientMetadata }),
    );
    expect(requestOf(reset, 'CustomMessage_ForgotPassword')).toMatchObject({
      clientMetadata: ClientMetadata,
    });
  });

  it('E.4 aws_client_metadata of the token endpoint reaches pre token generation V3_0', async () => {
    const people = await createHostedPool(stage, {
      LambdaConfig: {
        PreTokenGenerationConfig: { LambdaVersion: 'V3_0', LambdaArn: functionArn(stage, 'record') },
      },
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
    const events = await eventsOf(stage, people, () =>
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
