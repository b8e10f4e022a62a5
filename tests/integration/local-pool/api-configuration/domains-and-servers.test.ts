import { paginateListResourceServers } from '@aws-sdk/client-cognito-identity-provider';
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

const CertificateArn = 'arn:aws:acm:us-east-1:000000000000:certificate/local';

let server: ConfigurationApi;
let UserPoolId: string;
beforeAll(async () => {
  server = await startConfigurationApi();
  UserPoolId = (await newUserPool(server)).Id;
});
afterAll(() => server.close());

describe('a domain', () => {
  const authorize = async () => (await fetch(`${server.url}/${UserPoolId}/oauth2/authorize`)).status;

  it('gives the pool its pages and endpoints, and takes them away', async () => {
    expect(await authorize()).toBe(404);
    expect(await server.api.createUserPoolDomain({ UserPoolId, Domain: 'shop' })).toMatchObject({
      ManagedLoginVersion: 1,
    });
    expect(await authorize()).toBe(400);
    const { DomainDescription } = await server.api.describeUserPoolDomain({ Domain: 'shop' });
    expect(DomainDescription).toEqual({
      UserPoolId,
      AWSAccountId: '000000000000',
      Domain: 'shop',
      Status: 'ACTIVE',
      ManagedLoginVersion: 1,
    });
    expect((await server.api.describeUserPool({ UserPoolId })).UserPool?.Domain).toBe('shop');
    await server.api.updateUserPoolDomain({ UserPoolId, Domain: 'shop', ManagedLoginVersion: 2 });
    expect(server.pool.userPool(UserPoolId)?.domain).toEqual({ name: 'shop', managedLoginVersion: 2 });
    await server.api.deleteUserPoolDomain({ UserPoolId, Domain: 'shop' });
    expect(await authorize()).toBe(404);
  });

  it('that nobody has answers with an empty description', async () => {
    expect(await server.api.describeUserPoolDomain({ Domain: 'nobody' })).toMatchObject({
      DomainDescription: {},
    });
  });

  it('may be a prefix and one of the pool’s own', async () => {
    const { Id } = await newUserPool(server);
    const create = (Domain: string, custom = false) =>
      server.api.createUserPoolDomain({
        UserPoolId: Id,
        Domain,
        ...(custom && { CustomDomainConfig: { CertificateArn } }),
      });
    await create('own-prefix');
    const { CloudFrontDomain } = await create('login.example.com', true);
    expect(CloudFrontDomain).toBe(new URL(server.url).host);
    expect((await server.api.describeUserPool({ UserPoolId: Id })).UserPool).toMatchObject({
      Domain: 'own-prefix',
      CustomDomain: 'login.example.com',
    });
    expect(await refusal(create('second-prefix'))).toBe(
      'InvalidParameterException: The user pool already has a prefix domain.',
    );
    expect(await refusal(create('second.example.com', true))).toBe(
      'InvalidParameterException: The user pool already has a custom domain.',
    );
  });

  it('is one pool’s alone', async () => {
    const [one, two] = [await newUserPool(server), await newUserPool(server)];
    await server.api.createUserPoolDomain({ UserPoolId: one.Id, Domain: 'taken' });
    const taken = 'InvalidParameterException: Domain already associated with another user pool.';
    expect(await refusal(server.api.createUserPoolDomain({ UserPoolId: two.Id, Domain: 'taken' }))).toBe(
      taken,
    );
    expect(await refusal(server.api.deleteUserPoolDomain({ UserPoolId: two.Id, Domain: 'taken' }))).toBe(
      'InvalidParameterException: No such domain or user pool exists.',
    );
  });

  it.each([
    ['with-cognito', 'Domain cannot contain reserved word: cognito'],
    ['a.example.com', 'A domain with a dot needs a CustomDomainConfig.'],
    [
      'Upper',
      "1 validation error detected: Value 'Upper' at 'domain' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-z0-9](?:[a-z0-9\\-.]{0,61}[a-z0-9])?$",
    ],
  ])('named %s is refused', async (Domain, message) => {
    const { Id } = await newUserPool(server);
    expect(await refusal(server.api.createUserPoolDomain({ UserPoolId: Id, Domain }))).toBe(
      `InvalidParameterException: ${message}`,
    );
  });
});

describe('a resource server', () => {
  const scope = (ScopeName: string) => ({ ScopeName, ScopeDescription: `May ${ScopeName}` });
  const Identifier = 'https://api.example.com';

  it('is created, described, replaced and deleted', async () => {
    const place = { UserPoolId, Identifier };
    const { ResourceServer } = await server.api.createResourceServer({
      ...place,
      Name: 'Api',
      Scopes: [scope('read'), scope('write')],
    });
    expect(ResourceServer).toEqual({ ...place, Name: 'Api', Scopes: [scope('read'), scope('write')] });
    expect((await server.api.describeResourceServer(place)).ResourceServer).toEqual(ResourceServer);
    await server.api.updateResourceServer({ ...place, Name: 'Renamed' });
    expect((await server.api.describeResourceServer(place)).ResourceServer).toEqual({
      ...place,
      Name: 'Renamed',
    });
    await server.api.deleteResourceServer(place);
    expect(await refusal(server.api.describeResourceServer(place))).toBe(
      `ResourceNotFoundException: Resource server ${Identifier} does not exist.`,
    );
  });

  it('that loses a scope leaves it listed but inactive', async () => {
    const place = { UserPoolId, Identifier: 'fading' };
    await server.api.createResourceServer({ ...place, Name: 'Fading', Scopes: [scope('read')] });
    const client = await newAppClient(server, UserPoolId, {
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['fading/read'],
      ExplicitAuthFlows: [clientTokenFlow],
    });
    await server.api.updateResourceServer({ ...place, Name: 'Fading' });
    expect(
      (await server.api.describeUserPoolClient({ UserPoolId, ClientId: client.ClientId })).UserPoolClient,
    ).toMatchObject({ AllowedOAuthScopes: ['fading/read'] });
    const token = server.api.getClientToken({
      ClientId: client.ClientId,
      Secret: required(client.ClientSecret),
      Scopes: ['fading/read'],
    });
    expect(await refusal(token)).toBe('InvalidParameterException: Invalid scope requested: fading/read');
  });

  it('is one of 25 at most, listed page by page, and has a name of its own', async () => {
    const { Id } = await newUserPool(server);
    const create = (name: string) =>
      server.api.createResourceServer({ UserPoolId: Id, Identifier: name, Name: 'Server' });
    for (let count = 0; count < 25; count += 1) await create(`server-${count}`);
    expect(await refusal(create('server-3'))).toBe(
      `InvalidParameterException: server-3 already exists in user pool ${Id}.`,
    );
    expect(await refusal(create('server-25'))).toBe(
      'LimitExceededException: A user pool has at most 25 resource servers.',
    );
    const seen: (string | undefined)[] = [];
    for await (const page of paginateListResourceServers(
      { client: server.api, pageSize: 10 },
      { UserPoolId: Id, MaxResults: 10 },
    ))
      seen.push(...(page.ResourceServers ?? []).map((one) => one.Identifier));
    expect(new Set(seen).size).toBe(25);
    expect(seen).toHaveLength(25);
  });
});
