import type { StoreContext } from './database.ts';

/** What a user pool proves itself with to SAML providers. */
export interface SamlKey {
  /** PKCS #8 in PEM. */
  privateKey: string;
  /** Base64 of an X.509 certificate's DER. */
  certificate: string;
}

export function findSamlKey({ store }: StoreContext, userPoolId: string): SamlKey | undefined {
  const row = store.sql('SELECT * FROM saml_keys WHERE user_pool_id = ?').get(userPoolId);
  return row && { privateKey: String(row.private_key), certificate: String(row.certificate) };
}

/** Keeps a pool's key. @returns the key that was first, where two are made at the same time */
export function insertSamlKey({ store, clock }: StoreContext, userPoolId: string, key: SamlKey): SamlKey {
  store
    .sql('INSERT INTO saml_keys VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
    .run(userPoolId, key.privateKey, key.certificate);
  return findSamlKey({ store, clock }, userPoolId) ?? key;
}
