import {
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** The 3072-bit prime of RFC 3526 group 15; the generator is 2 (Cognito: SRP). */
export const SRP_PRIME = [
  'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD',
  'EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED',
  'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F',
  '83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B',
  'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510',
  '15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7',
  'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C',
  'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF',
].join('');

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

/** Whether a plain password fits a credential, in a time that does not depend on how wrong it is. */
export function fitsCredential(
  credential: SrpCredential,
  poolName: string,
  username: string,
  password: string,
): boolean {
  const verifier = computeVerifier(poolName, username, password, credential.srpSalt);
  return timingSafeEqual(toPrimeSize(verifier), toPrimeSize(credential.srpVerifier));
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

/**
 * A non-negative integer as even-length hexadecimal, led by `00` where its first bit is set: the form of Java's
 * BigInteger, which every Cognito client hashes. Leading zero bytes of the input are dropped.
 */
export function padHex(hex: string): string {
  const minimal = hex.replace(/^0+/, '') || '0';
  const even = minimal.length % 2 === 0 ? minimal : `0${minimal}`;
  return /^[89a-f]/i.test(even) ? `00${even}` : even;
}

// OpenSSL raises to a power in constant time; it is reached through key agreement, whose result is
// `peer^private mod N`. Keys are written as DER because createDiffieHellman() tests the prime for more than a second.
function powerOfGenerator(exponentHex: string): string {
  const parameters = sequence(integer(SRP_PRIME), integer(GENERATOR));
  const algorithm = sequence(DH_KEY_AGREEMENT, parameters);
  const privateKey = createPrivateKey({
    key: sequence(integer('00'), algorithm, element(0x04, integer(exponentHex))),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey({
    key: sequence(algorithm, element(0x03, Buffer.concat([Buffer.of(0), integer(GENERATOR)]))),
    format: 'der',
    type: 'spki',
  });
  return diffieHellman({ privateKey, publicKey }).toString('hex').replace(/^0+/, '');
}

const GENERATOR = '02';
const DH_KEY_AGREEMENT = Buffer.from('06092a864886f70d010301', 'hex');

function integer(hex: string): Buffer {
  return element(0x02, Buffer.from(padHex(hex), 'hex'));
}

function sequence(...parts: Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts));
}

function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head =
    length < 128
      ? [tag, length]
      : length < 256
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from(head), content]);
}

function toPrimeSize(hex: string): Buffer {
  return Buffer.from(hex.padStart(SRP_PRIME.length, '0'), 'hex');
}
