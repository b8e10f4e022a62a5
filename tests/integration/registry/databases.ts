import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseLocation } from '../../../lib/config.ts';
import { type Database, openDatabase } from '../../../lib/data/database.ts';
import { missingPostgres, startPostgres } from '../../support/postgres.ts';

/** One kind of database that the registry runs on. */
export interface Engine {
  name: string;
  missing: string | undefined;
  start(): Promise<Databases>;
}

export interface Databases {
  /** Somewhere empty. */
  location(): Promise<DatabaseLocation>;
  /** What one process has of it. It is closed in the end. */
  open(location: DatabaseLocation): Database;
  close(): Promise<void>;
}

function opener() {
  const opened: Database[] = [];
  return {
    open(location: DatabaseLocation) {
      const database = openDatabase(location);
      opened.push(database);
      return database;
    },
    closeAll: async () => void (await Promise.all(opened.map((database) => database.close()))),
  };
}

const sqlite: Engine = {
  name: 'SQLite',
  missing: undefined,
  async start() {
    const folder = mkdtempSync(join(tmpdir(), 'cabana-sqlite-'));
    const { open, closeAll } = opener();
    let count = 0;
    return {
      location: async () => {
        count += 1;
        return { kind: 'sqlite', file: join(folder, `${count}.sqlite`) };
      },
      open,
      async close() {
        await closeAll();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};

const postgres: Engine = {
  name: 'Postgres',
  missing: missingPostgres,
  async start() {
    const server = await startPostgres();
    const { open, closeAll } = opener();
    return {
      location: async () => ({ kind: 'postgres', url: await server.newDatabase() }),
      open,
      async close() {
        await closeAll();
        await server.close();
      },
    };
  },
};

export const engines: readonly Engine[] = [sqlite, postgres];
