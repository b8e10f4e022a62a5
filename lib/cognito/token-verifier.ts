import { JwtVerifier } from 'aws-jwt-verify';
import { JwtInvalidIssuerError, JwtInvalidSignatureError } from 'aws-jwt-verify/error';
import { BoundedMap } from '../bounded-map.ts';
import { type Config, config } from '../config.ts';
import { logSampled } from '../log.ts';
import { SingleFlight } from '../single-flight.ts';
import { type AccessTokenClaims, accessTokenClaims, type IdTokenClaims, idTokenClaims } from './claims.ts';
import { endpoints } from './endpoints.ts';
import { KeysUnavailableError, UnknownKeyError, UserPoolKeys } from './jwks.ts';
import { keyIdOf, shapeProblem } from './token-shape.ts';

/** A signature costs more to check than all else, and the same token comes with every request. */
const MOST_VERIFIED = 2_000;

/** How far the clocks of the user pool and this machine may differ, in seconds. */
export const CLOCK_TOLERANCE = 60;

export type Verdict<Claims> =
  | { kind: 'valid'; claims: Claims }
  | { kind: 'expired' }
  | { kind: 'invalid'; reason: string }
  | { kind: 'unavailable' };

export interface TokenVerifier {
  /** Verifies an access token of one of `clientIds`. */
  accessToken(token: string, clientIds: readonly string[]): Promise<Verdict<AccessTokenClaims>>;
  /** Verifies an ID token made for one of `clientIds`. */
  idToken(token: string, clientIds: readonly string[]): Promise<Verdict<IdTokenClaims>>;
  /** Whether the user pool's signing keys could be had when they were last asked for, at most ten seconds ago. */
  ready(): Promise<boolean>;
}

type Schema<Claims> = { safeParse(value: unknown): { success: true; data: Claims } | { success: false } };
type Timed = { exp: number; iat: number; auth_time?: number | undefined; nbf?: number | undefined };

/** A user pool dates nothing ahead, so a signed `iat` in the future says that one of the two clocks is wrong. */
function timeProblem(claims: Timed, now: number): 'expired' | 'clock skew' | 'not yet valid' | undefined {
  const latest = now + CLOCK_TOLERANCE;
  if (claims.iat > latest || (claims.auth_time ?? 0) > latest) return 'clock skew';
  if ((claims.nbf ?? 0) > latest) return 'not yet valid';
  return claims.exp + CLOCK_TOLERANCE <= now ? 'expired' : undefined;
}

/** The library's errors all go by the name "Error", and their messages quote claims. */
function failedCheck(error: unknown): string {
  if (error instanceof UnknownKeyError) return 'unknown key';
  if (error instanceof JwtInvalidSignatureError) return 'signature';
  if (error instanceof JwtInvalidIssuerError) return 'issuer';
  return 'unreadable';
}

/**
 * Verifies Cognito's tokens: signature and issuer through aws-jwt-verify, and around it the checks that library
 * leaves to its callers (tests/attack/token-verification). One verifier serves Cognito and the local pool,
 * because nothing in it knows an issuer's form. No error and no log line carries a token or a claim's value.
 * @param now milliseconds since the epoch, for the times in tokens
 */
export function createTokenVerifier(
  configuration: Pick<Config, 'issuer' | 'domain'>,
  now: () => number = Date.now,
  keys = new UserPoolKeys(),
): TokenVerifier {
  const signature = JwtVerifier.create(
    {
      issuer: configuration.issuer,
      audience: null,
      jwksUri: endpoints(configuration).jwks,
      // Times are judged below, in one place and with one clock.
      graceSeconds: Number.MAX_SAFE_INTEGER,
    },
    { jwksCache: keys },
  );

  /** What was valid, and by which set of keys; once another is in force, everything is verified anew. */
  const verified = new BoundedMap<string, { claims: AccessTokenClaims; by: object }>(MOST_VERIFIED);
  const underWay = new SingleFlight<Verdict<AccessTokenClaims>>();

  async function verify<Claims extends Timed>(
    token: string,
    schema: Schema<Claims>,
  ): Promise<Verdict<Claims>> {
    const shape = shapeProblem(token);
    if (shape) return { kind: 'invalid', reason: shape };
    try {
      const payload = await signature.verify(token);
      const claims = schema.safeParse(payload);
      return claims.success ? judgeTimes(claims.data) : { kind: 'invalid', reason: 'claims' };
    } catch (error) {
      if (error instanceof KeysUnavailableError) return { kind: 'unavailable' };
      return { kind: 'invalid', reason: failedCheck(error) };
    }
  }

  function judgeTimes<Claims extends Timed>(claims: Claims): Verdict<Claims> {
    const time = timeProblem(claims, Math.floor(now() / 1_000));
    if (time === 'expired') return { kind: 'expired' };
    return time ? { kind: 'invalid', reason: time } : { kind: 'valid', claims };
  }

  /** Only what was valid is remembered: a flood of made-up tokens takes no room from real ones. */
  async function verifyAccessToken(token: string): Promise<Verdict<AccessTokenClaims>> {
    const by = keys.inForce();
    const known = verified.get(token);
    if (known && known.by === by) return judgeTimes(known.claims);
    const verdict = await underWay.share(token, () => verify(token, accessTokenClaims));
    if (verdict.kind === 'valid' && by) verified.set(token, { claims: Object.freeze(verdict.claims), by });
    return verdict;
  }

  const report = <Claims>(use: string, token: string, verdict: Verdict<Claims>): Verdict<Claims> => {
    if (verdict.kind === 'invalid')
      logSampled('warn', 'token_rejected', { use, reason: verdict.reason, kid: keyIdOf(token) });
    if (verdict.kind === 'unavailable') logSampled('error', 'signing_keys_unavailable');
    return verdict;
  };

  return {
    ready: () => keys.isReachable(endpoints(configuration).jwks),
    async accessToken(token, clientIds) {
      const verdict = await verifyAccessToken(token);
      if (verdict.kind === 'valid' && !clientIds.includes(verdict.claims.client_id)) {
        return report('access', token, { kind: 'invalid', reason: 'client_id' });
      }
      return report('access', token, verdict);
    },
    async idToken(token, clientIds) {
      const verdict = await verify(token, idTokenClaims);
      if (verdict.kind !== 'valid') return report('id', token, verdict);
      const { aud, azp } = verdict.claims;
      if (!clientIds.includes(aud) || (azp ?? aud) !== aud)
        return report('id', token, { kind: 'invalid', reason: 'aud' });
      return verdict;
    },
  };
}

let shared: TokenVerifier | undefined;

/** The verifier of this process; its keys are fetched once and shared by all requests. */
export function tokenVerifier(): TokenVerifier {
  shared ??= createTokenVerifier(config());
  return shared;
}
