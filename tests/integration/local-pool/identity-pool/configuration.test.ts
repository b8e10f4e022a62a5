import {
  CreateIdentityPoolCommand,
  type CreateIdentityPoolCommandInput,
  DeleteIdentitiesCommand,
  DeleteIdentityPoolCommand,
  DescribeIdentityCommand,
  DescribeIdentityPoolCommand,
  GetIdCommand,
  GetIdentityPoolRolesCommand,
  GetPrincipalTagAttributeMapCommand,
  ListIdentitiesCommand,
  ListIdentityPoolsCommand,
  ListTagsForResourceCommand,
  type RoleMapping,
  SetIdentityPoolRolesCommand,
  SetPrincipalTagAttributeMapCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateIdentityPoolCommand,
} from '@aws-sdk/client-cognito-identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IdentityPoolServer, provider, role, startIdentityPoolServer } from './identity-pool-server.ts';
import { refusalOf } from './refusal.ts';

let server: IdentityPoolServer;
beforeAll(async () => {
  server = await startIdentityPoolServer();
});
afterAll(() => server.close());

const settings: CreateIdentityPoolCommandInput = {
  IdentityPoolName: 'My pool',
  AllowUnauthenticatedIdentities: true,
  AllowClassicFlow: false,
  SupportedLoginProviders: { 'accounts.google.com': 'app.apps' },
  DeveloperProviderName: 'login.mine',
  OpenIdConnectProviderARNs: ['arn:aws:iam::000000000000:oidc-provider/login.example.com'],
  CognitoIdentityProviders: [{ ProviderName: provider, ClientId: 'web', ServerSideTokenCheck: true }],
  SamlProviderARNs: ['arn:aws:iam::000000000000:saml-provider/corp'],
  IdentityPoolTags: { stage: 'dev' },
};

async function createPool(changes: Partial<CreateIdentityPoolCommandInput> = {}) {
  const created = await server.identity.send(new CreateIdentityPoolCommand({ ...settings, ...changes }));
  return created.IdentityPoolId ?? '';
}
const describePool = (IdentityPoolId: string) =>
  server.identity.send(new DescribeIdentityPoolCommand({ IdentityPoolId }));

describe('an identity pool', () => {
  it('is described as it was made', async () => {
    const id = await createPool();
    expect(id).toMatch(/^us-east-1:[0-9a-f-]{36}$/);
    const { $metadata, ...described } = await describePool(id);
    expect(described).toEqual({ IdentityPoolId: id, ...settings });
  });

  it('is replaced by an update, but for its roles', async () => {
    const IdentityPoolId = await createPool();
    const Roles = { authenticated: role('Authenticated') };
    await server.identity.send(new SetIdentityPoolRolesCommand({ IdentityPoolId, Roles }));
    const changed = {
      IdentityPoolId,
      IdentityPoolName: 'renamed',
      AllowUnauthenticatedIdentities: false,
      DeveloperProviderName: 'login.mine',
    };
    const { $metadata, ...updated } = await server.identity.send(
      new UpdateIdentityPoolCommand({ ...settings, ...changed }),
    );
    expect(updated).toEqual({ ...settings, ...changed });
    await server.identity.send(new UpdateIdentityPoolCommand(changed));
    const { $metadata: _, ...described } = await describePool(IdentityPoolId);
    expect(described).toEqual({ ...changed, IdentityPoolTags: {} });
    const roles = await server.identity.send(new GetIdentityPoolRolesCommand({ IdentityPoolId }));
    expect(roles.Roles).toEqual(Roles);

    const renamed = new UpdateIdentityPoolCommand({ ...changed, DeveloperProviderName: 'login.other' });
    expect((await refusalOf(server.identity.send(renamed))).name).toBe('InvalidParameterException');
  });

  it('is deleted with its identities', async () => {
    const IdentityPoolId = await createPool();
    const { IdentityId } = await server.identity.send(new GetIdCommand({ IdentityPoolId }));
    await server.identity.send(new DeleteIdentityPoolCommand({ IdentityPoolId }));
    const missing = {
      name: 'ResourceNotFoundException',
      message: `IdentityPool '${IdentityPoolId}' not found.`,
    };
    expect(await refusalOf(describePool(IdentityPoolId))).toEqual(missing);
    const again = server.identity.send(new DeleteIdentityPoolCommand({ IdentityPoolId }));
    expect(await refusalOf(again)).toEqual(missing);
    const identity = server.identity.send(new DescribeIdentityCommand({ IdentityId }));
    expect((await refusalOf(identity)).message).toBe(`Identity '${IdentityId}' not found.`);
  });

  it('is in the list, page by page', async () => {
    const made = [await createPool({ IdentityPoolName: 'a' }), await createPool({ IdentityPoolName: 'b' })];
    const found: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await server.identity.send(
        new ListIdentityPoolsCommand({ MaxResults: 1, ...(NextToken && { NextToken }) }),
      );
      expect(page.IdentityPools).toHaveLength(1);
      found.push(...(page.IdentityPools ?? []).map(({ IdentityPoolId }) => IdentityPoolId));
      NextToken = page.NextToken;
    } while (NextToken);
    expect(found).toEqual(expect.arrayContaining(made));
    expect(new Set(found).size).toBe(found.length);
    const wrong = server.identity.send(new ListIdentityPoolsCommand({ MaxResults: 1, NextToken: '!' }));
    expect((await refusalOf(wrong)).name).toBe('InvalidParameterException');
  });

  it.each([
    [{ IdentityPoolName: '' }, 'Member must have length greater than or equal to 1'],
    [{ IdentityPoolName: 'a/b' }, String.raw`regular expression pattern: [\w\s+=,.@-]+`],
    [{ DeveloperProviderName: 'a b' }, String.raw`regular expression pattern: [\w._-]+`],
    [{ OpenIdConnectProviderARNs: ['arn'] }, "Value 'arn' at 'openIdConnectProviderARNs.1.member'"],
    [
      { SupportedLoginProviders: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`p${i}`, 'x'])) },
      'less than or equal to 10',
    ],
  ])('cannot have %j', async (changes, text) => {
    const { name, message } = await refusalOf(createPool(changes));
    expect(name).toBe('InvalidParameterException');
    expect(message).toContain(text);
  });
});

describe('roles', () => {
  it('are given back as they were set', async () => {
    const IdentityPoolId = await createPool();
    const Roles = { authenticated: role('Authenticated'), unauthenticated: role('Guest') };
    const RoleMappings: Record<string, RoleMapping> = {
      [`${provider}:web`]: { Type: 'Token', AmbiguousRoleResolution: 'AuthenticatedRole' },
      'accounts.google.com': {
        Type: 'Rules',
        AmbiguousRoleResolution: 'Deny',
        RulesConfiguration: {
          Rules: [{ Claim: 'aud', MatchType: 'Equals', Value: 'app', RoleARN: role('App') }],
        },
      },
    };
    await server.identity.send(new SetIdentityPoolRolesCommand({ IdentityPoolId, Roles, RoleMappings }));
    const roles = await server.identity.send(new GetIdentityPoolRolesCommand({ IdentityPoolId }));
    expect(roles).toMatchObject({ IdentityPoolId, Roles, RoleMappings });
  });

  const rule = { Claim: 'aud', MatchType: 'Equals', Value: 'app', RoleARN: role('App') } as const;
  it.each([
    ['without AmbiguousRoleResolution', { Type: 'Token' }],
    ['of rules without rules', { Type: 'Rules', AmbiguousRoleResolution: 'Deny' }],
    [
      'of too many rules',
      {
        Type: 'Rules',
        AmbiguousRoleResolution: 'Deny',
        RulesConfiguration: { Rules: Array.from({ length: 26 }, () => rule) },
      },
    ],
  ] satisfies [string, RoleMapping][])('are refused with a mapping %s', async (_, mapping) => {
    const IdentityPoolId = await createPool();
    const call = server.identity.send(
      new SetIdentityPoolRolesCommand({ IdentityPoolId, Roles: {}, RoleMappings: { x: mapping } }),
    );
    expect((await refusalOf(call)).name).toBe('InvalidParameterException');
    const roles = await server.identity.send(new GetIdentityPoolRolesCommand({ IdentityPoolId }));
    expect(roles.RoleMappings).toBeUndefined();
  });

  it('are refused by another name', async () => {
    const IdentityPoolId = await createPool();
    const call = server.identity.send(
      new SetIdentityPoolRolesCommand({ IdentityPoolId, Roles: { admin: role('Admin') } }),
    );
    expect(await refusalOf(call)).toEqual({
      name: 'InvalidParameterException',
      message: expect.stringContaining('Member must satisfy regular expression pattern: (un)?authenticated'),
    });
  });
});

describe('tags', () => {
  it('are added, replaced, listed and taken', async () => {
    const ResourceArn = `arn:aws:cognito-identity:us-east-1:000000000000:identitypool/${await createPool()}`;
    await server.identity.send(new TagResourceCommand({ ResourceArn, Tags: { stage: 'live', team: 'a' } }));
    const list = new ListTagsForResourceCommand({ ResourceArn });
    expect((await server.identity.send(list)).Tags).toEqual({ stage: 'live', team: 'a' });
    await server.identity.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['stage', 'none'] }));
    expect((await server.identity.send(list)).Tags).toEqual({ team: 'a' });
  });

  it('are refused for what is no identity pool', async () => {
    const tagsOf = (ResourceArn: string) =>
      refusalOf(server.identity.send(new ListTagsForResourceCommand({ ResourceArn })));
    expect((await tagsOf('arn:aws:s3:::some-bucket-of-mine')).name).toBe('InvalidParameterException');
    const unknown = 'arn:aws:cognito-identity:us-east-1:000000000000:identitypool/us-east-1:00';
    expect((await tagsOf(unknown)).name).toBe('ResourceNotFoundException');
  });
});

describe('attributes for access control', () => {
  it('are kept for each provider', async () => {
    const IdentityPoolId = await createPool();
    const map = { IdentityPoolId, IdentityProviderName: provider };
    const get = new GetPrincipalTagAttributeMapCommand(map);
    expect(await server.identity.send(get)).toMatchObject({ ...map, UseDefaults: false, PrincipalTags: {} });
    const custom = { ...map, UseDefaults: false, PrincipalTags: { dept: 'custom:dept' } };
    expect(await server.identity.send(new SetPrincipalTagAttributeMapCommand(custom))).toMatchObject(custom);
    expect(await server.identity.send(get)).toMatchObject(custom);
    await server.identity.send(new SetPrincipalTagAttributeMapCommand({ ...map, UseDefaults: true }));
    expect(await server.identity.send(get)).toMatchObject({
      UseDefaults: true,
      PrincipalTags: { client: 'aud', username: 'sub' },
    });
    const other = new GetPrincipalTagAttributeMapCommand({
      IdentityPoolId,
      IdentityProviderName: '__proto__',
    });
    expect((await server.identity.send(other)).PrincipalTags).toEqual({});
  });
});

describe('identities', () => {
  it('are listed page by page, described and deleted', async () => {
    const IdentityPoolId = await createPool();
    const made = [];
    for (let i = 0; i < 3; i += 1)
      made.push((await server.identity.send(new GetIdCommand({ IdentityPoolId }))).IdentityId ?? '');
    const first = await server.identity.send(new ListIdentitiesCommand({ IdentityPoolId, MaxResults: 2 }));
    expect(first.Identities).toHaveLength(2);
    const second = await server.identity.send(
      new ListIdentitiesCommand({ IdentityPoolId, MaxResults: 2, NextToken: first.NextToken }),
    );
    expect(second.NextToken).toBeUndefined();
    const listed = [...(first.Identities ?? []), ...(second.Identities ?? [])];
    expect(listed.map(({ IdentityId }) => IdentityId).sort()).toEqual([...made].sort());

    const [IdentityId = ''] = made;
    const described = await server.identity.send(new DescribeIdentityCommand({ IdentityId }));
    const now = new Date(server.clock.now());
    expect(described).toMatchObject({ IdentityId, Logins: [], CreationDate: now, LastModifiedDate: now });

    const deleted = await server.identity.send(
      new DeleteIdentitiesCommand({ IdentityIdsToDelete: [IdentityId, 'us-east-1:00'] }),
    );
    expect(deleted.UnprocessedIdentityIds).toEqual([]);
    const gone = server.identity.send(new DescribeIdentityCommand({ IdentityId }));
    expect((await refusalOf(gone)).name).toBe('ResourceNotFoundException');
  });
});
