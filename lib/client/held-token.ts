import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import { z } from 'zod';
import { CognitoFetchError } from './error.ts';

/** What a sign-in or a refresh brought. */
export interface Tokens {
  accessToken: string;
  idToken: string | undefined;
  /** Of a refresh only where the app client rotates. */
  refreshToken: string | undefined;
}

/** The share of a token's lifetime after which it is refreshed. */
const REFRESH_AT = 0.75;

/** A token and its times, in milliseconds since the epoch by this machine's clock. */
export interface HeldToken {
  readonly token: string;
  readonly dueAt: number;
  readonly expiresAt: number;
}

const times = z.object({ iat: z.number(), exp: z.number() });

/**
 * Reads how long a token lives. It lives from when it was asked for, whatever the two clocks say of each other; whether
 * it is genuine is for the API to judge.
 * @param askedAt milliseconds since the epoch
 * @throws CognitoFetchError `user_pool_unavailable` when it is no JWT with times
 */
export function heldToken(token: string, askedAt: number): HeldToken {
  const lifetime = lifetimeOf(token) * 1_000;
  return { token, dueAt: askedAt + lifetime * REFRESH_AT, expiresAt: askedAt + lifetime };
}

/** In seconds. */
function lifetimeOf(token: string): number {
  try {
    const { iat, exp } = times.parse(decomposeUnverifiedJwt(token).payload);
    return exp - iat;
  } catch {
    // The parser's own message would quote the token.
    throw new CognitoFetchError('user_pool_unavailable', 'a token without times');
  }
}
