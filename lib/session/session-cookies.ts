import { type CookieJar, getIronSession, type SessionOptions } from 'iron-session';
import { BoundedMap } from '../bounded-map.ts';
import type { Config } from '../config.ts';
import { log } from '../log.ts';
import {
  type RefreshCookie,
  refreshContents,
  refreshCookieSchema,
  type SessionCookie,
  sessionCookieSchema,
} from './cookie-contents.ts';
import { requireRoom } from './cookie-room.ts';
import { type Cookies, cookieAttributes, cookieName, expireCookie, jarOf, passwordsFor } from './cookies.ts';

export type ReadSession =
  | { kind: 'none' }
  /** There are cookies of a session, and nothing can be made of them. */
  | { kind: 'unreadable' }
  | { kind: 'session'; session: SessionCookie };

export type ReadResult =
  | { kind: 'none' }
  | { kind: 'unreadable'; refreshToken: string | undefined }
  | { kind: 'session'; session: SessionCookie; refreshToken: string | undefined };

type Purpose = 'session' | 'refresh';

/**
 * Next.js adds an `Expires` of this length to every cookie with a `Max-Age`. iron-session is given one to count, or
 * a cookie that it finds just small enough would exceed 4,096 bytes.
 */
const counted = { expires: new Date('9999-12-31T00:00:00Z') };

/** The jar that iron-session writes to: what is only counted is not written. */
function sealedInto(cookies: Cookies): CookieJar {
  const jar = jarOf(cookies);
  return { ...jar, write: (name, value, { expires: _, ...options }) => jar.write(name, value, options) };
}

/**
 * A session's cookies are named for their generation, so that a response which arrives late sets and deletes its own and
 * never those of a newer one (docs/decisions/012-cookies-by-generation.md).
 */
const nameOf = (config: Config, purpose: Purpose, generation: number): string =>
  cookieName(config, `${purpose}-${generation}`);

const ownName = /^(?:__Host-)?(session|refresh)-(\d{1,12})(?:\.\d+)?$/;

interface OwnCookie {
  name: string;
  purpose: string;
  generation: number;
}

/** The cookies of sessions that a request brings, their chunks among them, in no order. */
function ownCookies(cookies: Cookies, config: Config): OwnCookie[] {
  const { names, read } = jarOf(cookies);
  return names().flatMap((name) => {
    const [, purpose = '', generation = ''] = ownName.exec(name) ?? [];
    const own = purpose !== '' && name.startsWith(cookieName(config, purpose)) && read(name);
    return own ? [{ name, purpose, generation: Number(generation) }] : [];
  });
}

/** A browser has one generation, and after a race two; whoever sends more is not helped by having them all opened. */
const MOST_GENERATIONS = 3;

/** The generations that a request brings, the newest first. */
const generationsOf = (own: readonly OwnCookie[], purpose: Purpose): number[] =>
  [...new Set(own.filter((cookie) => cookie.purpose === purpose).map(({ generation }) => generation))]
    .sort((a, b) => b - a)
    .slice(0, MOST_GENERATIONS);

function sealOptions(config: Config, purpose: Purpose, generation: number): SessionOptions {
  return {
    cookieName: nameOf(config, purpose, generation),
    password: passwordsFor(config, purpose),
    ttl: config.sessionLifetime,
    chunk: true,
    cookieOptions: { ...cookieAttributes(config), ...counted },
    onUnsealError: (reason) => log('warn', 'seal_rejected', { purpose, reason }),
  };
}

/**
 * For this long an opened seal is remembered, in milliseconds. Opening it costs more than all else that is done for a page
 * request, and the same one comes many times.
 */
const GOOD_FOR_MS = 60_000;
const MOST_OPENED = 2_000;

interface Opened {
  session: SessionCookie;
  /** Milliseconds since the epoch, by a clock that may be put back. */
  unsealedAt: number;
}

const opened = new WeakMap<Config, BoundedMap<string, Opened>>();

function openedWith(config: Config): BoundedMap<string, Opened> {
  const known = opened.get(config) ?? new BoundedMap<string, Opened>(MOST_OPENED);
  opened.set(config, known);
  return known;
}

/** The cookie as the browser sent it: whole, or in chunks. */
function rawValue(cookies: Cookies, name: string): string {
  const { read } = jarOf(cookies);
  const chunks: string[] = [read(name) ?? ''];
  for (let chunk = read(`${name}.0`); chunk; chunk = read(`${name}.${chunks.length - 1}`)) chunks.push(chunk);
  return chunks.join('.');
}

async function openSessionSeal(
  cookies: Cookies,
  config: Config,
  generation: number,
): Promise<SessionCookie | undefined> {
  const raw = rawValue(cookies, nameOf(config, 'session', generation));
  const known = openedWith(config).get(raw);
  if (known && Math.abs(Date.now() - known.unsealedAt) < GOOD_FOR_MS)
    return known.session.generation === generation ? known.session : undefined;
  const seal = await getIronSession<SessionCookie>(
    sealedInto(cookies),
    sealOptions(config, 'session', generation),
  );
  const contents = sessionCookieSchema.safeParse(seal);
  if (!contents.success || contents.data.generation !== generation) return undefined;
  Object.freeze(contents.data.claims);
  openedWith(config).set(raw, { session: Object.freeze(contents.data), unsealedAt: Date.now() });
  return contents.data;
}

async function openRefreshSeal(
  cookies: Cookies,
  config: Config,
  generation: number,
): Promise<RefreshCookie | undefined> {
  const seal = await getIronSession<RefreshCookie>(
    sealedInto(cookies),
    sealOptions(config, 'refresh', generation),
  );
  const contents = refreshCookieSchema.safeParse(seal).data;
  return contents?.generation === generation ? contents : undefined;
}

/** Opens the newest session that a request brings. What was opened before is not opened again. */
export async function readSession(cookies: Cookies, config: Config): Promise<ReadSession> {
  const own = ownCookies(cookies, config);
  if (own.length === 0) return { kind: 'none' };
  for (const generation of generationsOf(own, 'session')) {
    const session = await openSessionSeal(cookies, config, generation);
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
  const refresh = await openRefreshSeal(cookies, config, generation);
  return refresh?.sessionId === sessionId ? refresh.refreshToken : undefined;
}

/** @returns a refresh token that was left without a readable session */
export async function readStrayRefreshToken(cookies: Cookies, config: Config): Promise<string | undefined> {
  for (const generation of generationsOf(ownCookies(cookies, config), 'refresh')) {
    const refresh = await openRefreshSeal(cookies, config, generation);
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
    requireRoom(session, refreshToken);
  } catch (error) {
    clearSessionCookies(cookies, config);
    throw error;
  }
  await rewriteSession(cookies, config, session);
  const options = sealOptions(config, 'refresh', session.generation);
  const refresh = await getIronSession<RefreshCookie>(sealedInto(cookies), options);
  Object.assign(refresh, refreshContents(session, refreshToken));
  await refresh.save();
  clearOtherGenerations(cookies, config, session.generation);
}

/** Seals and sets the session cookie alone, for a change that is no new generation. */
export async function rewriteSession(
  cookies: Cookies,
  config: Config,
  session: SessionCookie,
): Promise<void> {
  const options = sealOptions(config, 'session', session.generation);
  const target = await getIronSession<SessionCookie>(sealedInto(cookies), options);
  Object.assign(target, session);
  await target.save();
}

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
