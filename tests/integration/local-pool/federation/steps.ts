import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { freshConnections } from '../../../support/fresh-connections.ts';
import type { JarBrowser, Visit } from '../../../support/jar-browser.ts';
import {
  appCallback,
  appClientId,
  appSecret,
  jane,
  type OidcProvider,
  type ServiceProvider,
  spPoolId,
} from './federated-pools.ts';

/** Follows an authorization request to the peer's sign-in page. */
export async function goToPeer(
  sp: ServiceProvider,
  peer: OidcProvider,
  browser: JarBrowser,
  changes: Record<string, string> = { identity_provider: 'Peer' },
): Promise<Visit> {
  return browser.follow(await browser.get(sp.authorizeUrl(changes)), sp.url, peer.url);
}

/** Fills in the peer's sign-in page. @returns the address at which the peer hands the browser back */
export async function fillInAtPeer(browser: JarBrowser, page: Visit): Promise<URL> {
  return (await browser.submit(page, 'password', jane)).location;
}

/** The whole way from the app client's request to its callback. */
export async function signInAtPeer(
  sp: ServiceProvider,
  peer: OidcProvider,
  browser: JarBrowser,
  changes?: Record<string, string>,
): Promise<URL> {
  const page = await goToPeer(sp, peer, browser, changes);
  return (await browser.get(await fillInAtPeer(browser, page))).location;
}

export interface Tokens {
  id_token: string;
  access_token: string;
  refresh_token: string;
}

/** Exchanges the code of a callback address. */
export async function exchangeCode(sp: ServiceProvider, callback: URL): Promise<Tokens> {
  const response = await fetch(`${sp.url}/${spPoolId}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: appClientId,
      client_secret: appSecret,
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: appCallback,
    }),
  });
  if (!response.ok) throw new Error(`The code was refused: ${await response.text()} (${callback.search})`);
  return (await response.json()) as Tokens;
}

/** What userInfo says of an access token's user. */
export async function userInfo(sp: ServiceProvider, accessToken: string): Promise<Record<string, string>> {
  const headers = { authorization: `Bearer ${accessToken}` };
  const response = await fetch(`${sp.url}/${spPoolId}/oauth2/userInfo`, { headers });
  return (await response.json()) as Record<string, string>;
}

/** The AWS SDK's client of the pool. */
export function apiClient(sp: ServiceProvider): CognitoIdentityProviderClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new CognitoIdentityProviderClient({
    endpoint: sp.url,
    region: 'us-east-1',
    credentials,
    ...freshConnections,
  });
}
