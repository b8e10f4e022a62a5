import { refreshTokens } from '../cognito/token-endpoint.ts';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import { countRefresh } from '../telemetry/metrics.ts';
import { inSpan } from '../telemetry/span.ts';
import type { SessionCookie } from './cookie-contents.ts';
import { requireRoom } from './cookie-room.ts';
import { nextGeneration, sessionContents, verifyTokens } from './tokens.ts';

type RefreshResult =
  | {
      kind: 'refreshed';
      session: SessionCookie;
      refreshToken: string;
      /** Only of a session that waits for one: it is of no use to anybody else. */
      idToken: string | undefined;
    }
  /** The user pool does not take the refresh token (`invalid_grant`). */
  | { kind: 'refused' }
  | { kind: 'ended' }
  | { kind: 'unavailable'; reason: string };

/** Cognito's longest rotation grace. Until then a request that left with the older cookie gets the newer one. */
const REPLAY_MS = 60_000;
const MOST_FLIGHTS = 10_000;

interface Flight {
  result: Promise<RefreshResult>;
  /** Milliseconds since the epoch. */
  beganAt: number;
}

const flights = new Map<string, Flight>();

async function fingerprint(refreshToken: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(refreshToken));
  return String.fromCharCode(...new Uint8Array(hash));
}

/** Flights are kept in the order they began, so the oldest come first. */
function forgetOld(now: number): void {
  for (const [key, flight] of flights) {
    if (Math.abs(now - flight.beganAt) < REPLAY_MS && flights.size <= MOST_FLIGHTS) return;
    flights.delete(key);
  }
}

/**
 * Refreshes a session, once: requests that hold the same refresh token share one call to the user pool, and for
 * sixty seconds after it they are given its result again, unless it was a failure that may pass. Without rotation the
 * same refresh token comes back when the session is due once more: then the result from before is of no use.
 * @param now milliseconds since the epoch
 */
export async function refreshSession(
  config: Config,
  session: SessionCookie,
  refreshToken: string,
  now = Date.now(),
): Promise<RefreshResult> {
  const key = await fingerprint(refreshToken);
  forgetOld(now);
  const underway = flights.get(key);
  const isOfUse = ({ beganAt }: Flight) =>
    Math.abs(now - beganAt) < REPLAY_MS && beganAt >= session.refreshDueAt * 1_000;
  if (underway && isOfUse(underway)) return await underway.result;
  const flight = {
    result: measured(() => redeem(config, session, refreshToken, Math.floor(now / 1_000))),
    beganAt: now,
  };
  flights.delete(key);
  flights.set(key, flight);
  const settled = await flight.result;
  if (settled.kind === 'unavailable' && flights.get(key) === flight) flights.delete(key);
  return settled;
}

const measured = (work: () => Promise<RefreshResult>): Promise<RefreshResult> =>
  inSpan('refresh', {}, async (add) => {
    const result = await work();
    add({ 'cabana.outcome': result.kind });
    countRefresh(result.kind);
    return result;
  });

async function redeem(
  config: Config,
  session: SessionCookie,
  refreshToken: string,
  now: number,
): Promise<RefreshResult> {
  const outcome = await refreshTokens(config, refreshToken);
  if (outcome.kind === 'unavailable') {
    log('warn', 'refresh_unavailable', { session: session.sessionId, reason: outcome.reason });
    return outcome;
  }
  if (outcome.kind === 'refused') {
    const result = ended(session, outcome.error);
    return outcome.error === 'invalid_grant' ? { kind: 'refused' } : result;
  }
  try {
    const idToken = outcome.idToken;
    if (!idToken) return ended(session, 'no ID token');
    const verified = await verifyTokens(config, { accessToken: outcome.accessToken, idToken });
    if (verified.id.sub !== session.claims.sub) return ended(session, 'another sub');
    const generation = nextGeneration(now, session);
    const contents = sessionContents(verified, { ...session, generation }, now);
    const next = outcome.refreshToken ?? refreshToken;
    requireRoom(contents, next);
    const awaited = session.idTokenFor ? idToken : undefined;
    return { kind: 'refreshed', session: contents, refreshToken: next, idToken: awaited };
  } catch (error) {
    if (error instanceof AppError && error.code === 'user_pool_unavailable') {
      return { kind: 'unavailable', reason: error.message };
    }
    return ended(session, error instanceof AppError ? error.message : 'unknown');
  }
}

/** A client that Cognito no longer accepts is the operator's trouble, not one person's. */
function ended(session: SessionCookie, reason: string): RefreshResult {
  const level = reason === 'invalid_client' || reason === 'unauthorized_client' ? 'error' : 'info';
  log(level, 'session_ended', { session: session.sessionId, reason });
  return { kind: 'ended' };
}
