import { revokeRefreshToken } from '../cognito/token-endpoint.ts';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import { type Cookies, readSessionCookies, writeSessionCookies } from './cookies.ts';
import { sessionContents, verifyTokens } from './tokens.ts';

export interface IssuedTokens {
  access_token?: string | undefined;
  id_token?: string | undefined;
  refresh_token?: string | undefined;
}

/**
 * Opens a session for tokens that the user pool has just issued. Nothing of an earlier session in this browser
 * survives: the new one has its own id, and the earlier refresh token is revoked.
 * @param now seconds since the epoch
 * @throws AppError `tokens_rejected`, `user_pool_unavailable`, `session_too_large`
 */
export async function openSession(
  config: Config,
  cookies: Cookies,
  issued: IssuedTokens,
  now = Math.floor(Date.now() / 1_000),
): Promise<void> {
  const { access_token: accessToken, id_token: idToken, refresh_token: refreshToken } = issued;
  if (!accessToken || !idToken || !refreshToken) throw new AppError('tokens_rejected', 'a token is missing');
  const verified = await verifyTokens(config, { accessToken, idToken });
  const earlier = await readSessionCookies(cookies, config);
  const identity = { sessionId: crypto.randomUUID(), openedAt: now };
  await writeSessionCookies(cookies, config, sessionContents(verified, identity, now), refreshToken);
  log('info', 'session_opened', { session: identity.sessionId, sub: verified.id.sub });
  if (earlier.kind === 'session' && earlier.refreshToken)
    await revokeRefreshToken(config, earlier.refreshToken);
}
