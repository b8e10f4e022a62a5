import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningLocalPool, startLocalPool } from '../../../local-pool/src/start.ts';
import { clientId, userPoolId } from '../../integration/local-pool/hosted-ui/hosted-pool.ts';

const folder = join(import.meta.dirname, '../../../local-pool/src/user-pool-api');
const words =
  /^(Create|Describe|Update|Delete|List|Add|Get|Set|Tag|Untag)(UserPool|ResourceServer|IdentityProvider|ManagedLogin|Terms|Group|Log|Risk|UICustom|CSV|Signing|Custom|Resource|TagsFor|ClientToken|UsersInGroup)/;
const operations = globSync('*.ts', { cwd: folder })
  .map((file) => basename(file, '.ts'))
  .filter((name) => words.test(name));

let pool: RunningLocalPool;
const errors: string[] = [];
beforeAll(async () => {
  pool = await startLocalPool({ port: 0, log: (line) => errors.push(line) });
});
afterAll(() => pool.close());

const signature = 'AWS4-HMAC-SHA256 Credential=local/x, SignedHeaders=host, Signature=00';

async function call(
  operation: string,
  body: string,
): Promise<{ status: number; type: string; text: string }> {
  const response = await fetch(pool.url, {
    method: 'POST',
    headers: {
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      'content-type': 'application/x-amz-json-1.1',
      authorization: signature,
    },
    body,
  });
  const text = await response.text();
  return { status: response.status, type: String((JSON.parse(text) as { __type?: string }).__type), text };
}

/** The members that any of the operations takes. */
const members = [
  'UserPoolId',
  'ClientId',
  'PoolName',
  'ClientName',
  'GroupName',
  'Domain',
  'Identifier',
  'Name',
  'ProviderName',
  'ProviderType',
  'ProviderDetails',
  'IdpIdentifier',
  'ManagedLoginBrandingId',
  'TermsId',
  'TermsName',
  'TermsSource',
  'Enforcement',
  'ResourceArn',
  'Tags',
  'TagKeys',
  'CustomAttributes',
  'Schema',
  'Policies',
  'LambdaConfig',
  'Scopes',
  'MaxResults',
  'Limit',
  'NextToken',
  'LogConfigurations',
  'CallbackURLs',
  'TokenValidityUnits',
  'RefreshTokenRotation',
  'ImageFile',
  'Settings',
  'Secret',
  'ClientSecretId',
  'CustomDomainConfig',
];
const everywhere = (value: unknown) => Object.fromEntries(members.map((member) => [member, value]));

const hostile: [string, unknown][] = [
  ['nothing', {}],
  ['numbers', everywhere(-1)],
  ['texts', everywhere('x')],
  ['blanks', everywhere('')],
  ['lists', everywhere([[]])],
  ['objects', everywhere({ __proto__x: {} })],
  ['truth values', everywhere(true)],
  ['control characters', everywhere('\u0000\r\n')],
  ['long texts', everywhere('x'.repeat(5_000))],
  ['a pool and nothing else', { UserPoolId: userPoolId }],
  ['a pool that is not there', { ...everywhere('x'), UserPoolId: 'us-east-1_Elsewhere' }],
];
const raw: [string, string][] = [
  ['a prototype', '{"__proto__": {"UserPoolId": "x"}, "constructor": {"prototype": {}}}'],
  [
    'a prototype within',
    `{"UserPoolId": "${userPoolId}", "Tags": {"__proto__": 1}, "ProviderDetails": {"__proto__": {}}}`,
  ],
  ['no object', '[]'],
  ['no JSON', '{'],
];

const target = { UserPoolId: userPoolId, ClientId: clientId };
const bodies = [
  ...hostile.map(([name, value]) => [name, JSON.stringify(value)] as const),
  ...hostile.map(
    ([name, value]) =>
      [`${name} for a client that is there`, JSON.stringify({ ...(value as object), ...target })] as const,
  ),
  ...raw,
];

describe.each(operations)('%s', (operation) => {
  it('LP-11 answers bad input with an exception of Cognito’s', async () => {
    let refused = 0;
    for (const [name, body] of bodies) {
      const { status, type, text } = await call(operation, body);
      if (status === 200) continue;
      refused += 1;
      expect([name, status]).toEqual([name, 400]);
      expect(type).toMatch(/^(?!Internal)\w+Exception$/);
      expect(text).not.toMatch(/\bat .*\.ts|node:|zod|sqlite/i);
    }
    expect(errors).toEqual([]);
    expect(refused).toBeGreaterThan(5);
  });
});

it('LP-11 covers every operation of configuration', () => {
  expect(operations.length).toBeGreaterThanOrEqual(59);
});
