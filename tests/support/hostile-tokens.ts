import { createHash, randomUUID } from 'node:crypto';
import { CompactSign, exportJWK, exportSPKI, generateKeyPair } from 'jose';

export type Claims = Record<string, unknown>;

/**
 * Who signs a token: the user pool's published key, another RSA key under the same name, nobody (`alg: none`),
 * the published key's text as an HMAC secret, or an elliptic curve.
 */
export type Signer = 'pool' | 'stranger' | 'none' | 'hmac' | 'curve';

/** How a token differs from an honest one. A claim or header field that is undefined is left out. */
export interface TokenChange {
  claims?: Claims;
  header?: Claims;
  signer?: Signer;
}

const KEY_ID = 'hostile-1';
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const rsa = () => generateKeyPair('RS256', { extractable: true });
const [published, strange, curve] = await Promise.all([rsa(), rsa(), generateKeyPair('ES256')]);
const publicText = await exportSPKI(published.publicKey);
const publicKey = await exportJWK(published.publicKey);

export const jwks = { keys: [{ ...publicKey, kid: KEY_ID, use: 'sig', alg: 'RS256' }] };

const algorithms = { pool: 'RS256', stranger: 'RS256', none: 'none', hmac: 'HS256', curve: 'ES256' } as const;

const keys = {
  pool: published.privateKey,
  stranger: strange.privateKey,
  hmac: new TextEncoder().encode(publicText),
  curve: curve.privateKey,
};

/** @returns a token with honest `claims`, changed as the test wants it */
export async function sign(claims: Claims, change: TokenChange = {}): Promise<string> {
  const signer = change.signer ?? 'pool';
  const header = { kid: KEY_ID, alg: algorithms[signer], ...change.header };
  const payload = { ...claims, ...change.claims };
  if (signer === 'none') return `${encode(header)}.${encode(payload)}.`;
  return await new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader(header)
    .sign(keys[signer]);
}

/** `at_hash` of OpenID Connect Core section 3.1.3.6. */
export const leftHalfHash = (token: string): string =>
  createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');

/** Five parts, as Cognito's opaque refresh tokens have. */
export const newRefreshToken = (): string =>
  Array.from({ length: 5 }, () => createHash('sha256').update(randomUUID()).digest('base64url')).join('.');
