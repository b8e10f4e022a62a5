import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { type CryptoKey, exportJWK, importPKCS8, type JWK } from 'jose';
import { region } from '../account.ts';
import type { Store, StoreContext } from '../store/database.ts';
import { findIdentityPoolKey, keepIdentityPoolKey } from '../store/identity-pool-keys.ts';

/** The key that signs OpenID tokens of identity pools. */
export interface OpenIdKey {
  kid: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  publicJwk: JWK;
}

const RS512 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' };
const loaded = new WeakMap<Store, Promise<OpenIdKey>>();

/** The identity pools' key, generated on first use and kept in the store: one for all pools of a region, as in AWS. */
export function openIdKey(context: StoreContext): Promise<OpenIdKey> {
  const known = loaded.get(context.store) ?? load(context);
  loaded.set(context.store, known);
  return known;
}

async function load(context: StoreContext): Promise<OpenIdKey> {
  const pem =
    findIdentityPoolKey(context, 'openid') ?? keepIdentityPoolKey(context, 'openid', await generate());
  // Extractable only because the public half is read from it below.
  const privateKey = await importPKCS8(pem, 'RS512', { extractable: true });
  const { n = '', e = '' } = await exportJWK(privateKey);
  const publicKey = await crypto.subtle.importKey('jwk', { kty: 'RSA', n, e }, RS512, true, ['verify']);
  // A region and a digit: the form of captured tokens.
  const kid = `${region}1`;
  return { kid, privateKey, publicKey, publicJwk: { kty: 'RSA', alg: 'RS512', use: 'sig', kid, n, e } };
}

async function generate(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
