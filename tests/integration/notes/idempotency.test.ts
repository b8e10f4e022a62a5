import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DatabaseLocation } from '../../../lib/config.ts';
import type { Database } from '../../../lib/data/database.ts';
import { prune } from '../../../lib/data/prune.ts';
import { deleteNote, updateNote } from '../../../lib/notes/change.ts';
import { createNote } from '../../../lib/notes/create.ts';
import { listNotes } from '../../../lib/notes/list.ts';
import { type Databases, engines } from '../registry/databases.ts';
import { ada, grace, start, type Writer } from './people.ts';

const run = promisify(execFile);
const DAY = 86_400;

describe.each(engines)('idempotency keys on $name', ({ missing, start: startEngine }) => {
  if (missing) return it.skip(`is not tested: ${missing}`);

  let databases: Databases;
  let location: DatabaseLocation;
  let db: Database;

  beforeAll(async () => {
    databases = await startEngine();
  });
  afterAll(() => databases.close());
  beforeEach(async () => {
    location = await databases.location();
    db = databases.open(location);
  });

  const note = { title: 'Once', text: 'and no more' };
  const create = (key?: string, what = note, writer: Writer = ada, now = start) =>
    createNote(writer, what, key, now, db);
  const written = async (writer: Writer = ada) => (await listNotes(writer, { limit: 100 }, db)).notes;

  it('without a key, the same request writes two notes', async () => {
    await create();
    await create();
    expect(await written()).toHaveLength(2);
  });

  it('the same request with the same key is answered as the first time', async () => {
    const first = await create('key');
    expect(await create('key', note, ada, start + 60)).toEqual(first);
    expect(await written()).toEqual([first]);
  });

  it('also when the note has been changed or deleted since', async () => {
    const first = await create('key');
    await updateNote(ada, first.id, [1], { text: 'changed' }, start, db);
    expect(await create('key')).toEqual(first);
    await deleteNote(ada, first.id, [2], db);
    expect(await create('key')).toEqual(first);
    expect(await written()).toEqual([]);
  });

  it('the same key with another request is refused', async () => {
    await create('key');
    for (const other of [
      { ...note, title: 'Twice' },
      { ...note, text: '' },
      { title: note.text, text: note.title },
    ])
      await expect(create('key', other)).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    expect(await written()).toHaveLength(1);
  });

  it("keys are each person's own", async () => {
    const mine = await create('key');
    const theirs = await create('key', { ...note, title: 'Hers' }, grace);
    expect(theirs.id).not.toBe(mine.id);
    expect(await written(grace)).toEqual([theirs]);
  });

  it('no text is kept beside the note', async () => {
    await create('key', { title: 'A secret title', text: 'A secret text' });
    const rows = await db.use((tables) => tables.selectFrom('idempotency_keys').selectAll().execute());
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('secret');
  });

  it('a key is kept for a day', async () => {
    const first = await create('key');
    await prune(start + DAY, db);
    expect(await create('key', note, ada, start + DAY)).toEqual(first);
    await prune(start + DAY + 1, db);
    expect((await create('key', note, ada, start + DAY + 1)).id).not.toBe(first.id);
  });

  it('more keys than one deletion takes all go when their day is over', async () => {
    const row = (index: number) => ({
      sub: 'ada',
      operation: 'create',
      key: `key ${index}`,
      fingerprint: 'x',
      answer: 'x',
      created_at: index < 2_500 ? start : start + DAY,
    });
    const rows = Array.from({ length: 2_501 }, (_, index) => row(index));
    for (let begin = 0; begin < rows.length; begin += 500)
      await db.use((tables) =>
        tables
          .insertInto('idempotency_keys')
          .values(rows.slice(begin, begin + 500))
          .execute(),
      );
    await prune(start + DAY + 1, db);
    const left = await db.use((tables) => tables.selectFrom('idempotency_keys').select('key').execute());
    expect(left).toEqual([{ key: 'key 2500' }]);
  });

  it('a note that cannot be written leaves no key behind', async () => {
    await db.use((tables) => tables.schema.alterTable('notes').renameTo('notes_away').execute());
    await expect(create('key')).rejects.toMatchObject({ code: 'database_unavailable' });
    const fresh = databases.open(location);
    const count = (tables: Parameters<Parameters<Database['use']>[0]>[0]) =>
      tables.selectFrom('idempotency_keys').selectAll().execute();
    expect(await fresh.use(count)).toEqual([]);
  });

  it('a hundred requests at once with one key write one note', async () => {
    const notes = await Promise.all(Array.from({ length: 100 }, () => create('key')));
    expect(new Set(notes.map(({ id }) => id)).size).toBe(1);
    expect(await written()).toHaveLength(1);
  });

  it('also from two processes', async () => {
    await written();
    const work = JSON.stringify({ location, writer: ada, note, key: 'key', times: 50, now: start });
    const file = join(import.meta.dirname, 'create-process.ts');
    const answers = await Promise.all([1, 2].map(() => run(process.execPath, [file, work])));
    const ids = answers.flatMap(({ stdout }) => JSON.parse(stdout) as string[]);
    expect(ids).toHaveLength(100);
    expect(new Set(ids).size).toBe(1);
    expect(await written()).toHaveLength(1);
  }, 60_000);
});
