import { chmodSync, closeSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { StartError } from '../errors.ts';
import { FROM_VERSION_2, SCHEMA, SCHEMA_VERSION } from './schema.ts';

export interface Store {
  /** A prepared statement, prepared once per text. */
  sql(text: string): StatementSync;
  /** Runs synchronous work atomically; an exception undoes all of it. Within another transaction it becomes part of that. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** What every function of `store/` takes first; a LocalPool is one. */
export interface StoreContext {
  store: Store;
  clock: Clock;
}

/**
 * Opens the store, creating folder, file and tables on first use.
 * @param dataDir the folder for `local-pool.sqlite`; absent = memory.
 * @throws StartError when the folder cannot be used, or its file was written by another version or program.
 */
export function openStore(dataDir?: string): Store {
  try {
    return open(dataDir === undefined ? ':memory:' : prepareFile(dataDir));
  } catch (error) {
    if (error instanceof StartError || !(error instanceof Error)) throw error;
    if (isLocked(error))
      throw new StartError(
        `Another local pool is running on the store in ${dataDir}: end it, or pass another --data folder.`,
      );
    throw new StartError(`The store in ${dataDir} cannot be opened: ${error.message}.`);
  }
}

/** SQLITE_BUSY (SQLite: result codes). */
function isLocked(error: Error): boolean {
  return 'errcode' in error && error.errcode === 5;
}

/** Milliseconds: how long a process that is just ending may still hold the store. */
const PATIENCE = 1000;

function open(path: string): Store {
  const database = new DatabaseSync(path);
  // NORMAL, not FULL: with a write-ahead log a killed process loses nothing that it acknowledged; only a power cut
  // could, and a development server need not pay a disk flush per token for that.
  // EXCLUSIVE, because user pools and app clients are held in memory: a second process would serve what is no longer
  // so. The lock is the operating system's, so that a killed process leaves none.
  try {
    database.exec(
      `PRAGMA busy_timeout = ${PATIENCE}; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;
       PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON`,
    );
    createTables(database, path);
  } catch (error) {
    database.close();
    throw error;
  }

  let inTransaction = false;
  const statements = new Map<string, StatementSync>();
  return {
    sql(text) {
      let statement = statements.get(text);
      if (!statement) {
        statement = database.prepare(text);
        statements.set(text, statement);
      }
      return statement;
    },
    transaction(work) {
      if (inTransaction) return work();
      database.exec('BEGIN IMMEDIATE');
      inTransaction = true;
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        // A full disk ends the transaction by itself.
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      } finally {
        inTransaction = false;
      }
    },
    close: () => database.close(),
  };
}

function prepareFile(dataDir: string): string {
  makeFolder(resolve(dataDir));
  const ignore = join(dataDir, '.gitignore');
  if (!existsSync(ignore)) writeFileSync(ignore, 'local-pool.sqlite*\n.gitignore\n');
  const file = join(dataDir, 'local-pool.sqlite');
  // SQLite would create the file by the umask, and it holds private keys.
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  return file;
}

/** One folder at a time: Node.js's own `recursive` never returns where a parent is there and takes no child (`/proc`). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

function createTables(database: DatabaseSync, path: string): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (version === SCHEMA_VERSION) return;
  if (version !== 0 && version !== 2)
    throw new StartError(
      `The store ${path} was written by another version of the local pool (${version}, this is ${SCHEMA_VERSION}): delete that file, or pass another folder with --data.`,
    );
  const tables = version === 0 ? SCHEMA : FROM_VERSION_2;
  database.exec(`BEGIN IMMEDIATE; ${tables} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
}
