import { type AccessTokenClaims, type IdTokenClaims, personalClaims } from '../cognito/claims.ts';
import { type TokenVerifier, tokenVerifier, type Verdict } from '../cognito/token-verifier.ts';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import type { SessionCookie } from './cookie-contents.ts';

/** The share of an access token's lifetime after which the next page load refreshes it. */
const REFRESH_AT = 0.75;

interface VerifiedTokens {
  accessToken: string;
  access: AccessTokenClaims;
  id: IdTokenClaims;
}

function claimsOf<Claims>(verdict: Verdict<Claims>, use: string): Claims {
  if (verdict.kind === 'valid') return verdict.claims;
  if (verdict.kind === 'unavailable') throw new AppError('user_pool_unavailable', 'signing keys');
  throw new AppError(
    'tokens_rejected',
    // They were issued a moment ago, so one that has expired says that one of the two clocks is wrong.
    `${use} token: ${verdict.kind === 'invalid' ? verdict.reason : 'clock skew'}`,
  );
}

async function leftHalfHash(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return btoa(String.fromCharCode(...hash.slice(0, 16)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

/**
 * Verifies an access token and the ID token that came with it, and that the two belong together
 * (OpenID Connect Core sections 3.1.3.7 and 3.1.3.8).
 * @throws AppError `tokens_rejected`, or `user_pool_unavailable` when the signing keys cannot be had
 */
export async function verifyTokens(
  config: Config,
  tokens: { accessToken: string; idToken: string },
  verifier: TokenVerifier = tokenVerifier(),
): Promise<VerifiedTokens> {
  const access = claimsOf(await verifier.accessToken(tokens.accessToken, [config.clientId]), 'access');
  const id = claimsOf(await verifier.idToken(tokens.idToken, [config.clientId]), 'ID');
  if (access.sub !== id.sub) throw new AppError('tokens_rejected', 'sub differs');
  if (id.at_hash !== undefined && id.at_hash !== (await leftHalfHash(tokens.accessToken))) {
    throw new AppError('tokens_rejected', 'at_hash');
  }
  return { accessToken: tokens.accessToken, access, id };
}

/**
 * The generation of a session that takes another's place: the second it begins in, and more than the one before.
 * @param now seconds since the epoch
 */
export const nextGeneration = (now: number, before: Pick<SessionCookie, 'generation'> | undefined): number =>
  Math.max(now, (before?.generation ?? 0) + 1);

/**
 * What the session cookie holds for freshly verified tokens.
 * @param now seconds since the epoch
 */
export function sessionContents(
  tokens: VerifiedTokens,
  { sessionId, openedAt, generation }: Pick<SessionCookie, 'sessionId' | 'openedAt' | 'generation'>,
  now: number,
): SessionCookie {
  const lifetime = tokens.access.exp - tokens.access.iat;
  return {
    purpose: 'session',
    sessionId,
    generation,
    openedAt,
    accessToken: tokens.accessToken,
    claims: personalClaims(tokens.id),
    refreshedAt: now,
    seenAt: now,
    claimsExpireAt: tokens.id.exp,
    refreshDueAt: now + Math.ceil(lifetime * REFRESH_AT),
  };
}
