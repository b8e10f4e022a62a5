import * as client from 'openid-client';
import type { FormBrowser } from './hosted-ui/form-browser.ts';
import { ada, redirectUri, userPoolId } from './hosted-ui/hosted-pool.ts';

/** An app client of `infra/template.yaml`, played by a library that nobody here wrote. */
export interface RelyingParty {
  config: client.Configuration;
  redirectUri: string;
  scope: string;
}

const clients = {
  web: {
    id: 'cabanaweb00000000000000001',
    secret: 'cabanalocalwebsecret0000000000000000000000000000001',
    redirectUri,
  },
  mobile: { id: 'cabanamobile00000000000001', secret: undefined, redirectUri: 'cabana://callback' },
  service: {
    id: 'cabanaservice0000000000001',
    secret: 'cabanalocalservicesecret000000000000000000000000001',
    redirectUri: '',
  },
} as const;

/**
 * Configures openid-client by discovery. It checks the signatures of ID tokens, which it would otherwise leave to TLS.
 * @param url the local pool's address
 * @param authentication instead of the client's own secret in the body, or of none
 */
export async function relyingParty(
  url: string,
  name: keyof typeof clients,
  authentication?: client.ClientAuth,
): Promise<RelyingParty> {
  const { id, secret, redirectUri } = clients[name];
  const config = await client.discovery(
    new URL(`${url}/${userPoolId}`),
    id,
    undefined,
    authentication ?? (secret ? client.ClientSecretPost(secret) : client.None()),
    { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
  );
  return { config, redirectUri, scope: 'openid email profile' };
}

export type Tokens = Awaited<ReturnType<typeof client.authorizationCodeGrant>>;

export interface Authorization {
  /** Where the browser is sent. */
  address: string;
  state: string;
  nonce: string;
  /** Checks the address that the browser came back with, and exchanges its code. */
  finish(callback: string): Promise<Tokens>;
}

/** Begins an authorization code flow with PKCE, state and nonce. */
export async function authorize(
  { config, redirectUri, scope }: RelyingParty,
  parameters: Record<string, string> = {},
): Promise<Authorization> {
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const asked = {
    redirect_uri: redirectUri,
    scope,
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...parameters,
  };
  const expectsIdToken = asked.scope.split(' ').includes('openid');
  return {
    address: client.buildAuthorizationUrl(config, asked).href,
    state,
    nonce,
    finish: (callback) =>
      client.authorizationCodeGrant(config, new URL(callback), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        ...(expectsIdToken && { expectedNonce: nonce, idTokenExpected: true }),
      }),
  };
}

/** Follows an authorization to the sign-in page and fills it in. @returns where the browser is sent then */
export async function fillIn(browser: FormBrowser, address: string, person = ada): Promise<string> {
  const page = await browser.get((await browser.get(address)).location);
  return (await browser.submit(page, 'login', person)).location;
}

/** A whole sign-in, from the authorization request to the tokens. */
export async function signIn(
  browser: FormBrowser,
  party: RelyingParty,
  parameters: Record<string, string> = {},
  person = ada,
): Promise<Tokens> {
  const authorization = await authorize(party, parameters);
  return authorization.finish(await fillIn(browser, authorization.address, person));
}

/** A member that an answer must have. */
export function required(value: string | undefined): string {
  if (value === undefined) throw new Error('The token endpoint left a token out.');
  return value;
}
