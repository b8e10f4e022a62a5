import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalPoolOptions } from '../../../../local-pool/src/start.ts';
import {
  type ConfigurationApi,
  newAppClient,
  newUserPool,
  required,
  startConfigurationApi,
} from './configuration-api.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabana-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Ends a pool and starts another on the same folder. */
async function restart(server: ConfigurationApi, options: LocalPoolOptions): Promise<ConfigurationApi> {
  await server.close();
  return startConfigurationApi(options);
}

describe('what was made through the API', () => {
  it('is there after a restart, keys and secrets included', async () => {
    const options = { dataDir: join(folder, 'api') };
    let server = await startConfigurationApi(options);
    const { Id: UserPoolId } = await newUserPool(server, { UsernameAttributes: ['email'] });
    const client = await newAppClient(server, UserPoolId, { GenerateSecret: true });
    await server.api.createUserPoolDomain({ UserPoolId, Domain: 'kept' });
    await server.api.createGroup({ UserPoolId, GroupName: 'staff', Precedence: 3 });
    const keys = async () => (await fetch(`${server.url}/${UserPoolId}/.well-known/jwks.json`)).json();
    const before = [
      await keys(),
      (await server.api.describeUserPool({ UserPoolId })).UserPool,
      (await server.api.describeUserPoolClient({ UserPoolId, ClientId: client.ClientId })).UserPoolClient,
      (await server.api.getGroup({ UserPoolId, GroupName: 'staff' })).Group,
    ];
    server = await restart(server, options);
    expect([
      await keys(),
      (await server.api.describeUserPool({ UserPoolId })).UserPool,
      (await server.api.describeUserPoolClient({ UserPoolId, ClientId: client.ClientId })).UserPoolClient,
      (await server.api.getGroup({ UserPoolId, GroupName: 'staff' })).Group,
    ]).toEqual(before);
    await server.close();
  });
});

describe('a template over a store', () => {
  const template = (extra = '') => `
Resources:
  People:
    Type: AWS::Cognito::UserPool
    Metadata: { LocalPool: { Id: us-east-1_Template1 } }
    Properties: { UserPoolName: people ${extra} }
  Web:
    Type: AWS::Cognito::UserPoolClient
    Metadata: { LocalPool: { ClientId: templateweb } }
    Properties: { UserPoolId: !Ref People, ClientName: web }`;

  it('wins over what the API changed, and leaves what the API added', async () => {
    const file = join(folder, 'template.yaml');
    const options = { dataDir: join(folder, 'template'), template: file };
    const UserPoolId = 'us-east-1_Template1';
    await writeFile(file, template());
    let server = await startConfigurationApi(options);
    const created = (await server.api.describeUserPool({ UserPoolId })).UserPool?.CreationDate;
    await server.api.updateUserPool({ UserPoolId, PoolName: 'changed' });
    await server.api.updateUserPoolClient({ UserPoolId, ClientId: 'templateweb', ClientName: 'changed' });
    const added = await newAppClient(server, UserPoolId, { ClientName: 'added' });
    const otherPool = await newUserPool(server, { PoolName: 'other' });
    await server.api.adminCreateUser({ UserPoolId, Username: 'ada', MessageAction: 'SUPPRESS' });

    await writeFile(file, template(', AutoVerifiedAttributes: [email]'));
    server = await restart(server, options);
    expect((await server.api.describeUserPool({ UserPoolId })).UserPool).toMatchObject({
      Name: 'people',
      AutoVerifiedAttributes: ['email'],
      EstimatedNumberOfUsers: 1,
      CreationDate: created,
    });
    const names = (await server.api.listUserPoolClients({ UserPoolId })).UserPoolClients;
    expect(names?.map(({ ClientName }) => ClientName).sort()).toEqual(['added', 'web']);
    expect(server.pool.appClient(added.ClientId)?.userPoolId).toBe(UserPoolId);
    expect(server.pool.userPool(otherPool.Id)?.name).toBe('other');
    await server.close();
  });

  it('that forgets a pool leaves it as one of the API', async () => {
    const file = join(folder, 'forgotten.yaml');
    const options = { dataDir: join(folder, 'forgotten'), template: file };
    await writeFile(file, template());
    const server = await startConfigurationApi(options);
    const again = await restart(server, { dataDir: options.dataDir });
    const UserPoolId = 'us-east-1_Template1';
    expect((await again.api.describeUserPool({ UserPoolId })).UserPool?.Name).toBe('people');
    await again.api.deleteUserPool({ UserPoolId });
    const third = await restart(again, { dataDir: options.dataDir });
    expect(third.pool.userPools()).toEqual([]);
    await third.close();
  });

  it('that names a pool’s domain which the API gave to another is refused in one sentence', async () => {
    const file = join(folder, 'domain.yaml');
    const dataDir = join(folder, 'domain');
    const server = await startConfigurationApi({ dataDir });
    const { Id } = await newUserPool(server);
    await server.api.createUserPoolDomain({ UserPoolId: Id, Domain: 'mine' });
    await server.close();
    await writeFile(
      file,
      `${template()}
  Domain: { Type: AWS::Cognito::UserPoolDomain, Properties: { UserPoolId: !Ref People, Domain: mine } }`,
    );
    await expect(startConfigurationApi({ dataDir, template: file })).rejects.toThrow(
      `The domain mine belongs to the user pool ${Id} of the store.`,
    );
  });
});

describe('the issuer', () => {
  it.each([
    ['local' as const, (url: string, id: string) => `${url}/${id}`],
    ['aws' as const, (_: string, id: string) => `https://cognito-idp.us-east-1.amazonaws.com/${id}`],
  ])('%s is in discovery, whose keys stay here', async (issuer, expected) => {
    const server = await startConfigurationApi({ issuer });
    try {
      const { Id } = await newUserPool(server);
      const address = `${server.url}/${Id}/.well-known/openid-configuration`;
      const discovery = (await (await fetch(address)).json()) as Record<string, unknown>;
      expect(discovery.issuer).toBe(expected(server.url, Id));
      expect(discovery.jwks_uri).toBe(`${server.url}/${Id}/.well-known/jwks.json`);
      expect(required(server.pool.userPool(Id)).issuer).toBe(discovery.issuer);
    } finally {
      await server.close();
    }
  });
});
