import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStage, type Stage } from './support/stage.ts';

const has = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;
const hasAwsCli = has('aws', '--version');
const hasBoto3 = has('python3', '-c', 'import boto3');

const names = (prefix: string, count = 3) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

let stage: Stage;
let UserPoolId: string;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'contract-home-'));
  stage = await openStage();
  ({ UserPoolId } = await stage.createPool({ PoolName: 'contract-0' }));
  await stage.createPool({ PoolName: 'contract-1' });
  for (const name of names('client', 2)) await stage.createClient(UserPoolId, { ClientName: name });
  for (const Username of names('user')) await stage.createUser(UserPoolId, Username);
  for (const GroupName of names('group')) {
    await stage.api.createGroup({ UserPoolId, GroupName });
    await stage.api.adminAddUserToGroup({ UserPoolId, Username: 'user0', GroupName });
  }
  for (const Username of names('user'))
    await stage.api.adminAddUserToGroup({ UserPoolId, Username, GroupName: 'group0' });
  for (const name of names('server'))
    await stage.api.createResourceServer({ UserPoolId, Identifier: name, Name: name });
  for (const name of names('Provider'))
    await stage.api.createIdentityProvider({
      UserPoolId,
      ProviderName: name,
      ProviderType: 'OIDC',
      ProviderDetails: {
        client_id: 'contract',
        attributes_request_method: 'GET',
        oidc_issuer: 'https://idp.example.com',
        authorize_scopes: 'openid',
        authorize_url: 'https://idp.example.com/authorize',
        token_url: 'https://idp.example.com/token',
        attributes_url: 'https://idp.example.com/userinfo',
        jwks_uri: 'https://idp.example.com/jwks',
      },
    });
});
afterAll(async () => {
  await stage.close();
  await rm(home, { recursive: true });
});

/** Without a configuration of the machine's own. */
const environment = () => ({
  ...process.env,
  HOME: home,
  AWS_DEFAULT_REGION: stage.region,
  AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: stage.userPoolEndpoint,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
});

interface Listing {
  operation: string;
  result: string;
  key: string;
  /** Also of the user pool; what comes from elsewhere is left out. */
  expected: string[];
  parameters?: Record<string, string>;
}

const listings: Listing[] = [
  { operation: 'list-users', result: 'Users', key: 'Username', expected: names('user') },
  { operation: 'list-groups', result: 'Groups', key: 'GroupName', expected: names('group') },
  {
    operation: 'list-users-in-group',
    result: 'Users',
    key: 'Username',
    expected: names('user'),
    parameters: { GroupName: 'group0' },
  },
  {
    operation: 'admin-list-groups-for-user',
    result: 'Groups',
    key: 'GroupName',
    expected: names('group'),
    parameters: { Username: 'user0' },
  },
  {
    operation: 'list-user-pool-clients',
    result: 'UserPoolClients',
    key: 'ClientName',
    expected: ['client0', 'client1', 'contract'],
  },
  {
    operation: 'list-resource-servers',
    result: 'ResourceServers',
    key: 'Identifier',
    expected: names('server'),
  },
  {
    operation: 'list-identity-providers',
    result: 'Providers',
    key: 'ProviderName',
    expected: names('Provider'),
  },
  { operation: 'list-user-pools', result: 'UserPools', key: 'Name', expected: ['contract-0', 'contract-1'] },
];

describe('E.3 the AWS CLI', () => {
  beforeEach(({ skip }) => skip(!hasAwsCli, 'There is no AWS CLI on this machine.'));

  const aws = (...args: string[]) =>
    promisify(execFile)('aws', ['cognito-idp', ...args, '--output', 'json'], { env: environment() });

  const paged = listings.filter(({ operation }) => operation !== 'list-user-pools');
  it.each(paged)('E.3 aws cognito-idp $operation pages through everything', async (listing) => {
    const { operation, result, key, expected, parameters = {} } = listing;
    const flags = Object.entries(parameters).flatMap(([name, value]) => [
      `--${name.replaceAll(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}`,
      value,
    ]);
    const { stdout } = await aws(operation, '--user-pool-id', UserPoolId, ...flags, '--page-size', '2');
    const items = (JSON.parse(stdout) as Record<string, Record<string, string>[]>)[result] ?? [];
    expect(items.map((item) => item[key]).toSorted()).toEqual(expected);
  });

  it('E.3 aws cognito-idp list-user-pools wants its pages to be turned by hand', async () => {
    const found: string[] = [];
    let token: string | undefined;
    do {
      const { stdout } = await aws(
        'list-user-pools',
        '--max-results',
        '2',
        ...(token ? ['--next-token', token] : []),
      );
      const page = JSON.parse(stdout) as { UserPools: { Name: string }[]; NextToken?: string };
      found.push(...page.UserPools.map(({ Name }) => Name));
      token = page.NextToken;
    } while (token);
    expect(found).toEqual(expect.arrayContaining(['contract-0', 'contract-1']));
  });

  it('E.3 aws cognito-idp prints the name and text of an error', async () => {
    await expect(
      aws('admin-get-user', '--user-pool-id', UserPoolId, '--username', 'nobody'),
    ).rejects.toMatchObject({
      stderr: expect.stringContaining(
        'An error occurred (UserNotFoundException) when calling the AdminGetUser operation: User does not exist.',
      ),
    });
  });
});

const script = `
import boto3, json, sys
from botocore.exceptions import ClientError

pool = sys.argv[1]
api = boto3.client('cognito-idp', aws_access_key_id='local', aws_secret_access_key='local')
found = {}
for listing in json.loads(sys.argv[2]):
    operation = listing['operation'].replace('-', '_')
    parameters = dict(listing.get('parameters', {}))
    if operation != 'list_user_pools':
        parameters['UserPoolId'] = pool
    found[listing['operation']] = [
        item[listing['key']]
        for page in api.get_paginator(operation).paginate(**parameters, PaginationConfig={'PageSize': 2})
        for item in page[listing['result']]
    ]
try:
    api.admin_get_user(UserPoolId=pool, Username='nobody')
except api.exceptions.UserNotFoundException as error:
    found['error'] = [error.response['Error']['Code'], error.response['Error']['Message'],
                      error.response['ResponseMetadata']['HTTPStatusCode']]
print(json.dumps(found))
`;

describe('E.3 boto3', () => {
  let found: Record<string, unknown[]>;

  beforeAll(async () => {
    if (!hasBoto3) return;
    const args = ['-c', script, UserPoolId, JSON.stringify(listings)];
    const { stdout } = await promisify(execFile)('python3', args, { env: environment() });
    found = JSON.parse(stdout) as Record<string, unknown[]>;
  });
  beforeEach(({ skip }) => skip(!hasBoto3, 'There is no boto3 on this machine.'));

  it.each(listings)('E.3 boto3’s paginator of $operation', ({ operation, expected }) => {
    if (operation === 'list-user-pools') expect(found[operation]).toEqual(expect.arrayContaining(expected));
    else expect(found[operation]?.toSorted()).toEqual(expected);
  });

  it('E.3 boto3 raises its own class of an error', () => {
    expect(found.error).toEqual(['UserNotFoundException', 'User does not exist.', 400]);
  });
});
