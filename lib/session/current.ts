import type { AccessTokenClaims } from '../cognito/claims.ts';
import { revokeRefreshToken } from '../cognito/token-endpoint.ts';
import { tokenVerifier } from '../cognito/token-verifier.ts';
import type { Config } from '../config.ts';
import type { SessionCookie } from './cookie-contents.ts';
import type { Cookies } from './cookies.ts';
import { refreshSession } from './refresh.ts';
import { readRefreshToken, readSession, readStrayRefreshToken } from './session-cookies.ts';

/** A session whose access token has been verified for this request. */
export interface LiveSession {
  session: SessionCookie;
  access: AccessTokenClaims;
}

export type CurrentSession =
  | { kind: 'none' }
  /** There was a session and it is over: its cookies are to be cleared. */
  | { kind: 'ended' }
  /** There is a session, and nothing can be said about it until the user pool answers again. */
  | { kind: 'unavailable' }
  | ({ kind: 'live' } & LiveSession);

export type KeptSession =
  | CurrentSession
  /** The user pool does not take the refresh token any more: the session is over, and somebody should hear of it. */
  | { kind: 'refused'; session: SessionCookie }
  /** Its cookie is to be written again, with the time at which it was used. */
  | ({ kind: 'seen' } & LiveSession)
  | ({ kind: 'refreshed'; refreshToken: string; idToken: AwaitedIdToken | undefined } & LiveSession);

/** A fresh ID token, for the page that asked for it. */
interface AwaitedIdToken {
  path: string;
  token: string;
}

/**
 * The session of a request, read and verified, never refreshed: for code that cannot set cookies.
 * An access token past its end counts as no session, because the middleware has had its chance to refresh.
 */
export async function readCurrentSession(
  config: Config,
  cookies: Cookies,
  now = Date.now(),
): Promise<CurrentSession> {
  const read = await readSession(cookies, config);
  if (read.kind === 'none') return { kind: 'none' };
  if (read.kind === 'unreadable') return { kind: 'ended' };
  return await verifySession(config, read.session, now);
}

async function verifySession(config: Config, session: SessionCookie, now: number): Promise<CurrentSession> {
  if (isOver(config, session, now)) return { kind: 'ended' };
  const verdict = await tokenVerifier().accessToken(session.accessToken, [config.clientId]);
  if (verdict.kind === 'unavailable') return { kind: 'unavailable' };
  if (verdict.kind !== 'valid' || verdict.claims.sub !== session.claims.sub) return { kind: 'ended' };
  return { kind: 'live', session, access: verdict.claims };
}

/**
 * Both lifetimes are counted from what the seal says (ASVS 7.3.1 and 7.3.2): a refresh renews the seal, and a browser
 * may keep a cookie for as long as it likes.
 */
const isOver = (config: Config, { openedAt, seenAt }: SessionCookie, now: number): boolean =>
  (openedAt + config.sessionLifetime) * 1_000 <= now || (seenAt + config.idleLifetime) * 1_000 <= now;

/** In seconds: writing a cookie with every page would cost more than it tells. */
const seenEvery = (config: Config): number => Math.max(60, config.idleLifetime / 100);

/** A session that goes on as it is, but for the time at which it was last used. */
function used(config: Config, live: LiveSession, now: number): KeptSession {
  const seconds = Math.floor(now / 1_000);
  if (seconds - live.session.seenAt < seenEvery(config)) return { ...live, kind: 'live' };
  return { ...live, kind: 'seen', session: { ...live.session, seenAt: seconds } };
}

/**
 * The session of a request, refreshed where that is due: for the edge middleware alone, because it runs before
 * every render and can set cookies. A session that cannot be refreshed now goes on with the tokens it has, as
 * long as they are good.
 * @param now milliseconds since the epoch
 */
export async function keepSession(config: Config, cookies: Cookies, now = Date.now()): Promise<KeptSession> {
  const read = await readSession(cookies, config);
  if (read.kind === 'none') return { kind: 'none' };
  if (read.kind === 'unreadable') {
    const stray = await readStrayRefreshToken(cookies, config);
    if (stray) await revokeRefreshToken(config, stray);
    return { kind: 'ended' };
  }
  const { session } = read;
  if (isOver(config, session, now)) return { kind: 'ended' };
  const present = await verifySession(config, session, now);
  const asItIs = present.kind === 'live' ? used(config, present, now) : present;
  if (session.refreshDueAt * 1_000 > now && present.kind !== 'ended') return asItIs;
  const refreshToken = await readRefreshToken(cookies, config, session);
  if (!refreshToken || present.kind === 'unavailable') return asItIs;

  const result = await refreshSession(config, session, refreshToken, now);
  if (result.kind === 'refused') return { kind: 'refused', session };
  if (result.kind === 'ended') return { kind: 'ended' };
  if (result.kind === 'unavailable') return present.kind === 'live' ? asItIs : { kind: 'unavailable' };
  const fresh = await verifySession(config, result.session, now);
  if (fresh.kind !== 'live') return fresh;
  const { refreshToken: next, idToken: token } = result;
  const { idTokenFor: awaited } = session;
  const isAwaited = token !== undefined && awaited !== undefined && awaited.until * 1_000 > now;
  const idToken = isAwaited ? { path: awaited.path, token } : undefined;
  return { ...fresh, kind: 'refreshed', refreshToken: next, idToken };
}
