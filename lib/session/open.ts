import { revokeRefreshToken } from '../cognito/token-endpoint.ts';
import type { Config } from '../config.ts';
import { pruneNowAndThen } from '../data/prune.ts';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import { requireRoom } from './cookie-room.ts';
import type { Cookies } from './cookies.ts';
import { endOwnSession } from './end-recorded.ts';
import { recordRefusal } from './record-refusal.ts';
import { recordSession, rowOfCookie, sessionRow } from './registry.ts';
import { readSessionCookies, writeSessionCookies } from './session-cookies.ts';
import { signedInBy } from './signed-in-by.ts';
import { nextGeneration, sessionContents, verifyTokens } from './tokens.ts';
import type { Visitor } from './visitor.ts';

interface IssuedTokens {
  access_token?: string | undefined;
  id_token?: string | undefined;
  refresh_token?: string | undefined;
}

/**
 * Opens a session for tokens that the user pool has just issued. Nothing of an earlier session in this browser
 * survives: the new one has its own id, the earlier one ends and its refresh token is revoked. A session that cannot be
 * recorded is not opened: the earlier one stays, and the new refresh token is revoked.
 * @param now seconds since the epoch
 * @throws AppError `tokens_rejected`, `user_pool_unavailable`, `session_too_large`, `database_unavailable`
 */
export async function openSession(
  config: Config,
  cookies: Cookies,
  issued: IssuedTokens,
  visitor: Visitor,
  now = Math.floor(Date.now() / 1_000),
): Promise<void> {
  const { access_token: accessToken, id_token: idToken, refresh_token: refreshToken } = issued;
  if (!accessToken || !idToken || !refreshToken) throw new AppError('tokens_rejected', 'a token is missing');
  const verified = await verifyTokens(config, { accessToken, idToken });
  const earlier = await readSessionCookies(cookies, config);
  const generation = nextGeneration(now, earlier.kind === 'session' ? earlier.session : undefined);
  const identity = { sessionId: crypto.randomUUID(), openedAt: now, generation };
  const contents = sessionContents(verified, identity, now);
  requireRoom(contents, refreshToken);
  try {
    await recordSession(sessionRow(config, identity, verified.access, visitor, signedInBy(verified.id)));
  } catch (error) {
    await revokeRefreshToken(config, refreshToken);
    throw error;
  }
  await writeSessionCookies(cookies, config, contents, refreshToken);
  log('info', 'session_opened', { session: identity.sessionId, sub: verified.id.sub });
  if (earlier.kind === 'session') {
    const row = rowOfCookie(config, earlier.session, visitor);
    await endOwnSession(row, 'new sign-in', visitor, now).catch(() => undefined);
  }
  await recordRefusal(config, cookies, visitor, undefined);
  if (earlier.kind !== 'none' && earlier.refreshToken) await revokeRefreshToken(config, earlier.refreshToken);
  pruneNowAndThen(now);
}
