import { Kysely, sql } from 'kysely';
import { config, type DatabaseLocation } from '../config.ts';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import { processWide } from '../process-wide.ts';
import { migrate } from './migrate.ts';
import { postgresDialect } from './postgres.ts';
import { sqliteDialect } from './sqlite.ts';
import type { Tables } from './tables.ts';

/** After a failure nobody waits for the database again for this long: not every page is to be as slow as its time-out. */
const REST_MS = 2_000;

type Work<Result> = (db: Kysely<Tables>) => Promise<Result>;

export interface Database {
  /**
   * Runs queries, once the tables are up to date.
   * @throws AppError `database_unavailable` for whatever goes wrong; what it was is in the log, by its code alone
   */
  use<Result>(work: Work<Result>): Promise<Result>;
  /**
   * Runs one write for each item, for what may be missing after a power cut: SQLite commits them together and does not wait
   * for the disk, with the whole process. They need not happen as one: Postgres commits each by itself, so that none holds a
   * lock while it waits for another.
   * @throws AppError `database_unavailable`, as `use`; some may have happened then
   */
  writeEach<Item>(
    items: readonly Item[],
    write: (db: Kysely<Tables>, item: Item) => Promise<void>,
  ): Promise<void>;
  /** Whether the database answers, or answered less than two seconds ago. */
  reachable(): Promise<boolean>;
  close(): Promise<void>;
}

const codeOf = (error: unknown): string =>
  error instanceof Error ? String((error as { code?: unknown }).code ?? error.name) : 'unknown';

/**
 * Whether the next query is likely to fail as well. A statement that Postgres refuses, or cancels because it took too long
 * (57014), says nothing about the next; classes 08, 53, 57 and 58 are about connections, resources, operators and the
 * system (Postgres: error codes).
 */
const isOutage = (error: unknown): boolean =>
  !(error instanceof Error && 'severity' in error) || /^(08|53|57P|58)/.test(codeOf(error));

/** Commits together, and leaves it to the system when that reaches the disk (SQLite: PRAGMA synchronous, WAL mode). */
const withoutWaiting = (db: Kysely<Tables>, work: Work<void>): Promise<void> =>
  db.connection().execute(async (connection) => {
    await sql`pragma synchronous = normal`.execute(connection);
    try {
      await connection.transaction().execute(work);
    } finally {
      await sql`pragma synchronous = full`.execute(connection);
    }
  });

/**
 * Opens a database without connecting: the first query does, and every later one until it succeeds.
 * @param now milliseconds since the epoch
 */
export function openDatabase(location: DatabaseLocation, now: () => number = Date.now): Database {
  const dialect = location.kind === 'sqlite' ? sqliteDialect(location.file) : postgresDialect(location.url);
  const db = new Kysely<Tables>({ dialect });
  let migrated: Promise<void> | undefined;
  let restUntil = 0;

  const upToDate = async (): Promise<void> => {
    migrated ??= migrate(db).catch((error: unknown) => {
      migrated = undefined;
      throw error;
    });
    await migrated;
  };

  async function use<Result>(work: Work<Result>): Promise<Result> {
    if (now() < restUntil) throw new AppError('database_unavailable', 'resting');
    try {
      await upToDate();
      return await work(db);
    } catch (error) {
      if (isOutage(error)) restUntil = now() + REST_MS;
      log('error', 'database_failed', { reason: codeOf(error) });
      throw new AppError('database_unavailable', codeOf(error));
    }
  }

  return {
    use,
    writeEach: (items, write) =>
      use(async (tables) => {
        const all = async (to: Kysely<Tables>) => {
          for (const item of items) await write(to, item);
        };
        await (location.kind === 'sqlite' ? withoutWaiting(tables, all) : all(tables));
      }),
    reachable: () =>
      use(async (tables) => tables.selectNoFrom((eb) => eb.lit(1).as('one')).execute()).then(
        () => true,
        () => false,
      ),
    close: () => db.destroy(),
  };
}

/** The database of this process. */
export const database = (): Database => processWide('database', () => openDatabase(config().database));
