import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mayReadNote, readableRanges } from '../../../lib/access/note-rules.ts';
import type { Database } from '../../../lib/data/database.ts';
import { createNote } from '../../../lib/notes/create.ts';
import { cursor } from '../../../lib/notes/cursor.ts';
import { listNotes, type NotesWanted } from '../../../lib/notes/list.ts';
import { shareNote, unshareNote } from '../../../lib/notes/share.ts';
import { type Databases, engines } from '../registry/databases.ts';
import { ada, charles, grace, machine, person, start, type Writer } from './people.ts';

/** All pages that a reader gets by following the cursors. */
async function pages(db: Database, reader: Writer, wanted: Omit<NotesWanted, 'after'>) {
  const found = [];
  let after: NotesWanted['after'];
  do {
    const { notes, nextCursor } = await listNotes(reader, { ...wanted, after }, db);
    found.push(notes);
    after = nextCursor === null ? undefined : cursor.parse(nextCursor);
  } while (after);
  return found;
}

describe.each(engines)('lists of notes on $name', ({ missing, start: startEngine }) => {
  if (missing) return it.skip(`is not tested: ${missing}`);

  let databases: Databases;
  let db: Database;

  beforeAll(async () => {
    databases = await startEngine();
  });
  afterAll(() => databases.close());
  beforeEach(async () => {
    db = databases.open(await databases.location());
  });

  const write = (writer: Writer, title: string, at = start) =>
    createNote(writer, { title, text: '' }, undefined, at, db);
  const titles = async (reader: Writer, wanted: NotesWanted = { limit: 100 }) =>
    (await listNotes(reader, wanted, db)).notes.map(({ title }) => title);

  it('nobody has written anything: an empty page, and no next one', async () => {
    expect(await listNotes(ada, { limit: 20 }, db)).toEqual({ notes: [], nextCursor: null });
  });

  it('each sees their own, their tenant’s and what is shared with a group of theirs, once and newest first', async () => {
    await write(ada, 'first', start);
    await write(charles, 'third', start + 2);
    const shared = await write(ada, 'second', start + 1);
    await write(grace, 'fourth', start + 3);
    await write(machine, 'fifth', start + 4);
    for (const group of ['editors', 'admins']) await shareNote(ada, shared.id, group, start, db);
    expect(await titles(ada)).toEqual(['third', 'second', 'first']);
    expect(await titles(charles)).toEqual(['third', 'second', 'first']);
    expect(await titles(grace)).toEqual(['fourth', 'second']);
    expect(await titles(machine)).toEqual(['fifth']);
    expect(await titles(ada, { limit: 100, own: true })).toEqual(['second', 'first']);
    const [, listed] = (await listNotes(grace, { limit: 2 }, db)).notes;
    expect(listed?.shared_with).toEqual(['admins', 'editors']);
    await unshareNote(ada, shared.id, 'editors', start, db);
    expect(await titles(grace)).toEqual(['fourth']);
  });

  it('its pages hold each note once, also where many were written in the same second', async () => {
    for (let index = 0; index < 23; index += 1) await write(index % 2 ? ada : charles, `${index}`);
    for (const limit of [1, 5, 22, 23, 24]) {
      const found = await pages(db, ada, { limit });
      expect(found).toHaveLength(Math.ceil(23 / limit));
      expect(found.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      const ids = found.flat().map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)].sort().reverse());
      expect(ids).toHaveLength(23);
    }
  });

  it('a note that is written or deleted meanwhile moves no other to another page', async () => {
    for (const title of ['a', 'b', 'c', 'd']) await write(ada, title, start);
    const first = await listNotes(ada, { limit: 2 }, db);
    await write(ada, 'new', start + 9);
    const [gone] = first.notes.slice(-1);
    await db.use((tables) =>
      tables
        .deleteFrom('notes')
        .where('id', '=', gone?.id ?? '')
        .execute(),
    );
    const after = cursor.parse(first.nextCursor);
    expect((await titles(ada, { limit: 2, after })).sort()).toEqual(
      ['a', 'b', 'c', 'd'].filter((title) => !first.notes.some((note) => note.title === title)),
    );
  });

  it("API-06 a cursor of somebody else's list shows nothing that one may not read", async () => {
    for (const title of ['a', 'b', 'c']) await write(ada, title);
    const { nextCursor } = await listNotes(ada, { limit: 1 }, db);
    expect(await titles(grace, { limit: 100, after: cursor.parse(nextCursor) })).toEqual([]);
  });

  it('API-06 the rules in SQL give exactly the notes that the rules on one note allow', async () => {
    const sub = fc.constantFrom('ada', 'charles', 'grace', 'null', '');
    const tenant = fc.constantFrom(undefined, '', 'analytical', 'acme', 'null');
    const groups = fc.subarray(['editors', 'admins', 'Editors', 'a%', '']);
    const written = fc.record({ sub, tenant: fc.constantFrom(null, 'analytical', 'acme', 'null'), groups });
    const reader = fc.record({ sub, tenant, groups, again: groups });
    await fc.assert(
      fc.asyncProperty(fc.array(written, { maxLength: 12 }), reader, async (rows, who) => {
        const user = person(who.sub, who.tenant, [...who.groups, ...who.again]);
        const notes = rows.map((row, index) => ({
          id: `${index}`.padStart(36, '0'),
          owner_sub: row.sub,
          owner_name: row.sub,
          tenant: row.tenant,
          title: 't',
          text: '',
          revision: 1,
          created_at: start + (index % 3),
          updated_at: start,
        }));
        const shares = rows.flatMap((row, index) =>
          row.groups.map((group_name) => ({
            note_id: notes[index]?.id ?? '',
            group_name,
            created_at: notes[index]?.created_at ?? 0,
          })),
        );
        const [positions, listed] = await db.use(async (tables) => {
          await tables.deleteFrom('notes').execute();
          if (notes.length > 0) await tables.insertInto('notes').values(notes).execute();
          if (shares.length > 0) await tables.insertInto('note_shares').values(shares).execute();
          const ranges = readableRanges(tables, user).map((range) =>
            tables.selectFrom(range.as('range')).select('range.id').execute(),
          );
          return [(await Promise.all(ranges)).flat(), await pages(db, user, { limit: 5 })] as const;
        });
        const readable = notes.filter((note, index) =>
          mayReadNote(user, { ...note, shared_with: rows[index]?.groups ?? [] }),
        );
        const ids = readable.map(({ id }) => id).sort();
        expect([...new Set(positions.map(({ id }) => id))].sort()).toEqual(ids);
        expect(
          listed
            .flat()
            .map(({ id }) => id)
            .sort(),
        ).toEqual(ids);
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});
