import type { AccessTokenClaims } from '../cognito/claims.ts';
import { revokeRefreshToken } from '../cognito/token-endpoint.ts';
import { tokenVerifier } from '../cognito/token-verifier.ts';
import type { Config } from '../config.ts';
import type { SessionCookie } from './cookie-contents.ts';
import { type Cookies, readSessionCookies } from './cookies.ts';
import { refreshSession } from './refresh.ts';

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

export type KeptSession = CurrentSession | ({ kind: 'refreshed'; refreshToken: string } & LiveSession);

/**
 * The session of a request, read and verified, never refreshed: for code that cannot set cookies.
 * An access token past its end counts as no session, because the middleware has had its chance to refresh.
 */
export async function readCurrentSession(
  config: Config,
  cookies: Cookies,
  now = Date.now(),
): Promise<CurrentSession> {
  const read = await readSessionCookies(cookies, config);
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

/** A refresh renews the seal, so the end of the whole session is counted from its beginning. */
const isOver = (config: Config, session: SessionCookie, now: number): boolean =>
  (session.openedAt + config.sessionLifetime) * 1_000 <= now;

/**
 * The session of a request, refreshed where that is due: for the edge middleware alone, because it runs before
 * every render and can set cookies. A session that cannot be refreshed now goes on with the tokens it has, as
 * long as they are good.
 * @param now milliseconds since the epoch
 */
export async function keepSession(config: Config, cookies: Cookies, now = Date.now()): Promise<KeptSession> {
  const read = await readSessionCookies(cookies, config);
  if (read.kind === 'none') return { kind: 'none' };
  if (read.kind === 'unreadable') {
    if (read.refreshToken) await revokeRefreshToken(config, read.refreshToken);
    return { kind: 'ended' };
  }
  const { session, refreshToken } = read;
  if (isOver(config, session, now)) return { kind: 'ended' };
  const present = await verifySession(config, session, now);
  const due = session.refreshDueAt * 1_000 <= now || present.kind === 'ended';
  if (!due || !refreshToken || present.kind === 'unavailable') return present;

  const result = await refreshSession(config, session, refreshToken, now);
  if (result.kind === 'ended') return { kind: 'ended' };
  if (result.kind === 'unavailable') return present.kind === 'live' ? present : { kind: 'unavailable' };
  const fresh = await verifySession(config, result.session, now);
  return fresh.kind === 'live' ? { ...fresh, kind: 'refreshed', refreshToken: result.refreshToken } : fresh;
}
