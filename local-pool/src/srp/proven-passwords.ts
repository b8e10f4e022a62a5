import { createHmac, randomBytes } from 'node:crypto';

/**
 * Passwords that were right, so that the next sign-in of the same person need not compute the power again: test suites
 * sign the same few people in all day. Kept as HMACs under a key that nobody has after this process. Wrong passwords
 * and unknown people are never here.
 */
const proven = new Set<string>();
const KEY = randomBytes(32);
const MOST = 10_000;

/** The mark of a password beside all that it was right for: another verifier, pool or user is another mark. */
export function markOf(parts: readonly string[]): string {
  return createHmac('sha256', KEY).update(JSON.stringify(parts)).digest('base64');
}

export const isProven = (mark: string): boolean => proven.has(mark);

/** Remembers a right password; beyond ten thousand the oldest makes room. */
export function remember(mark: string): void {
  const [oldest] = proven;
  if (proven.size >= MOST && oldest !== undefined) proven.delete(oldest);
  proven.add(mark);
}
