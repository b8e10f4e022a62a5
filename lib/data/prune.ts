import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { processWide } from '../process-wide.ts';
import { type Database, database } from './database.ts';
import type { Tables } from './tables.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;

interface Kept {
  table: keyof Tables;
  key: readonly string[];
  /** The column that tells a row's age, in seconds since the epoch, and for how many seconds it is kept. */
  column: string;
  age: number;
}

const kept: readonly Kept[] = [
  // A row outlives its session, so that nothing that is still sealed in a cookie is ever unknown.
  { table: 'sessions', key: ['id'], column: 'expires_at', age: 30 * DAY },
  { table: 'kept_forms', key: ['id'], column: 'kept_at', age: HOUR },
  { table: 'idempotency_keys', key: ['sub', 'operation', 'key'], column: 'created_at', age: DAY },
  { table: 'security_events', key: ['id'], column: 'at', age: 180 * DAY },
];

/** SQLite keeps the whole process waiting meanwhile, and Postgres gives a statement two seconds. */
const AT_ONCE = 1_000;

/** @returns how many rows were deleted */
async function deleteSome(db: Database, { table, key, column, age }: Kept, now: number): Promise<number> {
  const keys = sql.join(key.map((name) => sql.ref(name)));
  const old = sql`select ${keys} from ${sql.table(table)} where ${sql.ref(column)} < ${now - age} limit ${AT_ONCE}`;
  const deletion = sql`delete from ${sql.table(table)} where (${keys}) in (${old})`;
  const { numAffectedRows = 0n } = await db.use((tables) => deletion.execute(tables));
  return Number(numAffectedRows);
}

/**
 * Deletes the rows of sessions that ran out thirty days ago, security events older than a hundred and eighty, forms that
 * nobody came back to within an hour, and after a day what was answered to requests that may be repeated.
 * @param now seconds since the epoch
 * @throws AppError `database_unavailable`
 */
export async function prune(now: number, db: Database = database()): Promise<void> {
  for (const rows of kept) {
    while ((await deleteSome(db, rows, now)) === AT_ONCE) await setImmediate();
  }
}

/** Prunes once an hour at the most, behind the back of whoever signs in or writes. @param now seconds since the epoch */
export function pruneNowAndThen(now: number, db: Database = database()): void {
  const last = processWide('pruned', () => ({ at: 0 }));
  if (now - last.at < HOUR) return;
  last.at = now;
  // What fails is in the log, and is tried again in an hour.
  void prune(now, db).catch(() => undefined);
}
