import * as oauth from 'oauth4webapi';
import { inSpan } from '../telemetry/span.ts';
import {
  authorizationServer,
  judgeFailure,
  requestOptions,
  type TokenClient,
  type TokenFailure,
} from './token-request.ts';

/** The ways a refresh can end (RFC 6749 section 5). */
type TokenOutcome =
  | { kind: 'tokens'; accessToken: string; idToken: string | undefined; refreshToken: string | undefined }
  | TokenFailure;

/** Codes that no second try will change (RFC 6749 section 5.2). */
const terminalErrors = ['invalid_grant', 'unauthorized_client', 'invalid_client'];

const client = (config: TokenClient): oauth.Client => ({
  client_id: config.clientId,
  [oauth.clockTolerance]: 60,
});

const clientAuthentication = (config: TokenClient): oauth.ClientAuth =>
  config.clientSecret ? oauth.ClientSecretBasic(config.clientSecret) : oauth.None();

/**
 * Redeems a refresh token once. There is no retry: with rotation on, a request that was lost on its way back
 * has already spent the token (Cognito: token endpoint, refresh token rotation).
 */
export const refreshTokens = (config: TokenClient, refreshToken: string): Promise<TokenOutcome> =>
  inSpan('token endpoint', { 'cabana.grant': 'refresh_token' }, async (add) => {
    const outcome = await requestRefresh(config, refreshToken);
    add({ 'cabana.outcome': outcome.kind });
    return outcome;
  });

async function requestRefresh(config: TokenClient, refreshToken: string): Promise<TokenOutcome> {
  const server = authorizationServer(config);
  try {
    const response = await oauth.refreshTokenGrantRequest(
      server,
      client(config),
      clientAuthentication(config),
      refreshToken,
      requestOptions(config),
    );
    const result = await oauth.processRefreshTokenResponse(server, client(config), response);
    return {
      kind: 'tokens',
      accessToken: result.access_token,
      idToken: result.id_token,
      refreshToken: result.refresh_token,
    };
  } catch (error) {
    return await judgeFailure(error, terminalErrors);
  }
}

/** A whole sign-out takes two seconds at the most, whatever the user pool does; in milliseconds. */
const REVOCATION_DEADLINE_MS = 1_500;

/**
 * Revokes a refresh token and every token that descends from it (RFC 7009; Cognito: revocation endpoint), within
 * 1,500 milliseconds.
 * @returns whether the user pool confirmed it; a failure must not keep anyone from signing out
 */
export async function revokeRefreshToken(config: TokenClient, refreshToken: string): Promise<boolean> {
  try {
    const response = await oauth.revocationRequest(
      authorizationServer(config),
      client(config),
      clientAuthentication(config),
      refreshToken,
      { ...requestOptions(config), signal: AbortSignal.timeout(REVOCATION_DEADLINE_MS) },
    );
    await oauth.processRevocationResponse(response);
    return true;
  } catch {
    return false;
  }
}
