import { paginateListIdentityProviders } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ConfigurationApi,
  newAppClient,
  newUserPool,
  refusal,
  startConfigurationApi,
} from './configuration-api.ts';

const details = {
  client_id: 'us',
  client_secret: 'between-us',
  attributes_request_method: 'GET',
  oidc_issuer: 'http://localhost:1',
  authorize_scopes: 'openid email',
};

let server: ConfigurationApi;
let UserPoolId: string;
beforeAll(async () => {
  server = await startConfigurationApi();
  UserPoolId = (await newUserPool(server)).Id;
});
afterAll(() => server.close());

const create = (ProviderName: string, IdpIdentifiers: string[] = []) =>
  server.api.createIdentityProvider({
    UserPoolId,
    ProviderName,
    ProviderType: 'OIDC',
    ProviderDetails: details,
    AttributeMapping: { email: 'email' },
    IdpIdentifiers,
  });

describe('an identity provider', () => {
  it('is created, found, changed in part and deleted', async () => {
    const place = { UserPoolId, ProviderName: 'Partner' };
    const { IdentityProvider } = await create('Partner', ['partner.example']);
    expect(IdentityProvider).toEqual({
      ...place,
      ProviderType: 'OIDC',
      ProviderDetails: details,
      AttributeMapping: { email: 'email' },
      IdpIdentifiers: ['partner.example'],
      CreationDate: new Date(server.clock.now()),
      LastModifiedDate: new Date(server.clock.now()),
    });
    expect((await server.api.describeIdentityProvider(place)).IdentityProvider).toEqual(IdentityProvider);
    expect(
      (await server.api.getIdentityProviderByIdentifier({ UserPoolId, IdpIdentifier: 'partner.example' }))
        .IdentityProvider,
    ).toEqual(IdentityProvider);

    server.clock.advance(1_000);
    const changed = await server.api.updateIdentityProvider({ ...place, AttributeMapping: { name: 'name' } });
    expect(changed.IdentityProvider).toEqual({
      ...IdentityProvider,
      AttributeMapping: { name: 'name' },
      LastModifiedDate: new Date(server.clock.now()),
    });
    expect(server.pool.userPool(UserPoolId)?.identityProviders).toMatchObject([
      { name: 'Partner', type: 'OIDC', details, attributeMapping: { name: 'name' } },
    ]);
    const client = await newAppClient(server, UserPoolId, { SupportedIdentityProviders: ['Partner'] });
    expect(client.SupportedIdentityProviders).toEqual(['Partner']);

    await server.api.deleteIdentityProvider(place);
    expect(await refusal(server.api.describeIdentityProvider(place))).toBe(
      'ResourceNotFoundException: Identity provider Partner does not exist.',
    );
  });

  it('has a name and identifiers of its own', async () => {
    await create('First', ['mine']);
    expect(await refusal(create('First'))).toBe(
      'DuplicateProviderException: A provider with the name First already exists.',
    );
    expect(await refusal(create('Second', ['mine']))).toBe(
      'InvalidParameterException: The identifier mine belongs to another identity provider.',
    );
    expect(await refusal(create('_no'))).toMatch(/^InvalidParameterException: 1 validation error detected/);
    expect(await refusal(create('COGNITO'))).toMatch(/^DuplicateProviderException/);
  });

  it.each([
    ['OIDC' as const, { client_id: 'x' }, 'Missing required provider detail attributes_request_method'],
    ['Google' as const, { client_id: 'x' }, 'Missing required provider detail client_secret'],
    [
      'SAML' as const,
      { IDPSignout: 'true' },
      'MetadataURL or MetadataFile is required in the details of a SAML provider.',
    ],
  ])('of type %s needs its details', async (ProviderType, ProviderDetails, message) => {
    const call = server.api.createIdentityProvider({
      UserPoolId,
      ProviderName: 'Lacking',
      ProviderType,
      ProviderDetails,
    });
    expect(await refusal(call)).toBe(`InvalidParameterException: ${message}`);
  });

  it('is listed page by page', async () => {
    for (const name of ['List1', 'List2', 'List3']) await create(name);
    const names: (string | undefined)[] = [];
    for await (const page of paginateListIdentityProviders(
      { client: server.api, pageSize: 1 },
      { UserPoolId },
    ))
      names.push(...(page.Providers ?? []).map(({ ProviderName }) => ProviderName));
    expect(names).toEqual(expect.arrayContaining(['List1', 'List2', 'List3']));
    expect(new Set(names).size).toBe(names.length);
  });
});
