import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../support/app.ts';
import { type LocalPoolProcess, startLocalPoolProcess } from '../local-pool-process.ts';
import { required } from '../relying-party.ts';

let folder: string;
let pool: LocalPoolProcess;
let api: CognitoIdentityProviderClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-pool-'));
  const handlers = join(folder, 'handlers');
  await mkdir(join(handlers, 'directory'), { recursive: true });
  await writeFile(join(handlers, 'package.json'), '{ "type": "module" }');
  await writeFile(
    join(handlers, 'directory', 'index.ts'),
    `interface Event { userName: string; request: { password: string }; response: object }
    export function handler(event: Event, context: unknown, callback: (error: Error | null, event?: Event) => void) {
      if (event.request.password !== 'old secret') return void callback(new Error('Bad password'));
      event.response = { userAttributes: { email: event.userName + '@example.com' }, finalUserStatus: 'CONFIRMED' };
      callback(null, event);
    }`,
  );
  await writeFile(
    join(handlers, 'claims.js'),
    `export const handler = async (event) => ({ ...event, response: {
      claimsOverrideDetails: { claimsToAddOrOverride: { source: event.triggerSource } } } });`,
  );
  const flags = ['--handlers', handlers];
  pool = await startLocalPoolProcess(await freePort(), join(folder, 'data'), flags);
  api = new CognitoIdentityProviderClient({
    region: 'us-east-1',
    endpoint: pool.url,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(async () => {
  api.destroy();
  await pool.kill();
  await rm(folder, { recursive: true });
});

const arnOf = (name: string) => `arn:aws:lambda:eu-central-1:123456789012:function:${name}`;

/** Makes a user pool with an app client through the API. */
async function createPool(LambdaConfig: Record<string, string>): Promise<string> {
  const { UserPool } = await api.send(new CreateUserPoolCommand({ PoolName: 'made', LambdaConfig }));
  const { UserPoolClient } = await api.send(
    new CreateUserPoolClientCommand({
      UserPoolId: UserPool?.Id,
      ClientName: 'made',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  return required(UserPoolClient?.ClientId);
}

const authenticate = (ClientId: string, PASSWORD: string) =>
  api.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD },
    }),
  );

describe('a user pool that was made through the API, with --handlers', () => {
  it('runs the functions that its ARNs name', async () => {
    const clientId = await createPool({
      UserMigration: arnOf('directory'),
      PreTokenGeneration: arnOf('claims:live'),
    });
    await expect(authenticate(clientId, 'wrong')).rejects.toMatchObject({
      name: 'UserNotFoundException',
      message: `Exception migrating user in app client ${clientId}`,
    });
    const { AuthenticationResult } = await authenticate(clientId, 'old secret');
    expect(decodeJwt(required(AuthenticationResult?.IdToken))).toMatchObject({
      'cognito:username': 'ada',
      email: 'ada@example.com',
      source: 'TokenGeneration_Authentication',
    });
  });

  it('is made with a function that is nowhere, and finds out when it is called', async () => {
    const clientId = await createPool({
      UserMigration: arnOf('directory'),
      PreTokenGeneration: arnOf('nowhere'),
    });
    await expect(authenticate(clientId, 'old secret')).rejects.toMatchObject({
      name: 'UnexpectedLambdaException',
      message: 'PreTokenGeneration invocation failed due to error ResourceNotFoundException.',
    });
  });
});
