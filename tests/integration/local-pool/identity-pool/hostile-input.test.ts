import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IdentityPoolServer, identityPoolId, startIdentityPoolServer } from './identity-pool-server.ts';

let server: IdentityPoolServer;
beforeAll(async () => {
  server = await startIdentityPoolServer();
});
afterAll(() => server.close());

const operations = readdirSync(join(import.meta.dirname, '../../../../local-pool/src/identity-pool-api'))
  .filter((file) => /^[A-Z]/.test(file))
  .map((file) => file.slice(0, -'.ts'.length));

const unsigned = ['GetId', 'GetOpenIdToken', 'GetCredentialsForIdentity', 'UnlinkIdentity'];
const signature =
  'AWS4-HMAC-SHA256 Credential=local/20261123/us-east-1/cognito-identity/aws4_request, SignedHeaders=host, Signature=00';

const call = (
  operation: string,
  body: string,
  headers: Record<string, string> = { authorization: signature },
) =>
  fetch(server.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityService.${operation}`,
      ...headers,
    },
    body,
  });

const id = JSON.stringify(identityPoolId);
const bodies = [
  '',
  '[]',
  '{"IdentityPoolId":7,"IdentityId":{},"Logins":[],"ResourceArn":null,"MaxResults":"1"}',
  `{"IdentityPoolId":${id},"IdentityId":${id},"Logins":{"__proto__":"x","constructor":"y"},"MaxResults":60}`,
  `{"IdentityPoolId":${id},"IdentityId":${id},"Logins":{"a":{"b":1}},"LoginsToRemove":[{}],"MaxResults":1e99}`,
  `{"IdentityPoolId":${id},"Roles":{"__proto__":"${'x'.repeat(30)}"},"RoleMappings":{"__proto__":{"Type":"Rules"}}}`,
  `{"IdentityPoolId":${id},"IdentityProviderName":"__proto__","PrincipalTags":{"__proto__":"a"},"Tags":{"__proto__":"b"}}`,
];

describe('LP-11 what no client sends', () => {
  it.each(operations)('is refused or answered by %s in the words of the API', async (operation) => {
    for (const body of bodies) {
      const response = await call(operation, body);
      expect([200, 400]).toContain(response.status);
      const answer = (await response.json()) as { __type?: string };
      if (response.status === 400) expect(answer.__type).toMatch(/^[A-Za-z]+Exception$/);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('asks for a signature by all but the public operations', async () => {
    expect(operations).toHaveLength(23);
    for (const operation of operations) {
      const answer = (await (await call(operation, '{}', {})).json()) as { __type: string };
      const expected = unsigned.includes(operation)
        ? 'InvalidParameterException'
        : 'MissingAuthenticationTokenException';
      expect([operation, answer.__type]).toEqual([operation, expected]);
    }
  });
});
