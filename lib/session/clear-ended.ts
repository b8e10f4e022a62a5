import { revokeRefreshToken } from '../cognito/token-endpoint.ts';
import type { Config } from '../config.ts';
import { log } from '../log.ts';
import type { Cookies } from './cookies.ts';
import { type CurrentSession, readCurrentSession } from './current.ts';
import { endRefusedSession } from './end-recorded.ts';
import { clearRefusalNote, readRefusalNote } from './refusal-note.ts';
import { clearSessionCookies, readSessionCookies } from './session-cookies.ts';
import { sessionStanding } from './standing.ts';
import type { Visitor } from './visitor.ts';

/**
 * Records what the middleware has left a note of: the user pool refused the refresh token of a session. Where this
 * browser has a newer generation of the same session by now, two of its requests met, and the other one won.
 * @returns whether a session is over
 */
async function recordRefusal(
  config: Config,
  cookies: Cookies,
  visitor: Visitor,
  current: CurrentSession,
): Promise<boolean> {
  const note = await readRefusalNote(config, cookies);
  if (!note) return false;
  const goesOn = current.kind === 'live' && current.session.sessionId === note.sessionId;
  // While it cannot be recorded the note stays, for the next visit.
  const recorded = goesOn || (await endRefusedSession(note, visitor).catch(() => undefined));
  if (recorded) clearRefusalNote(config, cookies);
  return !goesOn;
}

/**
 * Clears the cookies of a session that the registry says has ended, and revokes its refresh token, which nobody could
 * do without this browser's cookie. Records besides that a refresh was refused. Any other session is left as it is, so
 * that a link to this ends nobody's.
 * @returns whether there was such a session
 */
export async function clearEndedSession(
  config: Config,
  cookies: Cookies,
  visitor: Visitor,
): Promise<boolean> {
  const current = await readCurrentSession(config, cookies);
  const refused = await recordRefusal(config, cookies, visitor, current);
  if (current.kind !== 'live') return refused;
  if ((await sessionStanding(config, current, () => visitor)) !== 'ended') return false;
  const read = await readSessionCookies(cookies, config);
  clearSessionCookies(cookies, config);
  const refreshToken = read.kind === 'session' ? read.refreshToken : undefined;
  const revoked = refreshToken ? await revokeRefreshToken(config, refreshToken) : false;
  log(revoked ? 'info' : 'warn', 'ended_session_cleared', { session: current.session.sessionId, revoked });
  return true;
}
