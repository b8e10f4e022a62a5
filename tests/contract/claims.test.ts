import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { functionEvents } from './support/function-events.ts';
import { functionArn } from './support/recording.ts';
import {
  createHostedPool,
  discover,
  oauthSettings,
  postForm,
  signInByCode,
} from './support/relying-party.ts';
import { type ContractClient, openStage, required, type Stage } from './support/stage.ts';
import { requires } from './target.ts';

requires('functions');

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const given = 'arn:aws:iam::000000000000:role/Given';

/** A hosted pool with a user in a group whose role the triggers change. */
async function createPool(LambdaVersion: 'V1_0' | 'V2_0' | 'V3_0', name: string): Promise<ContractClient> {
  const LambdaArn = functionArn(stage, name);
  const people = await createHostedPool(stage, {
    LambdaConfig: { PreTokenGeneration: LambdaArn, PreTokenGenerationConfig: { LambdaVersion, LambdaArn } },
  });
  const { UserPoolId } = people;
  await stage.createUser(UserPoolId, 'jane', {
    email: 'jane@example.com',
    phone_number: '+12065550100',
    family_name: 'Doe',
  });
  const RoleArn = 'arn:aws:iam::000000000000:role/Own';
  await stage.api.createGroup({ UserPoolId, GroupName: 'own', RoleArn });
  await stage.api.adminAddUserToGroup({ UserPoolId, Username: 'jane', GroupName: 'own' });
  return people;
}

describe('E.4 pre token generation', () => {
  it('E.4 V1_0: adds and suppresses in the ID token, groups in both, protected claims stay', async () => {
    const people = await createPool('V1_0', 'claims-v1');
    const { IdToken, AccessToken } = await stage.signIn(people, 'jane');
    const id = decodeJwt(IdToken);
    expect(id).toMatchObject({
      tenant: 'acme',
      'cognito:groups': ['given'],
      'cognito:roles': [given],
      'cognito:preferred_role': given,
      aud: people.ClientId,
      'cognito:username': 'jane',
    });
    expect(id.sub).not.toBe('forged');
    expect(id.iss).not.toBe('forged');
    for (const name of ['email', 'family_name']) expect(id).not.toHaveProperty(name);
    const access = decodeJwt(AccessToken);
    expect(access).toMatchObject({ 'cognito:groups': ['given'], sub: id.sub });
    expect(access).not.toHaveProperty('tenant');
  });

  it('E.4 V2_0: typed claims in both tokens, groups overridden, protected claims stay', async () => {
    const people = await createPool('V2_0', 'claims-v2');
    const { IdToken, AccessToken } = await stage.signIn(people, 'jane');
    const id = decodeJwt(IdToken);
    expect(id).toMatchObject({
      plan: 'gold',
      limits: { max: 5 },
      tags: ['a', 'b'],
      n: 3,
      b: true,
      aud: people.ClientId,
      'cognito:groups': ['given'],
    });
    for (const name of ['email', 'cognito:roles', 'cognito:preferred_role'])
      expect(id).not.toHaveProperty(name);
    const access = decodeJwt<{ scope: string }>(AccessToken);
    expect(access).toMatchObject({
      tenant: 'acme',
      client_id: people.ClientId,
      token_use: 'access',
      username: 'jane',
      'cognito:groups': ['given'],
    });
    expect(access.exp).toBeGreaterThan(required(access.iat));
    expect(access.scope.split(' ').toSorted()).toEqual([
      'anything',
      'aws.cognito.signin.user.admin',
      'orders/read',
    ]);
  });

  it('E.4 V2_0: scopes are added and suppressed on hosted sign-in, and again at refresh', async () => {
    const people = await createPool('V2_0', 'claims-v2');
    const config = await discover(stage, people);
    const tokens = await signInByCode(config, 'jane', { scope: 'openid phone' });
    const scopesOf = (token: string) => decodeJwt<{ scope: string }>(token).scope.split(' ').toSorted();
    const expected = ['anything', 'openid', 'orders/read'];
    expect(scopesOf(tokens.access_token)).toEqual(expected);
    const { body } = await postForm(config.serverMetadata().token_endpoint, {
      grant_type: 'refresh_token',
      client_id: people.ClientId,
      refresh_token: required(tokens.refresh_token),
    });
    expect(scopesOf((body as { access_token: string }).access_token)).toEqual(expected);
  });

  it('E.4 V3_0: client credentials too', async () => {
    const people = await createPool('V3_0', 'claims-v2');
    const { UserPoolId } = people;
    await stage.api.createResourceServer({
      UserPoolId,
      Identifier: 'orders',
      Name: 'Orders',
      Scopes: [{ ScopeName: 'write', ScopeDescription: 'Write' }],
    });
    const { ClientId, ClientSecret } = await stage.createClient(UserPoolId, {
      ...oauthSettings,
      GenerateSecret: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['orders/write'],
    });
    const config = await discover(stage, people);
    const { body } = await postForm(config.serverMetadata().token_endpoint, {
      grant_type: 'client_credentials',
      client_id: ClientId,
      client_secret: required(ClientSecret),
    });
    const access = decodeJwt<{ scope: string }>((body as { access_token: string }).access_token);
    expect(access).toMatchObject({ tenant: 'acme', client_id: ClientId, sub: ClientId, token_use: 'access' });
    expect(access.scope.split(' ').toSorted()).toEqual(['anything', 'orders/read', 'orders/write']);
  });

  it('E.4 the events of the versions', async ({ skip }) => {
    skip(stage.functionEvents === '', 'The target has no function events.');
    for (const [version, name] of [
      ['1', 'claims-v1'],
      ['2', 'claims-v2'],
    ] as const) {
      const people = await createPool(`V${version}_0`, name);
      await stage.signIn(people, 'jane');
      const [event] = functionEvents(stage.functionEvents, people.UserPoolId);
      expect(event).toMatchObject({
        version,
        triggerSource: 'TokenGeneration_Authentication',
        userName: 'jane',
        request: {
          userAttributes: { email: 'jane@example.com', 'cognito:user_status': 'CONFIRMED' },
          groupConfiguration: {
            groupsToOverride: ['own'],
            iamRolesToOverride: ['arn:aws:iam::000000000000:role/Own'],
            preferredRole: 'arn:aws:iam::000000000000:role/Own',
          },
        },
      });
      if (version === '2')
        expect(event?.request).toMatchObject({ scopes: ['aws.cognito.signin.user.admin'] });
    }
  });
});
