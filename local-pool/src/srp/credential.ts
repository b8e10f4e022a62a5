import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { padHex, powerOfGenerator, toPrimeSize } from './group.ts';
import { isProven, markOf, remember } from './proven-passwords.ts';

export interface SrpCredential {
  /** Hexadecimal. */
  srpSalt: string;
  srpVerifier: string;
}

/** A fresh salt with the verifier of a password: all that is stored of it. */
export function createCredential(poolName: string, username: string, password: string): SrpCredential {
  const srpSalt = randomBytes(16).toString('hex');
  return { srpSalt, srpVerifier: computeVerifier(poolName, username, password, srpSalt) };
}

/**
 * Whether a plain password fits a credential, in a time that does not depend on how wrong it is. Only one that was right
 * before is recognised sooner.
 */
export function fitsCredential(
  credential: SrpCredential,
  poolName: string,
  username: string,
  password: string,
): boolean {
  const mark = markOf([credential.srpSalt, credential.srpVerifier, poolName, username, password]);
  if (isProven(mark)) return true;
  const verifier = computeVerifier(poolName, username, password, credential.srpSalt);
  if (!timingSafeEqual(toPrimeSize(verifier), toPrimeSize(credential.srpVerifier))) return false;
  remember(mark);
  return true;
}

/** `v = g^x mod N` in hexadecimal, with `x` of {@link computePrivateKey}. */
export function computeVerifier(poolName: string, username: string, password: string, salt: string): string {
  return powerOfGenerator(computePrivateKey(poolName, username, password, salt));
}

/** `x = H(padHex(salt) | H(poolName | username | ":" | password))` in hexadecimal. */
export function computePrivateKey(
  poolName: string,
  username: string,
  password: string,
  salt: string,
): string {
  const inner = createHash('sha256').update(`${poolName}${username}:${password}`).digest();
  return createHash('sha256')
    .update(Buffer.from(padHex(salt), 'hex'))
    .update(inner)
    .digest('hex');
}
