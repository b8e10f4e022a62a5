import { parseConfig } from '../../lib/config.ts';
import type { SessionCookie } from '../../lib/session/cookie-contents.ts';
import { writeSessionCookies } from '../../lib/session/session-cookies.ts';
import type { RunningApp } from './app.ts';

/**
 * A session of any age, sealed as the application seals its own, so that no test has to wait for a token to end.
 * @param contents `accessToken` and the `sub` in `claims` are what a session cannot be without
 * @returns its cookies, by name
 */
export async function sealedSession(
  app: Pick<RunningApp, 'environment'>,
  contents: Pick<SessionCookie, 'accessToken' | 'claims'> & Partial<SessionCookie>,
  refreshToken: string,
): Promise<Record<string, string>> {
  const written: Record<string, string> = {};
  const jar = {
    read: () => undefined,
    write: (name: string, value: string) => {
      written[name] = value;
    },
  };
  const now = Math.floor(Date.now() / 1_000);
  const session: SessionCookie = {
    purpose: 'session',
    sessionId: crypto.randomUUID(),
    generation: now - 3_600,
    openedAt: now - 3_600,
    refreshedAt: now - 3_600,
    seenAt: now - 900,
    claimsExpireAt: now,
    refreshDueAt: now - 900,
    ...contents,
  };
  await writeSessionCookies(jar, parseConfig(app.environment), session, refreshToken);
  return written;
}
