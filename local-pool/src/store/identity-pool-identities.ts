import { randomUUID } from 'node:crypto';
import { region } from '../account.ts';
import type { StoreContext } from './database.ts';

/** Someone whom an identity pool knows by an ID: a guest, or the holder of logins (store/identity-pool-logins.ts). */
export interface Identity {
  /** `{region}:{uuid}` */
  id: string;
  identityPoolId: string;
  /** Out of reach for ever: merged into another, or without the last of its logins. */
  disabled: boolean;
  /** Milliseconds since the epoch. */
  createdAt: number;
  modifiedAt: number;
}

/** Makes an identity without logins. */
export function insertIdentity({ store, clock }: StoreContext, identityPoolId: string): Identity {
  const now = clock.now();
  const identity = {
    id: `${region}:${randomUUID()}`,
    identityPoolId,
    disabled: false,
    createdAt: now,
    modifiedAt: now,
  };
  store.sql('INSERT INTO identities VALUES (?, ?, 0, ?, ?)').run(identity.id, identityPoolId, now, now);
  return identity;
}

/** Finds an identity by its ID. */
export function findIdentity({ store }: StoreContext, id: string): Identity | undefined {
  const row = store.sql('SELECT * FROM identities WHERE id = ?').get(id);
  return row && toIdentity(row);
}

/** Says that an identity's logins have changed. */
export function touchIdentity({ store, clock }: StoreContext, id: string): void {
  store.sql('UPDATE identities SET modified_at = ? WHERE id = ?').run(clock.now(), id);
}

/** Puts an identity out of reach. */
export function disableIdentity({ store, clock }: StoreContext, id: string): void {
  store.sql('UPDATE identities SET disabled = 1, modified_at = ? WHERE id = ?').run(clock.now(), id);
}

/** Removes an identity with its logins. */
export function deleteIdentity({ store }: StoreContext, id: string): void {
  store.sql('DELETE FROM identities WHERE id = ?').run(id);
}

/** Identities of a pool by their IDs. @param after the ID that the page before ended with; '' begins */
export function listIdentities(
  { store }: StoreContext,
  identityPoolId: string,
  { after, limit, hideDisabled }: { after: string; limit: number; hideDisabled: boolean },
): Identity[] {
  return store
    .sql(
      'SELECT * FROM identities WHERE identity_pool_id = ? AND id > ? AND disabled <= ? ORDER BY id LIMIT ?',
    )
    .all(identityPoolId, after, hideDisabled ? 0 : 1, limit)
    .map(toIdentity);
}

function toIdentity(row: Record<string, unknown>): Identity {
  return {
    id: String(row.id),
    identityPoolId: String(row.identity_pool_id),
    disabled: row.disabled === 1,
    createdAt: Number(row.created_at),
    modifiedAt: Number(row.modified_at),
  };
}
