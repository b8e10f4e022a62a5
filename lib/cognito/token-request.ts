import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { deadlineFetch } from '../http/deadline-fetch.ts';
import { endpoints } from './endpoints.ts';

/** How a token request can fail (RFC 6749 section 5.2); only `refused` says anything about the grant. */
export type TokenFailure = { kind: 'refused'; error: string } | { kind: 'unavailable'; reason: string };

/** What a token request needs of the configuration. */
export type TokenClient = Pick<
  Config,
  'issuer' | 'domain' | 'clientId' | 'clientSecret' | 'allowInsecureRequests'
>;

export const authorizationServer = (
  config: Pick<TokenClient, 'issuer' | 'domain'>,
): oauth.AuthorizationServer => ({
  issuer: config.issuer,
  token_endpoint: endpoints(config).token,
  revocation_endpoint: endpoints(config).revocation,
});

/** What oauth4webapi is told for every call of a user pool. */
export const requestOptions = (config: Pick<TokenClient, 'allowInsecureRequests'>) => ({
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
 * @param terminalErrors the codes of RFC 6749 section 5.2 that no second try of this grant will change
 */
export async function judgeFailure(error: unknown, terminalErrors: readonly string[]): Promise<TokenFailure> {
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
