import type { Kysely } from 'kysely';
import { mayReadNote, type NoteUser } from '../access/note-rules.ts';
import { type Database, database } from '../data/database.ts';
import type { NoteRow, Tables } from '../data/tables.ts';
import { AppError } from '../errors.ts';

/** A note with the names of the groups that may read it, in the order of their code units. */
export type Note = NoteRow & { readonly shared_with: readonly string[] };

/**
 * Adds the groups to rows that have been read before. In this order nobody ever holds a revision together with groups
 * from before it; where a note was shared in between, its next change is refused as it should be.
 */
export async function withShares(tables: Kysely<Tables>, rows: readonly NoteRow[]): Promise<Note[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const shares = await tables
    .selectFrom('note_shares')
    .select(['note_id', 'group_name'])
    .where('note_id', 'in', ids)
    .execute();
  const byNote = Map.groupBy(shares, ({ note_id }) => note_id);
  return rows.map((row) => ({
    ...row,
    shared_with: (byNote.get(row.id) ?? []).map(({ group_name }) => group_name).sort(),
  }));
}

/**
 * @throws AppError `not_found` also for a note that the principal may not read: which ids there are is nobody's to
 * learn; `database_unavailable`
 */
export async function findNote(user: NoteUser, id: string, db: Database = database()): Promise<Note> {
  const [note] = await db.use(async (tables) =>
    withShares(tables, await tables.selectFrom('notes').selectAll().where('id', '=', id).execute()),
  );
  if (!note || !mayReadNote(user, note)) throw new AppError('not_found');
  return note;
}
