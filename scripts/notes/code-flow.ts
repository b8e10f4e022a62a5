import * as oauth from 'oauth4webapi';
import { deadlineFetch } from '../../lib/http/deadline-fetch.ts';
import { Failure } from './failure.ts';
import { isLoopback, SCOPES, type Settings } from './settings.ts';
import type { SignedIn } from './signed-in.ts';

/** A sign-in that has been started and waits for its callback. */
export interface CodeFlow {
  /** Where the person signs in. */
  address: string;
  /** Whether a callback belongs to this sign-in; one that does not is nobody's business. */
  isOwn(callback: URL): boolean;
  /**
   * Redeems the code that a callback brings.
   * @throws Failure
   */
  finish(callback: URL): Promise<SignedIn>;
}

const requestOptions = (issuer: string) => ({
  [oauth.customFetch]: deadlineFetch as typeof fetch,
  [oauth.allowInsecureRequests]: isLoopback(issuer),
});

/**
 * Asks the user pool where its endpoints are (OpenID Connect Discovery; Cognito serves it below the issuer).
 * @throws Failure
 */
export async function discover(issuer: string): Promise<oauth.AuthorizationServer> {
  try {
    const url = new URL(issuer);
    const response = await oauth.discoveryRequest(url, {
      [oauth.customFetch]: (address: string) => deadlineFetch(address),
      [oauth.allowInsecureRequests]: isLoopback(issuer),
    });
    return await oauth.processDiscoveryResponse(url, response);
  } catch {
    throw new Failure(`There is no user pool at ${issuer}: is it running, and is the address right?`);
  }
}

/** What the user pool's OAuth endpoints begin with. */
export const domainOf = ({ issuer, token_endpoint = '' }: oauth.AuthorizationServer): string =>
  token_endpoint.replace(/\/oauth2\/token$/, '') || issuer;

/** Words for what a failed exchange says; it quotes neither the code nor a token. */
function reasonOf(error: unknown): string {
  if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError)
    return error.error;
  return error instanceof oauth.OperationProcessingError ? (error.code ?? error.name) : 'no answer';
}

/**
 * Begins the authorization code grant of a native app: PKCE with S256, state and nonce, no secret (RFC 8252, RFC 7636,
 * OpenID Connect Core section 3.1).
 * @throws Failure when the user pool cannot be reached
 */
export async function beginCodeFlow(settings: Settings, redirectUri: string): Promise<CodeFlow> {
  const { api, issuer, clientId } = settings;
  const server = await discover(issuer);
  const client: oauth.Client = { client_id: clientId };
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const nonce = oauth.generateRandomNonce();
  const address = new URL(server.authorization_endpoint ?? '');
  address.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: SCOPES,
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString();

  async function redeem(callback: URL): Promise<SignedIn> {
    const parameters = oauth.validateAuthResponse(server, client, callback, state);
    const askedAt = Date.now();
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      redirectUri,
      verifier,
      requestOptions(issuer),
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    });
    if (!tokens.refresh_token) throw new Failure('The user pool sent no refresh token.');
    const { access_token: accessToken, refresh_token: refreshToken } = tokens;
    return { api, issuer, domain: domainOf(server), clientId, accessToken, refreshToken, askedAt };
  }

  return {
    address: address.href,
    isOwn: (callback) => callback.searchParams.get('state') === state,
    async finish(callback) {
      try {
        return await redeem(callback);
      } catch (error) {
        if (error instanceof Failure) throw error;
        throw new Failure(`The user pool did not complete the sign-in (${reasonOf(error)}).`);
      }
    },
  };
}
