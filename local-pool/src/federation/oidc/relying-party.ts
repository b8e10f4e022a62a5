import * as client from 'openid-client';
import { boundedFetch } from '../../bounded-fetch.ts';
import type { LocalPool } from '../../local-pool.ts';
import type { IdentityProvider } from '../../model/identity-provider.ts';
import type { UserPool } from '../../model/user-pool.ts';
import { federationError } from '../federation-error.ts';
import { isLoopback, providerUrl } from '../loopback.ts';

/** Seconds (Cognito: a provider must answer in about five). */
export const PROVIDER_TIMEOUT = 5;

/** The provider's details that name an endpoint, and what OpenID Connect Discovery calls it. */
const ENDPOINTS = {
  authorize_url: 'authorization_endpoint',
  token_url: 'token_endpoint',
  attributes_url: 'userinfo_endpoint',
  jwks_uri: 'jwks_uri',
} as const;

/** Where an OIDC or social provider sends the browser back to. */
export function oidcRedirectUri(pool: LocalPool, userPool: UserPool): string {
  return `${pool.baseUrl}/${userPool.id}/oauth2/idpresponse`;
}

/** Whether the provider vouches by an ID token; Facebook and Amazon have OAuth 2.0 alone. */
export function issuesIdTokens({ type }: IdentityProvider): boolean {
  return type !== 'Facebook' && type !== 'LoginWithAmazon';
}

/**
 * The pool as a client of an OIDC or social provider: by the endpoints in its details, the rest by discovery
 * (Cognito: OIDC identity providers). The secret goes into the body, as Cognito sends it.
 * @throws OAuthError for details that name no reachable provider; errors of openid-client.
 */
export async function relyingParty(
  pool: LocalPool,
  provider: IdentityProvider,
): Promise<client.Configuration> {
  const { client_id: clientId = '', client_secret: secret, oidc_issuer: issuer } = provider.details;
  const authentication = secret ? client.ClientSecretPost(secret) : client.None();
  const named = namedEndpoints(provider);
  // Tokens are judged by the pool's clock, which a test may have moved.
  const metadata = { [client.clockSkew]: Math.round((pool.clock.now() - Date.now()) / 1000) };

  const server = namesEveryEndpoint(provider)
    ? { issuer: issuer || new URL(named.authorization_endpoint ?? '').origin, ...named }
    : { ...(await discover(provider, clientId)), ...named };
  const configuration = new client.Configuration(server, clientId, metadata, authentication);
  configuration.timeout = PROVIDER_TIMEOUT;
  configuration[client.customFetch] = boundedFetch;
  if (issuesIdTokens(provider)) client.enableNonRepudiationChecks(configuration);
  const urls = Object.values(ENDPOINTS).flatMap((name) => server[name] ?? []);
  for (const url of urls) providerUrl(provider, 'every endpoint', url);
  if (urls.some((url) => url.startsWith('http:'))) client.allowInsecureRequests(configuration);
  return configuration;
}

/** Whether there is nothing left to discover: `attributes_url` may be left out where there are ID tokens. */
function namesEveryEndpoint(provider: IdentityProvider): boolean {
  const { authorize_url, token_url, attributes_url, jwks_uri } = provider.details;
  return Boolean(authorize_url && token_url && (issuesIdTokens(provider) ? jwks_uri : attributes_url));
}

function namedEndpoints(provider: IdentityProvider): Partial<client.ServerMetadata> {
  const found = Object.entries(ENDPOINTS).flatMap(([setting, name]) => {
    const value = provider.details[setting];
    return value ? [[name, providerUrl(provider, setting, value).href]] : [];
  });
  return Object.fromEntries(found);
}

async function discover(provider: IdentityProvider, clientId: string): Promise<client.ServerMetadata> {
  const { oidc_issuer: issuer } = provider.details;
  if (!issuer)
    throw federationError(
      `${provider.name}: the details name neither oidc_issuer nor authorize_url, token_url and jwks_uri`,
    );
  const url = providerUrl(provider, 'oidc_issuer', issuer);
  const found = await client.discovery(url, clientId, undefined, undefined, {
    timeout: PROVIDER_TIMEOUT,
    [client.customFetch]: boundedFetch,
    execute: isLoopback(url) ? [client.allowInsecureRequests] : [],
  });
  return found.serverMetadata();
}
