import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../lib/data/database.ts';
import { type RunningApp, startApp } from './app.ts';
import { type HostileUserPool, startHostileUserPool } from './hostile-user-pool.ts';

export interface AppAndRegistry {
  pool: HostileUserPool;
  app: RunningApp;
  /** The application's own, opened beside it. */
  database: Database;
  /** Where the files of the registry are. */
  folder: string;
  file: string;
  stop(): Promise<void>;
}

/** The application in front of a user pool that can be scripted, with a registry that the test can look into. */
export async function startAppAndRegistry(environment: Record<string, string> = {}): Promise<AppAndRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'cabana-registry-'));
  const file = join(folder, 'registry.sqlite');
  const pool = await startHostileUserPool();
  const app = await startApp({ ...pool.environment, DATABASE_FILE: file, ...environment });
  const database = openDatabase({ kind: 'sqlite', file });
  return {
    pool,
    app,
    database,
    folder,
    file,
    async stop() {
      await Promise.all([app.stop(), database.close()]);
      await pool.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
