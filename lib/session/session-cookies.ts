import type { Config } from '../config.ts';
import type { SessionCookie } from './cookie-contents.ts';
import { generationsOf, nameOf, ownCookies } from './cookie-generations.ts';
import { type Cookies, expireCookie } from './cookies.ts';
import { openSeal, setNewSeals, setSeal } from './seals.ts';

type ReadSession =
  | { kind: 'none' }
  /** There are cookies of a session, and nothing can be made of them. */
  | { kind: 'unreadable' }
  | { kind: 'session'; session: SessionCookie };

export type ReadResult =
  | { kind: 'none' }
  | { kind: 'unreadable'; refreshToken: string | undefined }
  | { kind: 'session'; session: SessionCookie; refreshToken: string | undefined };

/** Opens the newest session that a request brings. What was opened before is not opened again. */
export async function readSession(cookies: Cookies, config: Config): Promise<ReadSession> {
  const own = ownCookies(cookies, config);
  if (own.length === 0) return { kind: 'none' };
  for (const generation of generationsOf(own, 'session')) {
    const session = await openSeal(cookies, config, 'session', generation);
    if (session) return { kind: 'session', session };
  }
  return { kind: 'unreadable' };
}

/** @returns the refresh token that belongs to a session, from the cookie beside it */
export async function readRefreshToken(
  cookies: Cookies,
  config: Config,
  { sessionId, generation }: SessionCookie,
): Promise<string | undefined> {
  const refresh = await openSeal(cookies, config, 'refresh', generation);
  return refresh?.sessionId === sessionId ? refresh.refreshToken : undefined;
}

/** @returns a refresh token that was left without a readable session */
export async function readStrayRefreshToken(cookies: Cookies, config: Config): Promise<string | undefined> {
  for (const generation of generationsOf(ownCookies(cookies, config), 'refresh')) {
    const refresh = await openSeal(cookies, config, 'refresh', generation);
    if (refresh) return refresh.refreshToken;
  }
  return undefined;
}

/**
 * Opens both cookies and checks what they hold, for code that ends a session: it clears both, and revokes the refresh
 * token, also one that was left without a readable session.
 */
export async function readSessionCookies(cookies: Cookies, config: Config): Promise<ReadResult> {
  const read = await readSession(cookies, config);
  if (read.kind === 'none') return read;
  if (read.kind === 'unreadable')
    return { ...read, refreshToken: await readStrayRefreshToken(cookies, config) };
  return { ...read, refreshToken: await readRefreshToken(cookies, config, read.session) };
}

/**
 * Seals and sets both cookies of a session's new generation, and clears those of any other.
 * @throws AppError `session_too_large` when the claims do not fit; all are cleared then
 */
export async function writeSessionCookies(
  cookies: Cookies,
  config: Config,
  session: SessionCookie,
  refreshToken: string,
): Promise<void> {
  try {
    await setNewSeals(cookies, config, session, refreshToken);
  } catch (error) {
    clearSessionCookies(cookies, config);
    throw error;
  }
  clearOtherGenerations(cookies, config, session.generation);
}

/** Seals and sets the session cookie alone, for a change that is no new generation. */
export const rewriteSession = (cookies: Cookies, config: Config, session: SessionCookie): Promise<void> =>
  setSeal(cookies, config, 'session', session);

/** A generation goes as a whole: one of its two cookies may be so broken that the framework does not show it. */
function clear(cookies: Cookies, config: Config, which: (generation: number) => boolean): void {
  const own = ownCookies(cookies, config).filter(({ generation }) => which(generation));
  const names = own.flatMap(({ name, generation }) => [
    name,
    nameOf(config, 'session', generation),
    nameOf(config, 'refresh', generation),
  ]);
  for (const name of new Set(names)) expireCookie(config, cookies, name);
}

/** Expires every cookie of a session that the request brings, chunks among them, and none that it does not know of. */
export const clearSessionCookies = (cookies: Cookies, config: Config): void =>
  clear(cookies, config, () => true);

/** Expires what a late response left behind. */
export const clearOtherGenerations = (cookies: Cookies, config: Config, current: number): void =>
  clear(cookies, config, (generation) => generation !== current);
