import type { StoreContext } from './database.ts';

/** What the identity pools and STS sign with; it stands among the user pools' keys under a name that no pool has. */
type KeyName = 'openid' | 'sts';

const OWNER = 'cognito-identity';

/**
 * A key of the identity pools, kept on first use.
 * @param generated what to keep when there is none yet; the key of whoever was first comes back
 */
export function keepIdentityPoolKey({ store }: StoreContext, name: KeyName, generated: string): string {
  store
    .sql('INSERT INTO signing_keys VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
    .run(OWNER, name, name, generated);
  return findIdentityPoolKey({ store }, name) ?? generated;
}

/** A key of the identity pools, if there is one yet. */
export function findIdentityPoolKey(
  { store }: Pick<StoreContext, 'store'>,
  name: KeyName,
): string | undefined {
  const row = store
    .sql('SELECT private_key FROM signing_keys WHERE user_pool_id = ? AND token_use = ?')
    .get(OWNER, name);
  return row && String(row.private_key);
}
