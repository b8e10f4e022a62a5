/** Real Cognito tokens stay far below this; parsing anything larger only costs time. */
const LARGEST_TOKEN = 8_192;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * What may follow a whole number of quartets, so that the unused bits of the last character are zero. Without
 * this, several texts decode to the same bytes and one token has several spellings (RFC 4648 section 3.5).
 */
const tails = ['', undefined, /[AQgw]$/, /[AEIMQUYcgkosw048]$/] as const;

function isCanonicalBase64url(part: string): boolean {
  const tail = tails[part.length % 4];
  return /^[\w-]+$/.test(part) && tail !== undefined && (tail === '' || tail.test(part));
}

function parsePart(part: string): Record<string, unknown> | undefined {
  try {
    const bytes = Uint8Array.from(atob(part.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
    const value: unknown = JSON.parse(utf8.decode(bytes));
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The checks on a token's text that come before any cryptography, and that aws-jwt-verify leaves out: size, one
 * canonical form (RFC 7515 section 2), RS256 and nothing else (RFC 8725 section 3.1), no `crit` (RFC 7515
 * section 4.1.11), a key identifier.
 * @returns undefined for a well-formed token, otherwise the reason in a few words
 */
export function shapeProblem(token: string): string | undefined {
  if (token.length > LARGEST_TOKEN) return 'too large';
  const parts = token.split('.');
  if (parts.length !== 3 || !parts.every(isCanonicalBase64url)) return 'not a canonical JWS';
  const fields = parsePart(parts[0] ?? '');
  if (!fields) return 'header is not JSON';
  if (fields.alg !== 'RS256') return 'algorithm';
  if (Object.hasOwn(fields, 'crit')) return 'crit';
  if (typeof fields.kid !== 'string' || fields.kid === '') return 'kid';
  return undefined;
}

/** @returns the name of the key that a token says it was signed with, for the log; undefined when it says none */
export function keyIdOf(token: string): string | undefined {
  if (token.length > LARGEST_TOKEN) return undefined;
  const kid = parsePart(token.split('.')[0] ?? '')?.kid;
  return typeof kid === 'string' ? kid : undefined;
}

/** @returns what a token says it is for, before anything is verified: enough to choose what it is verified as */
export function claimedUse(token: string): unknown {
  return token.length > LARGEST_TOKEN ? undefined : parsePart(token.split('.')[1] ?? '')?.token_use;
}
