import { existsSync } from 'node:fs';
import { Kysely } from 'kysely';
import type { Config, DatabaseLocation } from '../../../lib/config.ts';
import { pendingMigrations } from '../../../lib/data/migrate.ts';
import { postgresDialect } from '../../../lib/data/postgres.ts';
import { sqliteDialect } from '../../../lib/data/sqlite.ts';
import type { Tables } from '../../../lib/data/tables.ts';
import { type Check, ok, problem } from '../finding.ts';

/** SQLite's own words, or a code: the text of an error may quote the address, and with it a password. */
function reasonOf(error: unknown): string {
  const { errstr, code } = error as { errstr?: unknown; code?: unknown };
  return String(errstr ?? code ?? 'no answer');
}

async function migrationsAhead(location: DatabaseLocation): Promise<string[]> {
  const dialect = location.kind === 'sqlite' ? sqliteDialect(location.file) : postgresDialect(location.url);
  const db = new Kysely<Tables>({ dialect });
  try {
    return await pendingMigrations(db);
  } finally {
    await db.destroy();
  }
}

const oneInstance = 'for a single instance: several need one Postgres (DATABASE_URL)';

/** The registry of sessions. The application itself brings its tables up to date; this changes nothing. */
export const database: Check<Config> = {
  name: 'database',
  async examine({ database: location }) {
    const name =
      location.kind === 'sqlite' ? `the file ${location.file}, ${oneInstance}` : 'Postgres answers';
    // To look into a file that is not there would make it.
    if (location.kind === 'sqlite' && !existsSync(location.file))
      return ok(`${name}; made at the first sign-in`);
    try {
      const ahead = await migrationsAhead(location);
      return ok(
        ahead.length === 0
          ? `${name}; its tables are up to date`
          : `${name}; the first query brings its tables up to date (${ahead.join(', ')})`,
      );
    } catch (error) {
      const which = location.kind === 'sqlite' ? `the file ${location.file}` : 'the Postgres of DATABASE_URL';
      return problem(
        `${which} cannot be read (${reasonOf(error)})`,
        'Without it nobody can sign in: look at its address, its account and its permissions.',
      );
    }
  },
};
