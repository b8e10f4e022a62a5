import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { type CryptoKey, exportJWK, importPKCS8, type JWK } from 'jose';
import type { StoreContext } from './store/database.ts';

export type TokenUse = 'id' | 'access';

export interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  publicJwk: JWK;
}

/** A user pool signs ID tokens and access tokens with different keys (Cognito: Understanding user pool JSON web tokens). */
export type SigningKeys = Record<TokenUse, SigningKey>;

/** The two signing keys of a user pool, generated on first use and kept in the store. */
export async function loadSigningKeys(context: StoreContext, userPoolId: string): Promise<SigningKeys> {
  const [id, access] = await Promise.all([
    loadSigningKey(context, userPoolId, 'id'),
    loadSigningKey(context, userPoolId, 'access'),
  ]);
  return { id, access };
}

const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

async function loadSigningKey(context: StoreContext, userPoolId: string, use: TokenUse): Promise<SigningKey> {
  const stored = findKey(context, userPoolId, use) ?? (await generateKey(context, userPoolId, use));
  // Extractable only because the public half is read from it below; it never leaves this function's result.
  const privateKey = await importPKCS8(stored.privateKey, 'RS256', { extractable: true });
  const { n, e } = await exportJWK(privateKey);
  if (!n || !e) throw new Error('The store holds a signing key that is not an RSA key.');
  const publicKey = await crypto.subtle.importKey('jwk', { kty: 'RSA', n, e }, RS256, true, ['verify']);
  return {
    kid: stored.kid,
    privateKey,
    publicKey,
    publicJwk: { alg: 'RS256', e, kid: stored.kid, kty: 'RSA', n, use: 'sig' },
  };
}

interface StoredKey {
  kid: string;
  privateKey: string;
}

function findKey({ store }: StoreContext, userPoolId: string, use: TokenUse): StoredKey | undefined {
  const row = store
    .sql('SELECT kid, private_key FROM signing_keys WHERE user_pool_id = ? AND token_use = ?')
    .get(userPoolId, use);
  return row && { kid: String(row.kid), privateKey: String(row.private_key) };
}

async function generateKey({ store }: StoreContext, userPoolId: string, use: TokenUse): Promise<StoredKey> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const key = {
    kid: randomBytes(32).toString('base64'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
  store.sql('INSERT INTO signing_keys VALUES (?, ?, ?, ?)').run(userPoolId, use, key.kid, key.privateKey);
  return key;
}
