import type { CookieStore } from 'iron-session';
import { logoutUrl } from '../cognito/endpoints.ts';
import { revokeRefreshToken } from '../cognito/token-endpoint.ts';
import type { Config } from '../config.ts';
import { log } from '../log.ts';
import { clearSessionCookies, readSessionCookies } from './cookies.ts';
import { clearFlowCookies } from './flow-cookies.ts';

/**
 * Signs this browser out: clears its cookies, then revokes the refresh token. The cookies go first and whatever
 * happens to the revocation, a browser that asked to be signed out is signed out.
 * @returns the address to send the browser to, which ends the hosted UI's session as well
 */
export async function endSession(config: Config, cookies: CookieStore): Promise<string> {
  const read = await readSessionCookies(cookies, config);
  await clearSessionCookies(cookies, config);
  clearFlowCookies(config, cookies);
  if (read.kind === 'session') {
    const revoked = read.refreshToken ? await revokeRefreshToken(config, read.refreshToken) : false;
    log(revoked ? 'info' : 'warn', 'session_closed', { session: read.session.sessionId, revoked });
  }
  return logoutUrl(config);
}
