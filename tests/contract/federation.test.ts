import { decodeJwt } from 'jose';
import type * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openJarBrowser } from '../support/jar-browser.ts';
import { eventsOf, recording } from './support/recording.ts';
import {
  authorize,
  createHostedPool,
  discover,
  exchange,
  fillIn,
  oauthSettings,
} from './support/relying-party.ts';
import { attributeRecord, type ContractClient, openStage, required, type Stage } from './support/stage.ts';
import { requires } from './target.ts';

requires('functions', 'function events');

let stage: Stage;
let relying: ContractClient;
let config: client.Configuration;

/** A user pool signs people in through another one, which plays the OpenID Connect provider. */
beforeAll(async () => {
  stage = await openStage();
  const provider = await createHostedPool(stage);
  await stage.createUser(provider.UserPoolId, 'jane', { email: 'jane@example.com', email_verified: 'true' });

  const hosted = await createHostedPool(stage, { LambdaConfig: recording(stage) });
  const { UserPoolId } = hosted;
  const { authorization_endpoint } = (await discover(stage, hosted)).serverMetadata();
  const idpClient = await stage.createClient(provider.UserPoolId, {
    ...oauthSettings,
    GenerateSecret: true,
    CallbackURLs: [required(authorization_endpoint).replace(/authorize$/, 'idpresponse')],
  });
  const idp = (await discover(stage, provider)).serverMetadata();
  await stage.api.createIdentityProvider({
    UserPoolId,
    ProviderName: 'Partner',
    ProviderType: 'OIDC',
    ProviderDetails: {
      client_id: idpClient.ClientId,
      client_secret: required(idpClient.ClientSecret),
      attributes_request_method: 'GET',
      oidc_issuer: idp.issuer,
      authorize_scopes: 'openid email',
      authorize_url: required(idp.authorization_endpoint),
      token_url: required(idp.token_endpoint),
      attributes_url: required(idp.userinfo_endpoint),
      jwks_uri: required(idp.jwks_uri),
    },
    AttributeMapping: { email: 'email' },
  });
  relying = await stage.createClient(UserPoolId, {
    ...oauthSettings,
    SupportedIdentityProviders: ['COGNITO', 'Partner'],
  });
  config = await discover(stage, relying);
});
afterAll(() => stage.close());

async function signIn() {
  const begun = await authorize(config, { identity_provider: 'Partner' });
  const browser = openJarBrowser(begun.address.origin);
  return exchange(config, await fillIn(browser, begun.address, 'jane'), begun);
}

describe('E.4 order of triggers of federated sign-ins', () => {
  it('E.4 order: the first one signs up, the later ones authenticate', async () => {
    let tokens: Awaited<ReturnType<typeof signIn>> | undefined;
    const sourcesOf = async () =>
      (
        await eventsOf(stage, relying, async () => {
          tokens = await signIn();
        })
      ).map(({ triggerSource }) => triggerSource);
    expect(await sourcesOf()).toEqual([
      'PreSignUp_ExternalProvider',
      'PostConfirmation_ConfirmSignUp',
      'TokenGeneration_HostedAuth',
    ]);
    expect(await sourcesOf()).toEqual([
      'PreAuthentication_Authentication',
      'PostAuthentication_Authentication',
      'TokenGeneration_HostedAuth',
    ]);

    const id = decodeJwt(required(tokens?.id_token));
    const username = String(id['cognito:username']);
    expect(username).toMatch(/^Partner_/);
    expect(id).toMatchObject({
      email: 'jane@example.com',
      'cognito:groups': [`${relying.UserPoolId}_Partner`],
      identities: [
        {
          userId: username.replace('Partner_', ''),
          providerName: 'Partner',
          providerType: 'OIDC',
          primary: 'true',
          dateCreated: expect.stringMatching(/^\d{13}$/),
        },
      ],
    });
    const user = await stage.api.adminGetUser({ UserPoolId: relying.UserPoolId, Username: username });
    expect(user.UserStatus).toBe('EXTERNAL_PROVIDER');
    expect(JSON.parse(required(attributeRecord(user.UserAttributes).identities))).toMatchObject([
      { providerName: 'Partner', primary: true, dateCreated: expect.any(Number) },
    ]);
  });
});
