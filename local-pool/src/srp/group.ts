import { constants, createPublicKey, publicEncrypt } from 'node:crypto';

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

/**
 * A non-negative integer as even-length hexadecimal, led by `00` where its first bit is set: the form of Java's
 * BigInteger, which every Cognito client hashes. Leading zero bytes of the input are dropped.
 */
export function padHex(hex: string): string {
  const even = evenLength(minimal(hex));
  return /^[89a-f]/i.test(even) ? `00${even}` : even;
}

/** `base^exponent mod N`, all in hexadecimal without leading zeros. */
export function power(base: string, exponent: string): string {
  // An RSA encryption without padding is a modular power, computed by OpenSSL about six times faster than by BigInt.
  // It takes N because its 3,072 bits are the most for which OpenSSL allows any exponent.
  const key = createPublicKey({
    key: {
      kty: 'RSA',
      n: PRIME_BASE64URL,
      e: Buffer.from(evenLength(exponent), 'hex').toString('base64url'),
    },
    format: 'jwk',
  });
  const result = publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, toPrimeSize(base));
  return minimal(result.toString('hex'));
}

/** `2^exponent mod N` in hexadecimal. */
export const powerOfGenerator = (exponent: string): string => power(GENERATOR, exponent);

export const GENERATOR = '02';

const PRIME_BASE64URL = Buffer.from(SRP_PRIME, 'hex').toString('base64url');

/** A number below N in as many bytes as N has, for comparisons that must not tell its size. */
export function toPrimeSize(hex: string): Buffer {
  return Buffer.from(minimal(hex).padStart(SRP_PRIME.length, '0'), 'hex');
}

function evenLength(hex: string): string {
  return hex.length % 2 === 0 ? hex : `0${hex}`;
}

function minimal(hex: string): string {
  return hex.replace(/^0+/, '') || '0';
}
