import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ConfigurationApi,
  newUserPool,
  refusal,
  startConfigurationApi,
} from '../../integration/local-pool/api-configuration/configuration-api.ts';
import { load } from '../../unit/local-pool/template/load.ts';

const details = {
  client_id: 'us',
  attributes_request_method: 'GET',
  oidc_issuer: 'https://idp.example.com',
  authorize_scopes: 'openid',
};
const hostile = ['http://169.254.169.254/x', 'http://localhost.evil.com', 'file:///etc/passwd', 'x', '//a'];
const settings = ['oidc_issuer', 'authorize_url', 'token_url', 'attributes_url', 'jwks_uri'];

let server: ConfigurationApi;
let UserPoolId: string;
beforeAll(async () => {
  server = await startConfigurationApi();
  UserPoolId = (await newUserPool(server)).Id;
});
afterAll(() => server.close());

const create = (ProviderName: string, ProviderDetails: Record<string, string> = details) =>
  server.api.createIdentityProvider({ UserPoolId, ProviderName, ProviderType: 'OIDC', ProviderDetails });
const template = (ProviderName: string, ProviderDetails: Record<string, string>) =>
  JSON.stringify({
    Resources: {
      People: { Type: 'AWS::Cognito::UserPool' },
      Partner: {
        Type: 'AWS::Cognito::UserPoolIdentityProvider',
        Properties: {
          UserPoolId: { Ref: 'People' },
          ProviderName,
          ProviderType: 'OIDC',
          ProviderDetails,
        },
      },
    },
  });

describe('an identity provider with the name by which the APIs mean the user pool itself', () => {
  it.each(['COGNITO', 'Cognito'])('is refused: %s', async (name) => {
    const text = `A provider with the name ${name} already exists.`;
    expect(await refusal(create(name))).toBe(`DuplicateProviderException: ${text}`);
    expect(() => load(template(name, details))).toThrow(`Partner.ProviderName: ${text}`);
  });
});

describe('an identity provider at an address that the local pool would not call', () => {
  it.each(settings)('is refused, whichever of its addresses it is: %s', async (setting) => {
    const text = `${setting} must be an https address, or http on localhost.`;
    for (const value of hostile) {
      const bad = { ...details, [setting]: value };
      expect(await refusal(create('Partner', bad))).toBe(`InvalidParameterException: ${text}`);
      expect(() => load(template('Partner', bad))).toThrow(`Partner.ProviderDetails.${setting}: ${text}`);
    }
  });

  it('is refused for SAML metadata', async () => {
    for (const MetadataURL of hostile) {
      const call = server.api.createIdentityProvider({
        UserPoolId,
        ProviderName: 'Corp',
        ProviderType: 'SAML',
        ProviderDetails: { MetadataURL },
      });
      expect(await refusal(call)).toMatch(/^InvalidParameterException: MetadataURL must be/);
    }
  });

  it('is refused when the provider is changed, which stays as it was', async () => {
    await create('Changing');
    const place = { UserPoolId, ProviderName: 'Changing' };
    const ProviderDetails = { ...details, token_url: 'http://10.0.0.1/token' };
    expect(await refusal(server.api.updateIdentityProvider({ ...place, ProviderDetails }))).toMatch(
      /^InvalidParameterException: token_url must be/,
    );
    const { IdentityProvider } = await server.api.describeIdentityProvider(place);
    expect(IdentityProvider?.ProviderDetails).toEqual(details);
  });

  it('on this machine is not', async () => {
    for (const [index, host] of ['localhost', '127.0.0.1', '[::1]', 'idp.localhost'].entries()) {
      const oidc_issuer = `http://${host}:8080/x`;
      expect(await refusal(create(`Local${index}`, { ...details, oidc_issuer }))).toBe('no refusal');
    }
  });
});
