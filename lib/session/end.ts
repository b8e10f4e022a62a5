import type { CookieStore } from 'iron-session';
import { logoutUrl } from '../cognito/endpoints.ts';
import { revokeRefreshToken } from '../cognito/token-endpoint.ts';
import type { Config } from '../config.ts';
import { log } from '../log.ts';
import { endOwnSession } from './end-recorded.ts';
import { clearFlowCookies } from './flow-cookies.ts';
import { recordLater } from './record-later.ts';
import { rowOfCookie } from './registry.ts';
import { clearSessionCookies, readSessionCookies } from './session-cookies.ts';
import type { Visitor } from './visitor.ts';

interface SignOut {
  /** The address to send the browser to, which ends the hosted UI's session as well. */
  location: string;
  /** Whether every instance knows: false while the database cannot be reached. */
  recorded: boolean;
}

/**
 * Signs this browser out: clears its cookies, then ends the session in the registry and revokes the refresh token. The
 * cookies go first and whatever happens to the rest, a browser that asked to be signed out is signed out. What could not
 * be recorded is recorded later.
 */
export async function endSession(config: Config, cookies: CookieStore, visitor: Visitor): Promise<SignOut> {
  const read = await readSessionCookies(cookies, config);
  clearSessionCookies(cookies, config);
  clearFlowCookies(config, cookies);
  const location = logoutUrl(config);
  if (read.kind === 'unreadable' && read.refreshToken) await revokeRefreshToken(config, read.refreshToken);
  if (read.kind !== 'session') return { location, recorded: true };
  const at = Math.floor(Date.now() / 1_000);
  const row = rowOfCookie(config, read.session, visitor);
  const record = () => endOwnSession(row, 'this browser', visitor, at);
  const [recorded, revoked] = await Promise.all([
    record().then(
      () => true,
      () => false,
    ),
    read.refreshToken ? revokeRefreshToken(config, read.refreshToken) : false,
  ]);
  if (!recorded) recordLater(row.id, record);
  const level = revoked && recorded ? 'info' : 'warn';
  log(level, 'session_closed', { session: read.session.sessionId, revoked, recorded });
  return { location, recorded };
}
