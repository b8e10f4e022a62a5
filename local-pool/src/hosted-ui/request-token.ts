import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readSignedValue, signValue } from './signed-value.ts';

/**
 * One value does two jobs. Its first part is random per browser and shows that a form came from our page (it must
 * match the cookie); its second part is the time the page was opened and shows that the sign-in is not stale.
 * The time is signed inside the form's copy, not kept in the cookie, because two tabs share one cookie.
 */
export interface RequestToken {
  browser: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
}

const purpose = 'request-token';

/** A token for a page opened now. A browser that has a token keeps its random part, so forms in other tabs stay good. */
export function issueRequestToken(key: Uint8Array, cookie: string | undefined, now: number): string {
  const browser = readRequestToken(key, cookie)?.browser ?? randomBytes(18).toString('base64url');
  return signValue(key, purpose, `${browser}.${now}`);
}

/** The token's parts, or undefined when this server did not issue it. */
export function readRequestToken(key: Uint8Array, value: string | undefined): RequestToken | undefined {
  const [browser, startedAt] = readSignedValue(key, purpose, value)?.split('.') ?? [];
  return browser === undefined || startedAt === undefined
    ? undefined
    : { browser, startedAt: Number(startedAt) };
}

/**
 * Double-submit check of a form (Cognito: the cookie `XSRF-TOKEN` must equal the form field `_csrf`).
 * Returns when the form's page was opened, in milliseconds, or undefined when the form is not from this browser.
 */
export function checkRequestToken(
  key: Uint8Array,
  cookie: string | undefined,
  field: string | undefined,
): number | undefined {
  const ours = readRequestToken(key, cookie);
  const sent = readRequestToken(key, field);
  if (ours === undefined || sent === undefined) return undefined;
  const [a, b] = [Buffer.from(ours.browser), Buffer.from(sent.browser)];
  return a.length === b.length && timingSafeEqual(a, b) ? sent.startedAt : undefined;
}
