import { type CookieJar, type CookieStore, getIronSession, type SessionOptions } from 'iron-session';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import {
  type RefreshCookie,
  refreshCookieSchema,
  type SessionCookie,
  sessionCookieSchema,
} from './cookie-contents.ts';

export type Cookies = CookieStore | CookieJar;

export type ReadResult =
  | { kind: 'none' }
  | { kind: 'unreadable'; refreshToken: string | undefined }
  | { kind: 'session'; session: SessionCookie; refreshToken: string | undefined };

type Purpose = 'session' | 'refresh';

/** The name a cookie has in this deployment: `__Host-` wherever the browser would accept that prefix. */
export const cookieName = (config: Config, name: string): string =>
  config.secureCookies ? `__Host-${name}` : name;

/** Attributes of every cookie that this application sets, without a lifetime. */
export const cookieAttributes = (config: Config) =>
  ({ httpOnly: true, secure: config.secureCookies, sameSite: 'lax', path: '/' }) as const;

/**
 * Each purpose has a password set of its own, so that a seal made for one never opens as another.
 * PBKDF2 turns two different passwords into two unrelated keys; a separator and a name are enough.
 * @param purpose what the seal is for
 */
export function passwordsFor(config: Config, purpose: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config.sessionSecrets).map(([id, secret]) => [id, `${secret}/${purpose}`]),
  );
}

/**
 * Next.js adds an `Expires` of this length to every cookie with a `Max-Age`. iron-session is given one to count, or
 * a cookie that it finds just small enough would exceed 4,096 bytes.
 */
const counted = { expires: new Date('9999-12-31T00:00:00Z') };

/** Either kind of cookie store in one shape; what is only counted is not written. */
function jarOf(cookies: Cookies): CookieJar {
  const read = 'read' in cookies ? cookies.read : (name: string) => cookies.get(name)?.value;
  const write = 'write' in cookies ? cookies.write : cookies.set;
  return {
    read,
    write: (name, value, { expires: _, ...options }) => void write.call(cookies, name, value, options),
  };
}

function sealOptions(config: Config, purpose: Purpose): SessionOptions {
  return {
    cookieName: cookieName(config, purpose),
    password: passwordsFor(config, purpose),
    ttl: config.sessionLifetime,
    chunk: true,
    cookieOptions: { ...cookieAttributes(config), ...counted },
    onUnsealError: (reason) => log('warn', 'seal_rejected', { purpose, reason }),
  };
}

async function seals(cookies: Cookies, config: Config) {
  const jar = jarOf(cookies);
  return {
    session: await getIronSession<SessionCookie>(jar, sealOptions(config, 'session')),
    refresh: await getIronSession<RefreshCookie>(jar, sealOptions(config, 'refresh')),
  };
}

/**
 * Unseals both cookies and checks what they hold.
 * `unreadable` means that there was a session cookie and nothing could be made of it: the caller clears both, and
 * revokes the refresh token if the other cookie still had one.
 */
export async function readSessionCookies(cookies: Cookies, config: Config): Promise<ReadResult> {
  if (!hasSessionCookie(cookies, config)) return { kind: 'none' };
  const { session, refresh } = await seals(cookies, config);
  const content = sessionCookieSchema.safeParse(session);
  const refreshContent = refreshCookieSchema.safeParse(refresh);
  if (!content.success) return { kind: 'unreadable', refreshToken: refreshContent.data?.refreshToken };
  const sameSession = refreshContent.success && refreshContent.data.sessionId === content.data.sessionId;
  return {
    kind: 'session',
    session: content.data,
    refreshToken: sameSession ? refreshContent.data.refreshToken : undefined,
  };
}

/**
 * In bytes, for the session's cookies together as a browser sends them. Proxies refuse a request for its headers from
 * 8 KB on, and then this browser could not even ask to be signed out.
 */
const LARGEST_COOKIES = 8_192;

/** What a seal has besides its contents (salts, codes, times) and what its cookies are called, in bytes. */
const SEAL_OVERHEAD = 300;

const size = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

/** Contents are encrypted in blocks of 16 bytes and written in base64. */
const sealedSize = (contents: unknown): number => Math.ceil(((size(contents) + 16) * 4) / 3) + SEAL_OVERHEAD;

/** @throws AppError `session_too_large` when the cookies of such a session could lock its browser out */
export function requireRoom(session: SessionCookie, refreshToken: string): void {
  const refresh: RefreshCookie = { purpose: 'refresh', sessionId: session.sessionId, refreshToken };
  if (sealedSize(session) + sealedSize(refresh) <= LARGEST_COOKIES) return;
  const largest = Object.entries(session.claims).sort((a, b) => size(b[1]) - size(a[1]));
  log('error', 'session_too_large', {
    claims: largest
      .slice(0, 5)
      .map(([name]) => name)
      .join(' '),
  });
  throw new AppError('session_too_large');
}

/**
 * Seals and sets both cookies.
 * @throws AppError `session_too_large` when the claims do not fit; both cookies are cleared then
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
    await clearSessionCookies(cookies, config);
    throw error;
  }
  const target = await seals(cookies, config);
  Object.assign(target.session, session);
  Object.assign(target.refresh, {
    purpose: 'refresh',
    sessionId: session.sessionId,
    refreshToken,
  } satisfies RefreshCookie);
  await target.session.save();
  await target.refresh.save();
}

/** Expires both cookies and every chunk of them that the browser sent. */
export async function clearSessionCookies(cookies: Cookies, config: Config): Promise<void> {
  const { session, refresh } = await seals(cookies, config);
  session.destroy();
  refresh.destroy();
}

function hasSessionCookie(cookies: Cookies, config: Config): boolean {
  const { read } = jarOf(cookies);
  return (['session', 'refresh'] as const).some((purpose) => {
    const name = cookieName(config, purpose);
    return Boolean(read(name) || read(`${name}.0`));
  });
}
