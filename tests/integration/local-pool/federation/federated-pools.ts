import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settableClock } from '../../../../local-pool/src/clock.ts';
import type { IdentityProvider } from '../../../../local-pool/src/model/identity-provider.ts';
import {
  type LocalPoolOptions,
  type RunningLocalPool,
  startLocalPool,
} from '../../../../local-pool/src/start.ts';
import { openJarBrowser } from '../../../support/jar-browser.ts';

export const spPoolId = 'us-east-1_Relying01';
export const appClientId = 'federationapp0000000000001';
export const appSecret = 'federationsecret00000000000000000000000000000000001';
export const appCallback = 'http://localhost:3000/callback';

const idpPoolId = 'us-east-1_Provider1';
const idpClientId = 'federationidp0000000000001';
const idpSecret = 'federationsecret00000000000000000000000000000000002';
export const jane = { username: 'jane', password: 'Federation-1', email: 'Jane@example.com' };

/** A template of one pool with a classic domain and one confidential client for the code grant. */
function template(poolId: string, clientId: string, secret: string, callback: string, more = ''): string {
  return `
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Metadata: { LocalPool: { Id: ${poolId} } }
    Properties:
      UserPoolName: ${poolId}
      UsernameConfiguration: { CaseSensitive: false }
      Schema:
        - { Name: team, AttributeDataType: String, Mutable: true }
        - { Name: badge, AttributeDataType: String, Mutable: false }
${more}
  Domain:
    Type: AWS::Cognito::UserPoolDomain
    Properties: { UserPoolId: !Ref Pool, Domain: ${clientId}, ManagedLoginVersion: 1 }
  App:
    Type: AWS::Cognito::UserPoolClient
    Metadata: { LocalPool: { ClientId: ${clientId}, ClientSecret: ${secret} } }
    Properties:
      UserPoolId: !Ref Pool
      GenerateSecret: true
      AllowedOAuthFlowsUserPoolClient: true
      AllowedOAuthFlows: [code]
      AllowedOAuthScopes: [openid, email, profile, aws.cognito.signin.user.admin]
      CallbackURLs: ['${callback}']
      SupportedIdentityProviders: [COGNITO]
`;
}

export interface ServiceProvider extends RunningLocalPool {
  clock: ReturnType<typeof settableClock>;
  /** Configures a provider and lets the app client use it. */
  addProvider(
    provider: Partial<IdentityProvider> & Pick<IdentityProvider, 'name' | 'type'>,
  ): IdentityProvider;
  /** The identity providers of the app client, `COGNITO` among them or not. */
  support(names: string[]): void;
  browse(): ReturnType<typeof openJarBrowser>;
  /** The address of the authorization endpoint for a good request of the app client, changed. */
  authorizeUrl(changes?: Record<string, string>): string;
}

/** Starts the pool that trusts other identity providers. @param more lines of the pool's properties */
export async function startServiceProvider(
  options: LocalPoolOptions = {},
  more = '',
): Promise<ServiceProvider> {
  const clock = settableClock();
  const file = template(spPoolId, appClientId, appSecret, appCallback, more);
  const running = await withTemplate(file, (path) =>
    startLocalPool({ port: 0, clock, ...options, template: path }),
  );
  const userPool = running.pool.userPool(spPoolId);
  const client = running.pool.appClient(appClientId);
  if (!userPool || !client) throw new Error('The template did not make the pool.');
  return {
    ...running,
    clock,
    addProvider(provider) {
      const now = clock.now();
      const times = { createdAt: now, modifiedAt: now };
      const whole = { details: {}, attributeMapping: {}, identifiers: [], ...times, ...provider };
      userPool.identityProviders = userPool.identityProviders.filter(({ name }) => name !== whole.name);
      userPool.identityProviders.push(whole);
      if (!client.supportedIdentityProviders.includes(whole.name))
        client.supportedIdentityProviders = [...client.supportedIdentityProviders, whole.name];
      return whole;
    },
    support(names) {
      client.supportedIdentityProviders = names;
    },
    browse: () => openJarBrowser(running.url),
    authorizeUrl: (changes = {}) =>
      `${running.url}/${spPoolId}/oauth2/authorize?${new URLSearchParams({
        response_type: 'code',
        client_id: appClientId,
        redirect_uri: appCallback,
        scope: 'openid',
        state: 'app-state',
        nonce: 'app-nonce',
        ...changes,
      })}`,
  };
}

export interface OidcProvider extends RunningLocalPool {
  /** The provider's details, as CreateIdentityProvider takes them. */
  details: Record<string, string>;
  /** Jane's subject at the provider. */
  janeSub: string;
}

/** Starts a second local pool that is the identity provider of the first; Jane is its user. */
export async function startOidcProvider(sp: ServiceProvider): Promise<OidcProvider> {
  const callback = `${sp.url}/${spPoolId}/oauth2/idpresponse`;
  const users = `
users:
  - username: ${jane.username}
    password: ${jane.password}
    attributes: { email: ${jane.email}, email_verified: true, name: Jane, 'custom:team': Blue }
`;
  const running = await withTemplate(template(idpPoolId, idpClientId, idpSecret, callback), (path) => {
    const people = path.replace('template', 'users');
    writeFileSync(people, users);
    return startLocalPool({ port: 0, clock: sp.clock, template: path, users: people });
  });
  const row = running.pool.store.sql('SELECT sub FROM users WHERE username = ?').get(jane.username);
  return {
    ...running,
    janeSub: String(row?.sub),
    details: {
      client_id: idpClientId,
      client_secret: idpSecret,
      attributes_request_method: 'GET',
      oidc_issuer: `${running.url}/${idpPoolId}`,
      authorize_scopes: 'openid email profile',
    },
  };
}

async function withTemplate<T>(text: string, work: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'cabana-federation-'));
  try {
    const path = join(folder, 'template.yaml');
    writeFileSync(path, text);
    return await work(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
