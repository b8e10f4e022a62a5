import { revokeRefreshToken } from '../cognito/token-endpoint.ts';
import type { Config } from '../config.ts';
import { log } from '../log.ts';
import type { Cookies } from './cookies.ts';
import { readCurrentSession } from './current.ts';
import { lostSession, recordRefusal } from './record-refusal.ts';
import { clearSessionCookies, readSessionCookies } from './session-cookies.ts';
import { sessionStanding } from './standing.ts';
import type { Visitor } from './visitor.ts';

type Outcome =
  | 'over'
  | 'stands'
  /** A refresh was refused a moment ago, and the response of a request that won may still be on its way. */
  | 'undecided';

/**
 * Clears the cookies of a session that the registry says has ended, and revokes its refresh token, which nobody could
 * do without this browser's cookie. Records besides that a refresh was refused. Any other session is left as it is, so
 * that a link to this ends nobody's.
 * @param decide whether a refusal is to be taken for final
 */
export async function clearEndedSession(
  config: Config,
  cookies: Cookies,
  visitor: Visitor,
  decide: boolean,
): Promise<Outcome> {
  const current = await readCurrentSession(config, cookies);
  const live = current.kind === 'live' ? current : undefined;
  if (!decide && (await lostSession(config, cookies, live))) return 'undecided';
  const refused = await recordRefusal(config, cookies, visitor, live);
  if (!live) return refused ? 'over' : 'stands';
  if ((await sessionStanding(config, live, () => visitor)) !== 'ended') return 'stands';
  const read = await readSessionCookies(cookies, config);
  clearSessionCookies(cookies, config);
  const refreshToken = read.kind === 'session' ? read.refreshToken : undefined;
  const revoked = refreshToken ? await revokeRefreshToken(config, refreshToken) : false;
  log(revoked ? 'info' : 'warn', 'ended_session_cleared', { session: live.session.sessionId, revoked });
  return 'over';
}
