import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { deadlineFetch } from '../http/deadline-fetch.ts';
import { inSpan } from '../telemetry/span.ts';
import { endpoints } from './endpoints.ts';

/** The three ways a token request can end (RFC 6749 section 5); only `refused` says anything about the grant. */
export type TokenOutcome =
  | { kind: 'tokens'; accessToken: string; idToken: string | undefined; refreshToken: string | undefined }
  | { kind: 'refused'; error: string }
  | { kind: 'unavailable'; reason: string };

/** Codes that no second try will change (RFC 6749 section 5.2). */
const terminalErrors = ['invalid_grant', 'unauthorized_client', 'invalid_client'];

const authorizationServer = (config: Config): oauth.AuthorizationServer => ({
  issuer: config.issuer,
  token_endpoint: endpoints(config).token,
  revocation_endpoint: endpoints(config).revocation,
});

const client = (config: Config): oauth.Client => ({ client_id: config.clientId, [oauth.clockTolerance]: 60 });

const clientAuthentication = (config: Config): oauth.ClientAuth =>
  config.clientSecret ? oauth.ClientSecretBasic(config.clientSecret) : oauth.None();

const requestOptions = (config: Config) => ({
  [oauth.customFetch]: deadlineFetch as typeof fetch,
  [oauth.allowInsecureRequests]: config.allowInsecureRequests,
});

const errorBody = z.object({ error: z.string() });

/**
 * The OAuth error of a refusal. Where a challenge comes with it (RFC 6749 section 5.2, for `invalid_client`), the
 * library stops at the challenge; a proxy in between sends challenges too, so the body has to say it.
 */
async function oauthError(error: unknown): Promise<{ status: number; error: string } | undefined> {
  if (error instanceof oauth.ResponseBodyError) return error;
  if (!(error instanceof oauth.WWWAuthenticateChallengeError)) return undefined;
  const body = errorBody.safeParse(await error.response.json().catch(() => undefined));
  return body.success ? { status: error.status, error: body.data.error } : undefined;
}

/**
 * Judges a failed exchange. A refusal counts only as the OAuth error body that RFC 6749 section 5.2 describes:
 * an overloaded or broken peer must never end anyone's session. An ID token that was made for somebody else is no
 * breakdown, and a second try would bring the same (OpenID Connect Core section 12.2).
 */
async function judgeFailure(error: unknown): Promise<TokenOutcome> {
  const refusal = await oauthError(error);
  if (refusal && refusal.status < 429 && terminalErrors.includes(refusal.error)) {
    return { kind: 'refused', error: refusal.error };
  }
  if (refusal) return { kind: 'unavailable', reason: `${refusal.status} ${refusal.error}` };
  if (error instanceof oauth.OperationProcessingError && error.code === oauth.JWT_CLAIM_COMPARISON) {
    return { kind: 'refused', error: 'ID token of another issuer or client' };
  }
  if (error instanceof oauth.OperationProcessingError)
    return { kind: 'unavailable', reason: error.code ?? error.name };
  return { kind: 'unavailable', reason: error instanceof Error ? error.message : 'unknown' };
}

/**
 * Redeems a refresh token once. There is no retry: with rotation on, a request that was lost on its way back
 * has already spent the token (Cognito: token endpoint, refresh token rotation).
 */
export const refreshTokens = (config: Config, refreshToken: string): Promise<TokenOutcome> =>
  inSpan('token endpoint', { 'cabana.grant': 'refresh_token' }, async (add) => {
    const outcome = await requestRefresh(config, refreshToken);
    add({ 'cabana.outcome': outcome.kind });
    return outcome;
  });

async function requestRefresh(config: Config, refreshToken: string): Promise<TokenOutcome> {
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
    return await judgeFailure(error);
  }
}

/** A whole sign-out takes two seconds at the most, whatever the user pool does; in milliseconds. */
const REVOCATION_DEADLINE_MS = 1_500;

/**
 * Revokes a refresh token and every token that descends from it (RFC 7009; Cognito: revocation endpoint), within
 * 1,500 milliseconds.
 * @returns whether the user pool confirmed it; a failure must not keep anyone from signing out
 */
export async function revokeRefreshToken(config: Config, refreshToken: string): Promise<boolean> {
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
