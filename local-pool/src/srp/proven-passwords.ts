import { createHmac, randomBytes } from 'node:crypto';
import type { SrpCredential } from './credential.ts';

/**
 * Passwords that were right, so that the next sign-in of the same person need not compute the power again: test suites
 * sign the same few people in all day. Kept as HMACs under a key that nobody has after this process, and bound to the
 * verifier, so that a changed password is not among them. Wrong passwords and unknown people are never here.
 */
const proven = new Set<string>();
const KEY = randomBytes(32);
const MOST = 10_000;

export function wasProven(
  credential: SrpCredential,
  poolName: string,
  username: string,
  password: string,
): boolean {
  return proven.has(mark(credential, poolName, username, password));
}

/** Remembers a right password; of the oldest ten thousand the first makes room. */
export function rememberProof(
  credential: SrpCredential,
  poolName: string,
  username: string,
  password: string,
): void {
  const [oldest] = proven;
  if (proven.size >= MOST && oldest !== undefined) proven.delete(oldest);
  proven.add(mark(credential, poolName, username, password));
}

function mark(
  { srpSalt, srpVerifier }: SrpCredential,
  poolName: string,
  username: string,
  password: string,
): string {
  return createHmac('sha256', KEY)
    .update(JSON.stringify([srpSalt, srpVerifier, poolName, username, password]))
    .digest('base64');
}
