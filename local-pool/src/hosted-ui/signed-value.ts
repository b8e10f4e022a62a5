import { createHmac, timingSafeEqual } from 'node:crypto';

function seal(key: Uint8Array, purpose: string, text: string): Buffer {
  return createHmac('sha256', key).update(`${purpose}\0${text}`).digest();
}

/**
 * Signs a text so that only this server can have made it. It stays readable: nothing secret belongs in it.
 * A value signed for one purpose is refused for every other.
 */
export function signValue(key: Uint8Array, purpose: string, text: string): string {
  return `${text}.${seal(key, purpose, text).toString('base64url')}`;
}

/** The text of a signed value, or undefined when it is missing, altered or signed for something else. */
export function readSignedValue(
  key: Uint8Array,
  purpose: string,
  value: string | undefined,
): string | undefined {
  const split = value?.lastIndexOf('.') ?? -1;
  if (value === undefined || split < 0) return undefined;
  const text = value.slice(0, split);
  const given = Buffer.from(value.slice(split + 1), 'base64url');
  const expected = seal(key, purpose, text);
  return given.length === expected.length && timingSafeEqual(given, expected) ? text : undefined;
}
