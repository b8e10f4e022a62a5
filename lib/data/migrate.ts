import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import * as sessions from './migrations/001-sessions.ts';
import * as keptForms from './migrations/002-kept-forms.ts';
import * as notes from './migrations/003-notes.ts';
import * as tokenUsage from './migrations/004-token-usage.ts';
import * as requestCounts from './migrations/005-request-counts.ts';
import type { Tables } from './tables.ts';

/** In the order of their names. One that has been released is never changed. */
const migrations: Record<string, Migration> = {
  '001-sessions': sessions,
  '002-kept-forms': keptForms,
  '003-notes': notes,
  '004-token-usage': tokenUsage,
  '005-request-counts': requestCounts,
};

const migratorOf = (db: Kysely<Tables>): Migrator =>
  new Migrator({ db, provider: { getMigrations: async () => migrations } });

/**
 * Brings the tables up to date. Several processes may do so at once: one works, under the database's own lock, and the
 * others find it done.
 * @throws the database's own error
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const { error } = await migratorOf(db).migrateToLatest();
  if (error) throw error;
}

/**
 * Changes nothing.
 * @returns the names of the migrations that this database has not had yet
 * @throws the database's own error
 */
export async function pendingMigrations(db: Kysely<Tables>): Promise<string[]> {
  const all = await migratorOf(db).getMigrations();
  return all.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
}
