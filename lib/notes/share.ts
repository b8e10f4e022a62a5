import type { Kysely } from 'kysely';
import { mayShareWith, type NoteUser } from '../access/note-rules.ts';
import { type Database, database } from '../data/database.ts';
import type { NoteRow, Tables } from '../data/tables.ts';
import { AppError } from '../errors.ts';
import { ownNote } from './change.ts';
import { findNote, type Note } from './note.ts';

const seconds = (): number => Math.floor(Date.now() / 1_000);

/**
 * Counts a change of a note's groups, which is one only if it is not so already. The note is held on to first, by a change
 * of nothing: it is not deleted in between then, and of several who share it with one group all but the first see that
 * it is done. Whoever deletes a note takes the same order.
 */
async function countChange(
  transaction: Kysely<Tables>,
  id: string,
  group: string,
  isShared: boolean,
  now: number,
): Promise<NoteRow | undefined> {
  await transaction
    .updateTable('notes')
    .set(({ ref }) => ({ revision: ref('revision') }))
    .where('id', '=', id)
    .execute();
  return await transaction
    .updateTable('notes')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1), updated_at: now }))
    .where('id', '=', id)
    .where(({ exists, not, selectFrom }) => {
      const share = exists(
        selectFrom('note_shares').select('note_id').where('note_id', '=', id).where('group_name', '=', group),
      );
      return isShared ? share : not(share);
    })
    .returningAll()
    .executeTakeFirst();
}

/**
 * Lets a group of the user pool read a note, whichever tenant its members belong to. A note that is shared with the
 * group already is left as it is.
 * @param now seconds since the epoch
 * @throws AppError `not_found`, `forbidden`, `not_in_group`, `database_unavailable`
 */
export async function shareNote(
  user: NoteUser,
  id: string,
  group: string,
  now = seconds(),
  db: Database = database(),
): Promise<Note> {
  await ownNote(user, id, db);
  if (!mayShareWith(user, group)) throw new AppError('not_in_group');
  await db.use((tables) =>
    tables.transaction().execute(async (transaction) => {
      const note = await countChange(transaction, id, group, false, now);
      if (!note) return;
      await transaction
        .insertInto('note_shares')
        .values({ note_id: id, group_name: group, created_at: note.created_at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }),
  );
  return await findNote(user, id, db);
}

/**
 * Takes a note back from a group, also from one that the owner has left. A note that is not shared with it is left as it
 * is.
 * @param now seconds since the epoch
 * @throws AppError `not_found`, `forbidden`, `database_unavailable`
 */
export async function unshareNote(
  user: NoteUser,
  id: string,
  group: string,
  now = seconds(),
  db: Database = database(),
): Promise<Note> {
  await ownNote(user, id, db);
  await db.use((tables) =>
    tables.transaction().execute(async (transaction) => {
      if (!(await countChange(transaction, id, group, true, now))) return;
      await transaction
        .deleteFrom('note_shares')
        .where('note_id', '=', id)
        .where('group_name', '=', group)
        .execute();
    }),
  );
  return await findNote(user, id, db);
}
