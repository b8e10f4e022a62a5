import type { IdentityPool } from '../identity-pool/identity-pool.ts';
import type { StoreContext } from './database.ts';

/** Writes an identity pool, new or changed. */
export function putIdentityPool({ store, clock }: StoreContext, identityPool: IdentityPool): void {
  const now = clock.now();
  store
    .sql(
      `INSERT INTO identity_pools VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET document = excluded.document, modified_at = excluded.modified_at`,
    )
    .run(identityPool.id, JSON.stringify(identityPool), now, now);
}

/** Finds an identity pool by its ID. */
export function findIdentityPool({ store }: StoreContext, id: string): IdentityPool | undefined {
  return toIdentityPool(store.sql('SELECT document FROM identity_pools WHERE id = ?').get(id));
}

/** Removes an identity pool with its identities. @returns false when there was none */
export function deleteIdentityPool({ store }: StoreContext, id: string): boolean {
  return store.sql('DELETE FROM identity_pools WHERE id = ?').run(id).changes > 0;
}

/** Identity pools by their IDs. @param after the ID that the page before ended with; '' begins */
export function listIdentityPools({ store }: StoreContext, after: string, limit: number): IdentityPool[] {
  return store
    .sql('SELECT document FROM identity_pools WHERE id > ? ORDER BY id LIMIT ?')
    .all(after, limit)
    .flatMap((row) => toIdentityPool(row) ?? []);
}

function toIdentityPool(row: Record<string, unknown> | undefined): IdentityPool | undefined {
  return row && (JSON.parse(String(row.document)) as IdentityPool);
}
