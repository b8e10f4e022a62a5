import * as oauth from 'oauth4webapi';
import { retryAfter } from '../client/retry-after.ts';
import type { Config, ServiceClient } from '../config.ts';
import { authorizationServer, judgeFailure, requestOptions, type TokenFailure } from './token-request.ts';

type ClientTokenOutcome =
  /** `expiresIn` in seconds, as the user pool says it. */
  | { kind: 'token'; accessToken: string; expiresIn: number | undefined }
  | Extract<TokenFailure, { kind: 'refused' }>
  /** `retryAfter` in milliseconds, when the user pool says it. */
  | (Extract<TokenFailure, { kind: 'unavailable' }> & { retryAfter: number | undefined });

/** The same request brings the same again: each of them is about the app client or what it may ask for. */
const terminalErrors = [
  'invalid_client',
  'unauthorized_client',
  'invalid_grant',
  'invalid_scope',
  'unsupported_grant_type',
];

/** What can stand in an Authorization header (RFC 6750 section 2.1). */
const bearerToken = /^[\w~+/.-]+=*$/;

/**
 * Asks the token endpoint once for an access token of an app client's own (RFC 6749 section 4.4; Cognito: token
 * endpoint, `client_credentials`). Cognito bills every token that it issues so.
 * @param scopes custom scopes of resource servers; none asks for all that the app client is allowed
 */
export async function requestClientToken(
  config: Config,
  client: ServiceClient,
  scopes: readonly string[],
): Promise<ClientTokenOutcome> {
  const server = authorizationServer(config);
  const id = { client_id: client.clientId };
  let wait: number | undefined;
  try {
    const response = await oauth.clientCredentialsGrantRequest(
      server,
      id,
      oauth.ClientSecretBasic(client.clientSecret),
      scopes.length > 0 ? { scope: scopes.join(' ') } : {},
      requestOptions(config),
    );
    wait = retryAfter(response.headers.get('retry-after'), Date.now());
    const result = await oauth.processClientCredentialsResponse(server, id, response);
    return bearerToken.test(result.access_token)
      ? { kind: 'token', accessToken: result.access_token, expiresIn: result.expires_in }
      : { kind: 'unavailable', reason: 'not a bearer token', retryAfter: wait };
  } catch (error) {
    const failure = await judgeFailure(error, terminalErrors);
    return failure.kind === 'refused' ? failure : { ...failure, retryAfter: wait };
  }
}
