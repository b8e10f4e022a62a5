import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { GENERATOR, padHex, power, powerOfGenerator, SRP_PRIME } from './group.ts';

const N = BigInt(`0x${SRP_PRIME}`);

const sha256 = (...hex: string[]): string =>
  createHash('sha256')
    .update(Buffer.from(hex.join(''), 'hex'))
    .digest('hex');

/** The multiplier `k = H(padHex(N) | padHex(g))` of SRP-6a. */
const MULTIPLIER = BigInt(`0x${sha256(padHex(SRP_PRIME), padHex(GENERATOR))}`);

/** The server's half of an exchange, in hexadecimal. `b` is secret. */
export interface ServerKeyPair {
  b: string;
  B: string;
}

/** `b` and `B = k·v + g^b mod N` for a verifier (Cognito: SRP; RFC 5054 section 2.5.3). */
export function createServerKeyPair(
  verifier: string,
  b: string = randomBytes(32).toString('hex'),
): ServerKeyPair {
  const B = (MULTIPLIER * BigInt(`0x${verifier}`) + BigInt(`0x${powerOfGenerator(b)}`)) % N;
  return { b, B: B.toString(16) };
}

/** Whether a client's `SRP_A` is a number that may be used: hexadecimal, and not 0 modulo N (RFC 5054 section 2.5.4). */
export function isPublicKey(A: string): boolean {
  return /^[0-9a-f]{1,1024}$/i.test(A) && BigInt(`0x${A}`) % N !== 0n;
}

/**
 * The 16-byte key that both sides reach when the password is right: `S = (A·v^u)^b`, through HKDF-SHA256 with `u` as
 * salt (Cognito: SRP, "Caldera Derived Key").
 * @param A a client's public key that {@link isPublicKey} has passed
 */
export function sessionKey(A: string, verifier: string, { b, B }: ServerKeyPair): Buffer {
  const u = sha256(padHex(A), padHex(B));
  const base = (BigInt(`0x${A}`) * BigInt(`0x${power(verifier, u)}`)) % N;
  const S = power(base.toString(16), b);
  const fromHex = (hex: string) => Buffer.from(padHex(hex), 'hex');
  return Buffer.from(hkdfSync('sha256', fromHex(S), fromHex(u), 'Caldera Derived Key', 16));
}

/**
 * Whether a signature proves the session key: HMAC-SHA256 over the names of the group and the subject (pool name and
 * user, or device group and device), the secret block and the timestamp.
 * @param secretBlock base64, as sent
 * @param signature base64
 */
export function provesKey(
  key: Buffer,
  { group, subject }: { group: string; subject: string },
  { secretBlock, timestamp, signature }: { secretBlock: string; timestamp: string; signature: string },
): boolean {
  const expected = claimSignature(key, { group, subject }, secretBlock, timestamp);
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function claimSignature(
  key: Buffer,
  { group, subject }: { group: string; subject: string },
  secretBlock: string,
  timestamp: string,
): Buffer {
  return createHmac('sha256', key)
    .update(group + subject)
    .update(Buffer.from(secretBlock, 'base64'))
    .update(timestamp)
    .digest();
}
