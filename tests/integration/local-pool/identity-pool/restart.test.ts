import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CognitoIdentityClient,
  CreateIdentityPoolCommand,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
  GetOpenIdTokenCommand,
  SetIdentityPoolRolesCommand,
} from '@aws-sdk/client-cognito-identity';
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningLocalPool, startLocalPool } from '../../../../local-pool/src/start.ts';
import { anyone, role } from './identity-pool-server.ts';

let dataDir: string;
let running: RunningLocalPool;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'cabana-'));
  running = await startLocalPool({ port: 0, dataDir });
});
afterAll(async () => {
  await running.close();
  rmSync(dataDir, { recursive: true });
});

it('identities, tokens and credentials outlive a restart', async () => {
  const settings = () => ({ endpoint: running.url, region: 'us-east-1', credentials: anyone });
  const before = new CognitoIdentityClient(settings());
  const { IdentityPoolId } = await before.send(
    new CreateIdentityPoolCommand({
      IdentityPoolName: 'kept',
      AllowUnauthenticatedIdentities: true,
      AllowClassicFlow: true,
    }),
  );
  const Roles = { unauthenticated: role('Guest') };
  await before.send(new SetIdentityPoolRolesCommand({ IdentityPoolId, Roles }));
  const { IdentityId } = await before.send(new GetIdCommand({ IdentityPoolId }));
  const { Token } = await before.send(new GetOpenIdTokenCommand({ IdentityId }));
  const { Credentials } = await before.send(new GetCredentialsForIdentityCommand({ IdentityId }));

  await running.close();
  running = await startLocalPool({ port: 0, dataDir });

  const after = new CognitoIdentityClient(settings());
  const again = await after.send(new GetCredentialsForIdentityCommand({ IdentityId }));
  expect(again.IdentityId).toBe(IdentityId);
  const sts = new STSClient(settings());
  const assumed = await sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: role('Reader'),
      RoleSessionName: 's1',
      WebIdentityToken: Token,
    }),
  );
  expect(assumed.SubjectFromWebIdentityToken).toBe(IdentityId);
  const asGuest = new STSClient({
    ...settings(),
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  });
  expect((await asGuest.send(new GetCallerIdentityCommand({}))).Arn).toBe(
    'arn:aws:sts::000000000000:assumed-role/Guest/CognitoIdentityCredentials',
  );
});

it('the first tokens at once are of one key', async () => {
  const other = await startLocalPool({ port: 0 });
  const key = async () =>
    ((await (await fetch(`${other.url}/.well-known/jwks_uri`)).json()) as { keys: { n: string }[] }).keys[0]
      ?.n;
  const keys = await Promise.all(Array.from({ length: 8 }, key));
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[\w-]{342}$/);
  await other.close();
});
