import { revokeRefreshToken } from '../cognito/token-endpoint.ts';
import type { Config } from '../config.ts';
import { log } from '../log.ts';
import { type Cookies, clearSessionCookies, readSessionCookies } from './cookies.ts';
import { readCurrentSession } from './current.ts';
import { sessionStanding } from './standing.ts';
import type { Visitor } from './visitor.ts';

/**
 * Clears the cookies of a session that the registry says has ended, and revokes its refresh token, which nobody could
 * do without this browser's cookie. Any other session is left as it is, so that a link to this ends nobody's.
 * @returns whether there was such a session
 */
export async function clearEndedSession(
  config: Config,
  cookies: Cookies,
  visitor: Visitor,
): Promise<boolean> {
  const current = await readCurrentSession(config, cookies);
  if (current.kind !== 'live' || (await sessionStanding(config, current, visitor)) !== 'ended') return false;
  const read = await readSessionCookies(cookies, config);
  await clearSessionCookies(cookies, config);
  const refreshToken = read.kind === 'session' ? read.refreshToken : undefined;
  const revoked = refreshToken ? await revokeRefreshToken(config, refreshToken) : false;
  log(revoked ? 'info' : 'warn', 'ended_session_cleared', { session: current.session.sessionId, revoked });
  return true;
}
