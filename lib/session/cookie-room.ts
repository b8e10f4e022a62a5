import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import { refreshContents, type SessionCookie } from './cookie-contents.ts';

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
  if (sealedSize(session) + sealedSize(refreshContents(session, refreshToken)) <= LARGEST_COOKIES) return;
  const largest = Object.entries(session.claims).sort((a, b) => size(b[1]) - size(a[1]));
  log('error', 'session_too_large', {
    claims: largest
      .slice(0, 5)
      .map(([name]) => name)
      .join(' '),
  });
  throw new AppError('session_too_large');
}
