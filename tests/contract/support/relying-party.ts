import * as client from 'openid-client';
import { type JarBrowser, openJarBrowser } from '../../support/jar-browser.ts';
import { type ContractClient, password, required, type Stage } from './stage.ts';

export const redirectUri = 'http://localhost:3456/callback';
export const logoutUri = 'http://localhost:3456/signed-out';

type OAuthSettings = Parameters<Stage['createClient']>[1];

/** A client with all that the hosted pages and the code grant need. */
export const oauthSettings: NonNullable<OAuthSettings> = {
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['code'],
  AllowedOAuthScopes: ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'],
  SupportedIdentityProviders: ['COGNITO'],
  CallbackURLs: [redirectUri],
  LogoutURLs: [logoutUri],
};

/** A user pool with a domain of the classic pages, which need no branding, and a public client. */
export async function createHostedPool(
  stage: Stage,
  settings: Parameters<Stage['createPool']>[0] = {},
): Promise<ContractClient> {
  const people = await stage.createPool(settings, oauthSettings);
  const Domain = `contract-${crypto.randomUUID()}`;
  await stage.api.createUserPoolDomain({ UserPoolId: people.UserPoolId, Domain });
  return people;
}

/** A client of a user pool, played by openid-client. It checks the signatures of ID tokens. */
export function discover(
  stage: Stage,
  { UserPoolId, ClientId, ClientSecret }: ContractClient,
  authentication: client.ClientAuth = ClientSecret ? client.ClientSecretPost(ClientSecret) : client.None(),
): Promise<client.Configuration> {
  const issuer = new URL(`${stage.userPoolEndpoint}/${UserPoolId}`);
  const insecure = issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [];
  return client.discovery(issuer, ClientId, undefined, authentication, {
    execute: [...insecure, client.enableNonRepudiationChecks],
  });
}

export interface Authorization {
  address: URL;
  state: string;
  nonce: string;
  verifier: string;
}

/** An authorization request with PKCE, state and nonce. @param changes other parameters; undefined takes one away. */
export async function authorize(
  config: client.Configuration,
  changes: Record<string, string | undefined> = {},
): Promise<Authorization> {
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const parameters = {
    redirect_uri: redirectUri,
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...changes,
  };
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { address: client.buildAuthorizationUrl(config, Object.fromEntries(given)), state, nonce, verifier };
}

/** Follows an authorization to the sign-in page and fills it in. @returns where the browser is sent then. */
export async function fillIn(
  browser: JarBrowser,
  address: URL,
  username: string,
  chosen = password,
): Promise<URL> {
  const page = await browser.follow(await browser.get(address), address.origin);
  const answer = await browser.submit(page, 'password', { username, password: chosen });
  return (await browser.follow(answer, address.origin)).location;
}

/** Exchanges the code of a callback address. */
export function exchange(config: client.Configuration, callback: URL, begun: Authorization) {
  const expectsIdToken = begun.address.searchParams.get('scope')?.split(' ').includes('openid');
  return client.authorizationCodeGrant(config, callback, {
    pkceCodeVerifier: begun.verifier,
    expectedState: begun.state,
    ...(expectsIdToken && { expectedNonce: begun.nonce, idTokenExpected: true }),
  });
}

/** A whole sign-in by code grant in a new browser. */
export async function signInByCode(
  config: client.Configuration,
  username: string,
  changes: Record<string, string | undefined> = {},
) {
  const begun = await authorize(config, changes);
  const browser = openJarBrowser(begun.address.origin);
  return exchange(config, await fillIn(browser, begun.address, username), begun);
}

/** A fresh code, not yet exchanged. */
export async function obtainCode(
  config: client.Configuration,
  username: string,
  changes: Record<string, string | undefined> = {},
): Promise<Authorization & { callback: URL; code: string }> {
  const begun = await authorize(config, changes);
  const browser = openJarBrowser(begun.address.origin);
  const callback = await fillIn(browser, begun.address, username);
  return { ...begun, callback, code: required(callback.searchParams.get('code')) };
}

/** Posts a form as no library would. */
export async function postForm(
  address: string | undefined,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const response = await fetch(required(address), {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? '' : JSON.parse(text) };
}
