import {
  type CreateUserPoolClientCommandInput,
  paginateListUserPoolClients,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ConfigurationApi,
  clientTokenFlow,
  newAppClient,
  newUserPool,
  refusal,
  required,
  startConfigurationApi,
} from './configuration-api.ts';

let server: ConfigurationApi;
let UserPoolId: string;
beforeAll(async () => {
  server = await startConfigurationApi();
  const schema = { Name: 'email', Required: true };
  UserPoolId = (await newUserPool(server, { Schema: [schema] })).Id;
  await server.api.createResourceServer({
    UserPoolId,
    Identifier: 'notes',
    Name: 'Notes',
    Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read' }],
  });
});
afterAll(() => server.close());

type Input = Partial<CreateUserPoolClientCommandInput>;
const create = (input: Input = {}) => newAppClient(server, UserPoolId, input);
const describeClient = async (ClientId: string) =>
  required((await server.api.describeUserPoolClient({ UserPoolId, ClientId })).UserPoolClient);

/** A client that signs people in at the pages, in order. */
const hosted: Input = {
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['code'],
  AllowedOAuthScopes: ['openid', 'email', 'notes/read'],
  CallbackURLs: ['https://app.example/callback', 'http://localhost:3000/', 'myapp://callback'],
  SupportedIdentityProviders: ['COGNITO'],
};

describe('CreateUserPoolClient', () => {
  it('fills in the documented defaults', async () => {
    const created = await create();
    expect(created.ClientId).toMatch(/^[0-9a-z]{26}$/);
    expect(created).toEqual({
      UserPoolId,
      ClientName: 'web',
      ClientId: created.ClientId,
      RefreshTokenValidity: 30,
      TokenValidityUnits: {},
      AllowedOAuthFlowsUserPoolClient: false,
      PreventUserExistenceErrors: 'LEGACY',
      EnableTokenRevocation: true,
      EnablePropagateAdditionalUserContextData: false,
      AuthSessionValidity: 3,
      CreationDate: new Date(server.clock.now()),
      LastModifiedDate: new Date(server.clock.now()),
    });
    expect(await describeClient(created.ClientId)).toEqual(created);
    expect(server.pool.appClient(created.ClientId)).toMatchObject({
      secrets: [],
      validity: { access: 3_600, id: 3_600, refresh: 30 * 86_400 },
      explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'],
      authSessionValidity: 180_000,
      refreshTokenRotation: { enabled: false, graceSeconds: 0 },
    });
  });

  it('makes a secret, or takes one', async () => {
    const made = await create({ GenerateSecret: true });
    expect(made.ClientSecret).toMatch(/^[0-9a-z]{51}$/);
    expect((await describeClient(made.ClientId)).ClientSecret).toBe(made.ClientSecret);
    const ClientSecret = 'a_secret_of_my_own_making_1';
    expect((await create({ ClientSecret })).ClientSecret).toBe(ClientSecret);
    expect(await refusal(create({ ClientSecret, GenerateSecret: true }))).toMatch(
      /^InvalidParameterException/,
    );
    expect(await refusal(create({ ClientSecret: 'short' }))).toContain('greater than or equal to 24');
  });

  it('keeps what is given', async () => {
    const { ClientId } = await create({
      ...hosted,
      LogoutURLs: ['https://app.example/'],
      DefaultRedirectURI: 'myapp://callback',
      ReadAttributes: ['email', 'email_verified'],
      WriteAttributes: ['email', 'name'],
      AccessTokenValidity: 5,
      IdTokenValidity: 1,
      RefreshTokenValidity: 60,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'days', RefreshToken: 'days' },
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
      ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
      AuthSessionValidity: 15,
    });
    expect(server.pool.appClient(ClientId)).toMatchObject({
      allowedOAuthFlows: ['code'],
      allowedOAuthScopes: ['openid', 'email', 'notes/read'],
      defaultRedirectUri: 'myapp://callback',
      validity: { access: 300, id: 86_400, refresh: 60 * 86_400 },
      refreshTokenRotation: { enabled: true, graceSeconds: 10 },
      explicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
      readAttributes: ['email', 'email_verified'],
      writeAttributes: ['email', 'name'],
      preventUserExistenceErrors: true,
      authSessionValidity: 900_000,
    });
  });

  it('with rotation and no flows leaves out refresh through the API', async () => {
    const { ClientId } = await create({ RefreshTokenRotation: { Feature: 'ENABLED' } });
    expect(server.pool.appClient(ClientId)).toMatchObject({
      explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'],
      refreshTokenRotation: { enabled: true, graceSeconds: 0 },
    });
  });

  it('takes the older names of flows', async () => {
    const flowsOf = async (ExplicitAuthFlows: Input['ExplicitAuthFlows']) =>
      server.pool.appClient((await create({ ExplicitAuthFlows })).ClientId)?.explicitAuthFlows;
    expect(await flowsOf(['ADMIN_NO_SRP_AUTH'])).toContain('ALLOW_ADMIN_USER_PASSWORD_AUTH');
    expect(await flowsOf(['USER_PASSWORD_AUTH'])).toContain('ALLOW_USER_PASSWORD_AUTH');
    expect(await flowsOf(['CUSTOM_AUTH_FLOW_ONLY'])).toEqual([
      'ALLOW_CUSTOM_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
    ]);
  });

  it('without AllowedOAuthFlowsUserPoolClient has OAuth settings that do nothing', async () => {
    const { ClientId } = await create({ ...hosted, AllowedOAuthFlowsUserPoolClient: false });
    expect(await describeClient(ClientId)).toMatchObject({ AllowedOAuthFlows: ['code'] });
    expect(server.pool.appClient(ClientId)).toMatchObject({ allowedOAuthFlows: [], allowedOAuthScopes: [] });
  });

  const range = 'InvalidParameterException: Invalid range for token validity.';
  const invalidWrite =
    'InvalidParameterException: Invalid write attributes specified while creating a client';
  it.each<[string, Input, string]>([
    [
      'an access token of 4 minutes',
      { AccessTokenValidity: 4, TokenValidityUnits: { AccessToken: 'minutes' } },
      range,
    ],
    ['an ID token of 2 days', { IdTokenValidity: 2, TokenValidityUnits: { IdToken: 'days' } }, range],
    [
      'a refresh token of 59 minutes',
      { RefreshTokenValidity: 59, TokenValidityUnits: { RefreshToken: 'minutes' } },
      range,
    ],
    ['a refresh token of 3651 days', { RefreshTokenValidity: 3_651 }, range],
    [
      'a refresh token that ends before the access token',
      { AccessTokenValidity: 3, RefreshTokenValidity: 2, TokenValidityUnits: { RefreshToken: 'hours' } },
      range,
    ],
    ['writing what is not in the schema', { WriteAttributes: ['email', 'custom:x'] }, invalidWrite],
    ['writing without a required attribute', { WriteAttributes: ['name'] }, invalidWrite],
    ['writing that an address is verified', { WriteAttributes: ['email', 'email_verified'] }, invalidWrite],
    [
      'reading what is not in the schema',
      { ReadAttributes: ['custom:x'] },
      'InvalidParameterException: Invalid read attributes specified while creating a client',
    ],
    [
      'client_credentials with another flow',
      { ...hosted, GenerateSecret: true, AllowedOAuthFlows: ['code', 'client_credentials'] },
      'InvalidOAuthFlowException: client_credentials flow can not be selected along with code flow or implicit flow.',
    ],
    [
      'client_credentials without a secret',
      { AllowedOAuthFlows: ['client_credentials'] },
      'InvalidOAuthFlowException: client_credentials flow can not be selected if client does not have a client secret.',
    ],
    [
      'client_credentials with a scope of people',
      { GenerateSecret: true, AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: ['openid'] },
      'InvalidOAuthFlowException: openid is not supported with client_credentials flow',
    ],
    [
      'a scope of no resource server',
      { ...hosted, AllowedOAuthScopes: ['notes/write'] },
      'ScopeDoesNotExistException: Invalid scope requested: notes/write',
    ],
    [
      'the code flow without callback URLs',
      { ...hosted, CallbackURLs: [] },
      'InvalidParameterException: CallbackURLs is required by the code and implicit flows.',
    ],
    [
      'plain http elsewhere',
      { ...hosted, CallbackURLs: ['http://app.example/'] },
      'InvalidParameterException: http://app.example/ must be an absolute https URL, http on localhost, or a custom scheme, without a fragment.',
    ],
    [
      'a fragment in a logout URL',
      { ...hosted, LogoutURLs: ['https://app.example/#x'] },
      'InvalidParameterException: https://app.example/#x must be an absolute https URL, http on localhost, or a custom scheme, without a fragment.',
    ],
    [
      'a scheme that a browser runs',
      { ...hosted, CallbackURLs: ['javascript:alert(1)'] },
      'InvalidParameterException: javascript:alert(1) must be an absolute https URL, http on localhost, or a custom scheme, without a fragment.',
    ],
    [
      'a default that is no callback URL',
      { ...hosted, DefaultRedirectURI: 'https://other.example/' },
      'InvalidParameterException: DefaultRedirectURI must be one of CallbackURLs.',
    ],
    [
      'rotation with the flow that it excludes',
      {
        RefreshTokenRotation: { Feature: 'ENABLED' },
        ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      },
      'InvalidParameterException: ALLOW_REFRESH_TOKEN_AUTH cannot be used with refresh token rotation.',
    ],
    [
      'old and new names of flows',
      { ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH', 'ALLOW_USER_SRP_AUTH'] },
      'InvalidParameterException: ALLOW_ flows cannot stand beside the older names.',
    ],
    [
      'context data from a public client',
      { EnablePropagateAdditionalUserContextData: true },
      'InvalidParameterException: Only a client with a secret can propagate additional user context data.',
    ],
  ])('refuses %s', async (_, input, message) => {
    expect(await refusal(create(input))).toBe(message);
  });

  it('refuses a provider that the pool does not have', async () => {
    expect(await refusal(create({ SupportedIdentityProviders: ['COGNITO', 'Google'] }))).toBe(
      `InvalidParameterException: The provider Google does not exist for User Pool ${UserPoolId}.`,
    );
    expect(await refusal(newAppClient(server, 'us-east-1_Elsewhere'))).toBe(
      'ResourceNotFoundException: User pool us-east-1_Elsewhere does not exist.',
    );
  });
});

describe('UpdateUserPoolClient', () => {
  it('sets everything back that is not sent, but not the secret', async () => {
    const { ClientId, ClientSecret } = await create({
      ...hosted,
      GenerateSecret: true,
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: false,
      AccessTokenValidity: 2,
    });
    const { UserPoolClient } = await server.api.updateUserPoolClient({
      UserPoolId,
      ClientId,
      ClientName: 'renamed',
    });
    expect(UserPoolClient).toMatchObject({
      ClientName: 'renamed',
      ClientSecret,
      PreventUserExistenceErrors: 'LEGACY',
      EnableTokenRevocation: true,
      AllowedOAuthFlowsUserPoolClient: false,
    });
    for (const member of ['CallbackURLs', 'AllowedOAuthFlows', 'AllowedOAuthScopes', 'AccessTokenValidity'])
      expect(UserPoolClient).not.toHaveProperty(member);
    expect(await describeClient(ClientId)).toEqual(UserPoolClient);
    expect(server.pool.appClient(ClientId)).toMatchObject({ callbackUrls: [], validity: { access: 3_600 } });
  });

  it('has the rules of creation', async () => {
    const { ClientId } = await create();
    const update = (input: Input) => server.api.updateUserPoolClient({ UserPoolId, ClientId, ...input });
    expect(await refusal(update({ WriteAttributes: ['name'] }))).toBe(
      'InvalidParameterException: Invalid write attributes specified while updating a client',
    );
    expect(await refusal(update({ AllowedOAuthScopes: ['nope/read'] }))).toBe(
      'ScopeDoesNotExistException: Invalid scope requested: nope/read',
    );
    const other = (await newUserPool(server)).Id;
    expect(await refusal(server.api.updateUserPoolClient({ UserPoolId: other, ClientId }))).toBe(
      `ResourceNotFoundException: User pool client ${ClientId} does not exist.`,
    );
  });
});

describe('DeleteUserPoolClient and ListUserPoolClients', () => {
  it('delete one and list the others, page by page', async () => {
    const own = (await newUserPool(server)).Id;
    const ids: string[] = [];
    for (let count = 0; count < 4; count += 1) ids.push((await newAppClient(server, own)).ClientId);
    await server.api.deleteUserPoolClient({ UserPoolId: own, ClientId: required(ids[0]) });
    const seen = [];
    for await (const page of paginateListUserPoolClients(
      { client: server.api, pageSize: 2 },
      { UserPoolId: own },
    ))
      seen.push(...(page.UserPoolClients ?? []));
    expect(seen).toHaveLength(3);
    expect(seen).toEqual(
      expect.arrayContaining(
        ids.slice(1).map((ClientId) => ({ ClientId, UserPoolId: own, ClientName: 'web' })),
      ),
    );
    expect(await refusal(describeClient(required(ids[0])))).toBe(
      `ResourceNotFoundException: User pool client ${ids[0]} does not exist.`,
    );
  });
});

describe('the secrets of a client', () => {
  it('are two at most, of which one stays', async () => {
    const { ClientId, ClientSecret } = await create({ GenerateSecret: true });
    const place = { UserPoolId, ClientId };
    const { ClientSecretDescriptor } = await server.api.addUserPoolClientSecret(place);
    expect(ClientSecretDescriptor?.ClientSecretValue).toMatch(/^[0-9a-z]{51}$/);
    expect(ClientSecretDescriptor?.ClientSecretId).toMatch(new RegExp(`^${ClientId}--\\d+$`));
    expect(await refusal(server.api.addUserPoolClientSecret(place))).toBe(
      'LimitExceededException: An app client has at most 2 secrets.',
    );
    const { ClientSecrets = [] } = await server.api.listUserPoolClientSecrets(place);
    expect(ClientSecrets).toHaveLength(2);
    for (const secret of ClientSecrets) expect(secret).not.toHaveProperty('ClientSecretValue');
    expect(server.pool.appClient(ClientId)?.secrets.map(({ value }) => value)).toEqual([
      ClientSecret,
      ClientSecretDescriptor?.ClientSecretValue,
    ]);

    const [first, second] = ClientSecrets.map(({ ClientSecretId }) => required(ClientSecretId));
    await server.api.deleteUserPoolClientSecret({ ...place, ClientSecretId: required(first) });
    expect(
      await refusal(server.api.deleteUserPoolClientSecret({ ...place, ClientSecretId: required(second) })),
    ).toBe('InvalidParameterException: The last secret of an app client cannot be deleted.');
    expect((await describeClient(ClientId)).ClientSecret).toBe(ClientSecretDescriptor?.ClientSecretValue);
  });
});

describe('GetClientToken', () => {
  it('gives the access token of a machine, without a domain', async () => {
    const { ClientId, ClientSecret } = await create({
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['notes/read'],
      ExplicitAuthFlows: [clientTokenFlow],
    });
    const input = { ClientId, Secret: required(ClientSecret) };
    const { ClientAuthenticationResult } = await server.api.getClientToken(input);
    expect(ClientAuthenticationResult).toMatchObject({ ExpiresIn: 3_600, TokenType: 'Bearer' });
    const [, payload = ''] = required(ClientAuthenticationResult?.AccessToken).split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      scope: 'notes/read',
      client_id: ClientId,
      token_use: 'access',
    });
    expect(await refusal(server.api.getClientToken({ ...input, Scopes: ['notes/write'] }))).toMatch(
      /^InvalidParameterException/,
    );
    expect(await refusal(server.api.getClientToken({ ...input, Secret: 'x'.repeat(51) }))).toMatch(
      /^NotAuthorizedException/,
    );
    const plain = await create({ GenerateSecret: true });
    expect(
      await refusal(
        server.api.getClientToken({ ClientId: plain.ClientId, Secret: required(plain.ClientSecret) }),
      ),
    ).toMatch(/^OperationNotEnabledException/);
  });
});
