import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { createUser } from '../../../../local-pool/src/model/create-user.ts';
import type { User } from '../../../../local-pool/src/model/user.ts';
import { addGroupMember } from '../../../../local-pool/src/store/groups.ts';
import { type RelyingParty, required } from '../relying-party.ts';
import { startTriggerPool, type TriggerPool } from './trigger-pool.ts';

export const password = 'Analytical-1843';
export const role = 'arn:aws:iam::123456789012:role/Readers';

/** A pool with the SDK at it. */
export interface Running extends TriggerPool {
  api: CognitoIdentityProviderClient;
  ada: User;
}

/** Starts a pool in which Ada is one of the readers. */
async function startVersion(version: string): Promise<Running> {
  const running = await startTriggerPool({ parameters: { PreTokenGenerationVersion: version } });
  const attributes = { email: 'ada@example.com', email_verified: 'true' };
  const ada = createUser(running.pool, running.aliases, 'ada', password, attributes, 'CONFIRMED');
  addGroupMember(running.pool, running.aliases.id, ada.sub, 'readers');
  const api = new CognitoIdentityProviderClient({
    region: 'us-east-1',
    endpoint: running.url,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return { ...running, api, ada };
}

/** Signs Ada in with her password through the SDK. */
export async function authenticate({ api }: Running) {
  const { AuthenticationResult } = await api.send(
    new InitiateAuthCommand({
      ClientId: 'legacy',
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD: password },
      ClientMetadata: { not: 'for this trigger' },
    }),
  );
  return {
    id: decodeJwt(required(AuthenticationResult?.IdToken)),
    access: decodeJwt(required(AuthenticationResult?.AccessToken)),
    refreshToken: required(AuthenticationResult?.RefreshToken),
  };
}

/** An app client with OAuth, played by openid-client. */
export async function party({ url }: Running, id: string, secret?: string): Promise<RelyingParty> {
  const config = await client.discovery(
    new URL(`${url}/us-east-1_Aliases01`),
    id,
    undefined,
    secret ? client.ClientSecretPost(secret) : client.None(),
    { execute: [client.allowInsecureRequests] },
  );
  return { config, redirectUri: 'http://localhost:8400/callback', scope: 'openid email' };
}

export const service = (running: Running) => party(running, 'service', 'servicesecretservicesecret01');

/** Three user pools that differ in the version of their trigger. */
export async function startVersions(): Promise<[Running, Running, Running]> {
  return [await startVersion('V1_0'), await startVersion('V2_0'), await startVersion('V3_0')];
}

export async function stop(running: Running[]): Promise<void> {
  for (const { api, close } of running) {
    api.destroy();
    await close();
  }
}
