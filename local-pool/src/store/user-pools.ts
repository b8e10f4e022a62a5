import type { UserPoolDocument } from '../configuration/user-pool-document.ts';
import type { StoreContext } from './database.ts';

export interface StoredUserPool {
  document: UserPoolDocument;
  /** Milliseconds since the epoch. */
  createdAt: number;
  modifiedAt: number;
}

/** Writes a user pool's configuration, new or changed; one that is the same is not touched. */
export function writeUserPool({ store, clock }: StoreContext, document: UserPoolDocument): void {
  const now = clock.now();
  store
    .sql(
      `INSERT INTO user_pools VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE
       SET document = excluded.document, modified_at = excluded.modified_at
       WHERE document <> excluded.document`,
    )
    .run(document.id, JSON.stringify(document), now, now);
}

export function findUserPoolDocument({ store }: StoreContext, id: string): StoredUserPool | undefined {
  const row = store.sql('SELECT * FROM user_pools WHERE id = ?').get(id);
  return row && toUserPool(row);
}

/** All user pools, oldest first. */
export function listUserPoolDocuments({ store }: StoreContext): StoredUserPool[] {
  return store.sql('SELECT * FROM user_pools ORDER BY created_at, rowid').all().map(toUserPool);
}

export function countUsers({ store }: StoreContext, userPoolId: string): number {
  return Number(
    store.sql('SELECT count(*) AS users FROM users WHERE user_pool_id = ?').get(userPoolId)?.users,
  );
}

/** What goes with a user pool and does not go with its users by itself. */
const OWNED = [
  'users',
  'groups',
  'app_clients',
  'signing_keys',
  'attempts',
  'messages',
  'auth_sessions',
  'federation_requests',
  'saml_assertions',
  'saml_keys',
] as const;

/** Removes a user pool with its users, groups, app clients, keys, sessions and codes. */
export function removeUserPool({ store }: StoreContext, id: string): void {
  store.transaction(() => {
    for (const table of OWNED) store.sql(`DELETE FROM ${table} WHERE user_pool_id = ?`).run(id);
    store.sql('DELETE FROM user_pools WHERE id = ?').run(id);
  });
}

function toUserPool(row: Record<string, unknown>): StoredUserPool {
  return {
    document: JSON.parse(String(row.document)) as UserPoolDocument,
    createdAt: Number(row.created_at),
    modifiedAt: Number(row.modified_at),
  };
}
