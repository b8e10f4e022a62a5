import type { Config } from '../config.ts';
import type { Cookies } from './cookies.ts';
import type { LiveSession } from './current.ts';
import { rewriteSession } from './session-cookies.ts';

/** In seconds: claims that are younger count as fresh, and nobody makes the user pool work in a loop. */
const FRESH_FOR = 10;

/**
 * Marks a session as due, so that its next page load refreshes it: for code that has changed what the claims say, or a
 * person who knows that somebody has.
 * @param now milliseconds since the epoch
 * @returns in how many seconds to ask again, where the claims are less than ten seconds old; otherwise undefined
 */
export async function markDue(
  config: Config,
  cookies: Cookies,
  { session }: LiveSession,
  now = Date.now(),
): Promise<number | undefined> {
  const wait = session.refreshedAt + FRESH_FOR - Math.floor(now / 1_000);
  if (wait > 0) return wait;
  await rewriteSession(cookies, config, { ...session, refreshDueAt: now / 1_000 });
  return undefined;
}
