import { revokeRefreshToken } from '../cognito/token-endpoint.ts';
import type { Config } from '../config.ts';
import { log } from '../log.ts';
import type { Cookies } from './cookies.ts';
import { readCurrentSession } from './current.ts';
import { recordRefusal } from './record-refusal.ts';
import { clearSessionCookies, readSessionCookies } from './session-cookies.ts';
import { sessionStanding } from './standing.ts';
import type { Visitor } from './visitor.ts';

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
  const live = current.kind === 'live' ? current : undefined;
  const refused = await recordRefusal(config, cookies, visitor, live);
  if (!live) return refused;
  if ((await sessionStanding(config, live, () => visitor)) !== 'ended') return false;
  const read = await readSessionCookies(cookies, config);
  clearSessionCookies(cookies, config);
  const refreshToken = read.kind === 'session' ? read.refreshToken : undefined;
  const revoked = refreshToken ? await revokeRefreshToken(config, refreshToken) : false;
  log(revoked ? 'info' : 'warn', 'ended_session_cleared', { session: live.session.sessionId, revoked });
  return true;
}
