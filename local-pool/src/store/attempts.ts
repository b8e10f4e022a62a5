import type { StoreContext } from './database.ts';
import { digest } from './digest.ts';

/** A counter of tries that are limited, for one person (known or not) and one kind of try. */
export interface Attempts {
  count: number;
  /** Milliseconds since the epoch: what it marks is the kind's own business. */
  since: number;
  blockedUntil: number;
}

const FORGOTTEN_AFTER_MS = 2 * 60 * 60 * 1000;

/** @param name who tries; kept as a hash, because it may be anything that was typed. */
export function findAttempts(
  { store }: StoreContext,
  userPoolId: string,
  name: string,
  kind: string,
): Attempts | undefined {
  const row = store
    .sql('SELECT * FROM attempts WHERE user_pool_id = ? AND name = ? AND kind = ?')
    .get(userPoolId, digest(name), kind);
  return (
    row && { count: Number(row.count), since: Number(row.since), blockedUntil: Number(row.blocked_until) }
  );
}

export function putAttempts(
  { store, clock }: StoreContext,
  userPoolId: string,
  name: string,
  kind: string,
  { count, since, blockedUntil }: Attempts,
): void {
  store.sql('DELETE FROM attempts WHERE since < ?').run(clock.now() - FORGOTTEN_AFTER_MS);
  store
    .sql('INSERT OR REPLACE INTO attempts VALUES (?, ?, ?, ?, ?, ?)')
    .run(userPoolId, digest(name), kind, count, since, blockedUntil);
}

export function deleteAttempts(
  { store }: StoreContext,
  userPoolId: string,
  name: string,
  kind: string,
): void {
  store
    .sql('DELETE FROM attempts WHERE user_pool_id = ? AND name = ? AND kind = ?')
    .run(userPoolId, digest(name), kind);
}
