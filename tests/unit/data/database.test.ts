import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../lib/data/database.ts';
import { freePort } from '../../support/app.ts';
import { missingPostgres, startPostgres } from '../../support/postgres.ts';

let folder: string;
let database: Database | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cabana-data-'));
});
afterEach(async () => {
  await database?.close();
  database = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

it('the file is made, with its folder, and only its owner may read it', async () => {
  const file = join(folder, 'new', 'cabana.sqlite');
  database = openDatabase({ kind: 'sqlite', file });
  expect(await database.reachable()).toBe(true);
  expect([join(folder, 'new'), file, `${file}-wal`, `${file}-shm`].map(modeOf)).toEqual([
    '700',
    '600',
    '600',
    '600',
  ]);
});

it('a file that others could read is theirs no longer', async () => {
  const file = join(folder, 'cabana.sqlite');
  writeFileSync(file, '');
  chmodSync(file, 0o644);
  database = openDatabase({ kind: 'sqlite', file });
  expect(await database.reachable()).toBe(true);
  expect(modeOf(file)).toBe('600');
});

it('the file keeps a write-ahead log, waits for other processes and loses nothing in a power cut', async () => {
  database = openDatabase({ kind: 'sqlite', file: join(folder, 'cabana.sqlite') });
  const pragma = (name: string) =>
    database?.use(async (tables) => {
      const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(tables);
      return Object.values(rows[0] ?? {})[0];
    });
  expect(await pragma('journal_mode')).toBe('wal');
  await database.writeEach(['a'], async () => {});
  expect(await pragma('busy_timeout')).toBe(1_000);
  expect(await pragma('synchronous')).toBe(2);
});

it('a database that cannot be opened is unavailable, and is asked again two seconds later', async () => {
  let now = 0;
  const file = join(folder, 'cabana.sqlite');
  mkdirSync(file);
  database = openDatabase({ kind: 'sqlite', file }, () => now);
  const ask = () => (database as Database).use(async () => 'answered');
  await expect(ask()).rejects.toMatchObject({ name: 'AppError', code: 'database_unavailable' });
  rmSync(file, { recursive: true });
  now = 1_999;
  await expect(ask()).rejects.toMatchObject({ code: 'database_unavailable', detail: 'resting' });
  now = 2_000;
  expect(await ask()).toBe('answered');
});

it('an error says nothing of the query or the address', async () => {
  const url = `postgres://user:hunter2@127.0.0.1:${await freePort()}/nowhere`;
  database = openDatabase({ kind: 'postgres', url });
  const error = await database.use(async () => undefined).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'database_unavailable', detail: 'ECONNREFUSED' });
  expect(JSON.stringify(error)).not.toContain('hunter2');
});

it.skipIf(missingPostgres)(
  'a statement that took too long is no reason to let the next one wait',
  async () => {
    const server = await startPostgres();
    try {
      database = openDatabase({ kind: 'postgres', url: server.url });
      const slow = database.use((tables) => sql`select pg_sleep(30)`.execute(tables));
      await expect(slow).rejects.toMatchObject({ code: 'database_unavailable', detail: '57014' });
      expect(await database.use(async () => 'answered')).toBe('answered');
      await database.close();
      database = undefined;
    } finally {
      await server.close();
    }
  },
);

it('a server that accepts and then says nothing is given up after two seconds', async () => {
  const server: Server = createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  database = openDatabase({ kind: 'postgres', url: `postgres://user@127.0.0.1:${port}/silent` });
  const started = performance.now();
  expect(await database.reachable()).toBe(false);
  expect(performance.now() - started).toBeLessThan(4_000);
  server.close();
});
