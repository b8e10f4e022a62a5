import { type CookieJar, getIronSession, type IronSession, type SessionOptions } from 'iron-session';
import { BoundedMap } from '../bounded-map.ts';
import type { Config } from '../config.ts';
import { logSampled } from '../log.ts';
import { SingleFlight } from '../single-flight.ts';
import {
  type RefreshCookie,
  refreshContents,
  refreshCookieSchema,
  type SessionCookie,
  sessionCookieSchema,
} from './cookie-contents.ts';
import { nameOf, type Purpose } from './cookie-generations.ts';
import { requireRoom } from './cookie-room.ts';
import { type Cookies, cookieAttributes, jarOf, passwordsFor } from './cookies.ts';

interface Contents {
  session: SessionCookie;
  refresh: RefreshCookie;
}

const schemas = { session: sessionCookieSchema, refresh: refreshCookieSchema };

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

function sealOptions(config: Config, purpose: Purpose, generation: number): SessionOptions {
  return {
    cookieName: nameOf(config, purpose, generation),
    password: passwordsFor(config, purpose),
    ttl: config.sessionLifetime,
    chunk: true,
    cookieOptions: { ...cookieAttributes(config), ...counted },
    onUnsealError: (reason) => logSampled('warn', 'seal_rejected', { purpose, reason }),
  };
}

const ironSession = <Of extends Purpose>(
  cookies: Cookies,
  config: Config,
  purpose: Of,
  generation: number,
): Promise<IronSession<Contents[Of]>> =>
  getIronSession(sealedInto(cookies), sealOptions(config, purpose, generation));

/**
 * For this long an opened seal is remembered, in milliseconds. Opening it costs more than all else that is done for a page
 * request, and the same one comes many times.
 */
const GOOD_FOR_MS = 60_000;
const MOST_OPENED = 2_000;

interface Opened {
  contents: Contents[Purpose];
  /** Milliseconds since the epoch, by a clock that may be put back. */
  at: number;
}

interface OpenedSeals {
  known: BoundedMap<string, Opened>;
  underWay: SingleFlight<Contents[Purpose] | undefined>;
}

const opened = new WeakMap<Config, Record<Purpose, OpenedSeals>>();

const noneOpened = (): OpenedSeals => ({ known: new BoundedMap(MOST_OPENED), underWay: new SingleFlight() });

function openedWith(config: Config): Record<Purpose, OpenedSeals> {
  const known = opened.get(config) ?? { session: noneOpened(), refresh: noneOpened() };
  opened.set(config, known);
  return known;
}

/** The cookie as the browser sent it: whole, or in chunks; empty when it sent none. */
function rawValue(cookies: Cookies, name: string): string {
  const { read } = jarOf(cookies);
  const whole = read(name);
  if (whole) return whole;
  const chunks: string[] = [];
  for (let chunk = read(`${name}.0`); chunk; chunk = read(`${name}.${chunks.length}`)) chunks.push(chunk);
  return chunks.join('.');
}

/**
 * Opens the seal of one generation and checks what it holds, unless the same text was opened within the last minute
 * or is being opened for somebody else.
 * @returns undefined where there is none, or nothing can be made of it
 */
export async function openSeal<Of extends Purpose>(
  cookies: Cookies,
  config: Config,
  purpose: Of,
  generation: number,
): Promise<Contents[Of] | undefined> {
  const raw = rawValue(cookies, nameOf(config, purpose, generation));
  if (raw === '') return undefined;
  const { known, underWay } = openedWith(config)[purpose];
  const remembered = known.get(raw);
  const isGood = remembered !== undefined && Math.abs(Date.now() - remembered.at) < GOOD_FOR_MS;
  const contents = isGood
    ? remembered.contents
    : await underWay.share(raw, () => openAnew(cookies, config, purpose, generation));
  if (contents?.generation !== generation) return undefined;
  if (!isGood) known.set(raw, { contents, at: Date.now() });
  return contents as Contents[Of];
}

async function openAnew(
  cookies: Cookies,
  config: Config,
  purpose: Purpose,
  generation: number,
): Promise<Contents[Purpose] | undefined> {
  const { data } = schemas[purpose].safeParse(await ironSession(cookies, config, purpose, generation));
  if (data && 'claims' in data) Object.freeze(data.claims);
  return data && Object.freeze(data);
}

/** Seals something and sets it as a cookie, in the place of what has the same name. */
export async function setSeal<Of extends Purpose>(
  cookies: Cookies,
  config: Config,
  purpose: Of,
  contents: Contents[Of],
): Promise<void> {
  const seal = await ironSession(cookies, config, purpose, contents.generation);
  Object.assign(seal, contents);
  await seal.save();
}

type Line = Parameters<CookieJar['write']>;

interface SealedPair {
  config: Config;
  refreshToken: string;
  lines: Promise<Line[]>;
}

/** What a refresh brought is sealed once for all requests that waited for it. They come back with one text to open. */
const pairs = new WeakMap<SessionCookie, SealedPair>();

async function sealPair(config: Config, session: SessionCookie, refreshToken: string): Promise<Line[]> {
  requireRoom(session, refreshToken);
  const lines: Line[] = [];
  const jar = { read: () => undefined, write: (...line: Line) => void lines.push(line) };
  await setSeal(jar, config, 'session', session);
  await setSeal(jar, config, 'refresh', refreshContents(session, refreshToken));
  return lines;
}

/**
 * Seals a session and its refresh token, which are a new generation, and sets both cookies.
 * @throws AppError `session_too_large` when the claims do not fit
 */
export async function setNewSeals(
  cookies: Cookies,
  config: Config,
  session: SessionCookie,
  refreshToken: string,
): Promise<void> {
  const known = pairs.get(session);
  const isKnown = known?.config === config && known.refreshToken === refreshToken;
  const lines = isKnown ? known.lines : sealPair(config, session, refreshToken);
  pairs.set(session, { config, refreshToken, lines });
  const { write } = jarOf(cookies);
  for (const line of await lines) write(...line);
}
