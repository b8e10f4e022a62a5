import type { AppClientDocument } from '../configuration/app-client-document.ts';
import type { StoreContext } from './database.ts';

export interface StoredAppClient {
  document: AppClientDocument;
  /** Milliseconds since the epoch. */
  createdAt: number;
  modifiedAt: number;
}

/** Writes an app client's configuration, new or changed; one that is the same is not touched. */
export function writeAppClient({ store, clock }: StoreContext, document: AppClientDocument): void {
  const now = clock.now();
  store
    .sql(
      `INSERT INTO app_clients VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
       SET user_pool_id = excluded.user_pool_id, document = excluded.document, modified_at = excluded.modified_at
       WHERE document <> excluded.document`,
    )
    .run(document.clientId, document.userPoolId, JSON.stringify(document), now, now);
}

export function findAppClientDocument(
  { store }: StoreContext,
  clientId: string,
): StoredAppClient | undefined {
  const row = store.sql('SELECT * FROM app_clients WHERE client_id = ?').get(clientId);
  return row && toAppClient(row);
}

/** The app clients of a pool, or of all pools, oldest first. */
export function listAppClientDocuments({ store }: StoreContext, userPoolId?: string): StoredAppClient[] {
  const rows =
    userPoolId === undefined
      ? store.sql('SELECT * FROM app_clients ORDER BY created_at, rowid').all()
      : store
          .sql('SELECT * FROM app_clients WHERE user_pool_id = ? ORDER BY created_at, rowid')
          .all(userPoolId);
  return rows.map(toAppClient);
}

/** Removes an app client and ends the sign-ins that were made at it. */
export function removeAppClient({ store }: StoreContext, clientId: string): void {
  store.transaction(() => {
    for (const table of ['app_clients', 'token_families', 'authorization_codes', 'auth_sessions'])
      store.sql(`DELETE FROM ${table} WHERE client_id = ?`).run(clientId);
  });
}

function toAppClient(row: Record<string, unknown>): StoredAppClient {
  return {
    document: JSON.parse(String(row.document)) as AppClientDocument,
    createdAt: Number(row.created_at),
    modifiedAt: Number(row.modified_at),
  };
}
