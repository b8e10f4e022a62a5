import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DatabaseLocation } from '../../../lib/config.ts';
import type { Database } from '../../../lib/data/database.ts';
import { deleteNote, updateNote } from '../../../lib/notes/change.ts';
import { createNote } from '../../../lib/notes/create.ts';
import { findNote, type Note } from '../../../lib/notes/note.ts';
import { shareNote, unshareNote } from '../../../lib/notes/share.ts';
import { type Databases, engines } from '../registry/databases.ts';
import { ada, charles, grace, machine, person, start, stranger, type Writer } from './people.ts';

describe.each(engines)('notes on $name', ({ missing, start: startEngine }) => {
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

  const write = (writer: Writer = ada, title = 'A title'): Promise<Note> =>
    createNote(writer, { title, text: 'Some text' }, undefined, start, db);
  const refused = (code: string) => ({ name: 'AppError', code });

  it('a note comes back as it was written, with numbers for times', async () => {
    const text = 'Ünïcödé 🏖️\n\t"quotes", \\ and %_';
    const note = await createNote(ada, { title: 'Größe', text }, undefined, start, db);
    expect(note).toMatchObject({
      owner_sub: 'ada',
      owner_name: 'name of ada',
      tenant: 'analytical',
      title: 'Größe',
      text,
      revision: 1,
      shared_with: [],
      created_at: start,
      updated_at: start,
    });
    expect(await findNote(ada, note.id, databases.open(location))).toEqual(note);
  });

  it.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ['  Ada  ', 'Ada'],
    ['', 'name of ada'],
    ['\0', 'name of ada'],
    ['x'.repeat(2_048), 'name of ada'],
    [7, 'name of ada'],
  ])('an owner whose name is %j is called %s', async (name, called) => {
    const { owner_name } = await write({ ...ada, claims: { ...ada.claims, name } });
    expect(owner_name).toBe(called);
  });

  it('API-06 owner and tenant read; everybody else is told that there is nothing', async () => {
    const { id } = await write();
    for (const reader of [ada, charles]) expect((await findNote(reader, id, db)).id).toBe(id);
    for (const other of [grace, stranger, machine, person('nobody', '')])
      await expect(findNote(other, id, db)).rejects.toMatchObject(refused('not_found'));
  });

  it('API-06 who has no tenant shares none with others who have none', async () => {
    for (const owner of [machine, person('nobody', ''), person('no one')]) {
      const { id, tenant } = await write(owner);
      expect(tenant).toBeNull();
      for (const other of [person('other'), person('other', ''), person('other', 'null')])
        await expect(findNote(other, id, db)).rejects.toMatchObject(refused('not_found'));
    }
  });

  it('API-06 only the owner changes a note: a reader is refused, everybody else finds nothing', async () => {
    const { id } = await write();
    await shareNote(ada, id, 'editors', start, db);
    const attempts = [
      (who: Writer) => updateNote(who, id, [2], { title: 'Mine now' }, start, db),
      (who: Writer) => deleteNote(who, id, [2], db),
      (who: Writer) => shareNote(who, id, 'editors', start, db),
      (who: Writer) => unshareNote(who, id, 'editors', start, db),
    ];
    for (const attempt of attempts) {
      for (const reader of [charles, grace])
        await expect(attempt(reader)).rejects.toMatchObject(refused('forbidden'));
      for (const other of [stranger, machine])
        await expect(attempt(other)).rejects.toMatchObject(refused('not_found'));
    }
    expect(await findNote(ada, id, db)).toMatchObject({ title: 'A title', revision: 2 });
  });

  it('a change asks for the revision that was read, and counts it on', async () => {
    const { id } = await write();
    const change = (expected: number[] | undefined) =>
      updateNote(ada, id, expected, { title: 'Other' }, start + 5, db);
    await expect(change(undefined)).rejects.toMatchObject(refused('revision_required'));
    for (const wrong of [[], [0], [2, 3]])
      await expect(change(wrong)).rejects.toMatchObject(refused('revision_mismatch'));
    const changed = await change([7, 1]);
    expect(changed).toMatchObject({
      title: 'Other',
      text: 'Some text',
      revision: 2,
      created_at: start,
      updated_at: start + 5,
    });
    expect(await findNote(ada, id, db)).toEqual(changed);
    await expect(change([1])).rejects.toMatchObject(refused('revision_mismatch'));
  });

  it('of many changes of the same revision at once, one is carried out', async () => {
    const { id } = await write();
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        updateNote(ada, id, [1], { text: `by writer ${index}` }, start, db),
      ),
    );
    const done = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    const codes = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.code] : []));
    expect(done).toHaveLength(1);
    expect(codes).toEqual(Array(19).fill('revision_mismatch'));
    expect(await findNote(ada, id, db)).toEqual(done[0]);
  });

  it('a deletion asks for the revision as well, and takes the sharing with it', async () => {
    const { id } = await write();
    await shareNote(ada, id, 'editors', start, db);
    await expect(deleteNote(ada, id, undefined, db)).rejects.toMatchObject(refused('revision_required'));
    await expect(deleteNote(ada, id, [1], db)).rejects.toMatchObject(refused('revision_mismatch'));
    await deleteNote(ada, id, [2], db);
    await expect(findNote(ada, id, db)).rejects.toMatchObject(refused('not_found'));
    expect(await db.use((tables) => tables.selectFrom('note_shares').selectAll().execute())).toEqual([]);
  });

  it('a group that a note is shared with reads it, in whichever tenant, until it is taken back', async () => {
    const { id } = await write();
    expect(await shareNote(ada, id, 'editors', start + 1, db)).toMatchObject({
      shared_with: ['editors'],
      revision: 2,
      updated_at: start + 1,
    });
    expect((await findNote(grace, id, db)).shared_with).toEqual(['editors']);
    expect(await unshareNote(ada, id, 'editors', start + 2, db)).toMatchObject({
      shared_with: [],
      revision: 3,
      updated_at: start + 2,
    });
    await expect(findNote(grace, id, db)).rejects.toMatchObject(refused('not_found'));
  });

  it('what is shared or not shared already is left as it is', async () => {
    const { id } = await write();
    expect((await unshareNote(ada, id, 'editors', start, db)).revision).toBe(1);
    await shareNote(ada, id, 'admins', start, db);
    await shareNote(ada, id, 'editors', start, db);
    expect(await shareNote(ada, id, 'editors', start + 9, db)).toMatchObject({
      shared_with: ['admins', 'editors'],
      revision: 3,
      updated_at: start,
    });
  });

  it('of many who share a note with one group at once, or take it back, one changes it', async () => {
    const { id } = await write();
    const often = <Result>(once: () => Promise<Result>) => Promise.all(Array.from({ length: 6 }, once));
    const shared = await often(() => shareNote(ada, id, 'editors', start, db));
    expect(new Set(shared.map(({ revision }) => revision))).toEqual(new Set([2]));
    const takenBack = await often(() => unshareNote(ada, id, 'editors', start, db));
    expect(new Set(takenBack.map(({ revision }) => revision))).toEqual(new Set([3]));
  });

  it('nobody shares with a group that they are not in, and everybody takes back from one that they have left', async () => {
    const { id } = await write();
    await expect(shareNote(ada, id, 'others', start, db)).rejects.toMatchObject(refused('not_in_group'));
    await shareNote(ada, id, 'editors', start, db);
    const left = { ...ada, groups: [] };
    expect((await unshareNote(left, id, 'editors', start, db)).shared_with).toEqual([]);
  });

  it('notes that are shared, taken back and deleted all at once end in one way', async () => {
    const { id } = await write();
    const groups = Array.from({ length: 8 }, (_, index) => `group ${index}`);
    const owner = { ...ada, groups };
    const answers = await Promise.allSettled([
      ...groups.map((group) => shareNote(owner, id, group, start, db)),
      ...groups.map((group) => unshareNote(owner, id, group, start, db)),
      deleteNote(owner, id, [1, 2, 3, 4], db),
    ]);
    const codes = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.code] : []));
    expect(codes.filter((code) => code !== 'not_found' && code !== 'revision_mismatch')).toEqual([]);
  });

  it('what somebody writes is never read as SQL', async () => {
    const attack = `'); drop table notes; -- " \\' $1 ? :x`;
    const writer = person(attack, attack, [attack]);
    const note = await createNote(writer, { title: attack, text: attack }, attack, start, db);
    await updateNote(writer, note.id, [1], { title: `${attack}!` }, start, db);
    await shareNote(writer, note.id, attack, start, db);
    expect(await findNote(writer, note.id, db)).toMatchObject({
      owner_sub: attack,
      owner_name: `name of ${attack}`,
      tenant: attack,
      title: `${attack}!`,
      text: attack,
      shared_with: [attack],
      revision: 3,
    });
    await expect(findNote(writer, attack, db)).rejects.toMatchObject(refused('not_found'));
    expect((await write()).revision).toBe(1);
  });
});
