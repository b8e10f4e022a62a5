import type { Config } from '../config.ts';
import type { SessionCookie } from './cookie-contents.ts';
import type { Cookies } from './cookies.ts';
import type { LiveSession } from './current.ts';
import { rewriteSession } from './session-cookies.ts';

/** In seconds: claims that are younger count as fresh, and nobody makes the user pool work in a loop. */
const FRESH_FOR = 10;
/** In seconds: a page is asked for at once, and one that comes later has not been asked to. */
const AWAITED_FOR = 60;

/**
 * Marks a session as due, so that its next page load refreshes it: for code that has changed what the claims say, or a
 * person who knows that somebody has.
 * @param now milliseconds since the epoch
 * @returns in how many seconds to ask again, where the claims are less than ten seconds old; otherwise undefined
 */
export const markDue = (
  config: Config,
  cookies: Cookies,
  { session }: LiveSession,
  now = Date.now(),
): Promise<number | undefined> => mark(config, cookies, session, session.refreshedAt, now);

/**
 * Marks a session as due, and has the middleware hand the ID token of that refresh to one page, if it is the next and
 * comes within a minute.
 * @param path of the page
 * @param now milliseconds since the epoch
 * @returns in how many seconds to ask again, where a refresh was less than ten seconds ago; otherwise undefined. Whoever
 * has just signed in has not asked for one yet
 */
export function askForIdToken(
  config: Config,
  cookies: Cookies,
  { session }: LiveSession,
  path: `/${string}`,
  now = Date.now(),
): Promise<number | undefined> {
  const { openedAt, refreshedAt } = session;
  const idTokenFor = { path, until: now / 1_000 + AWAITED_FOR };
  const refreshed = refreshedAt > openedAt ? refreshedAt : Number.NEGATIVE_INFINITY;
  return mark(config, cookies, { ...session, idTokenFor }, refreshed, now);
}

async function mark(
  config: Config,
  cookies: Cookies,
  session: SessionCookie,
  last: number,
  now: number,
): Promise<number | undefined> {
  const wait = last + FRESH_FOR - Math.floor(now / 1_000);
  if (wait > 0) return wait;
  await rewriteSession(cookies, config, { ...session, refreshDueAt: now / 1_000 });
  return undefined;
}
