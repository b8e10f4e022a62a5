import { mayChangeNote, type NoteUser } from '../access/note-rules.ts';
import { type Database, database } from '../data/database.ts';
import { AppError } from '../errors.ts';
import { findNote, type Note } from './note.ts';
import type { NoteChange } from './schema.ts';

/** The revisions that whoever wants a change has read: one of them has to be the current one. */
type Expected = readonly number[] | undefined;

/** @throws AppError `not_found`, `forbidden`, `database_unavailable` */
export async function ownNote(user: NoteUser, id: string, db: Database): Promise<Note> {
  const note = await findNote(user, id, db);
  if (!mayChangeNote(user, note)) throw new AppError('forbidden');
  return note;
}

/** @throws AppError as {@link ownNote}; `revision_required`, `revision_mismatch` */
async function expectedNote(user: NoteUser, id: string, expected: Expected, db: Database): Promise<Note> {
  const note = await ownNote(user, id, db);
  if (!expected) throw new AppError('revision_required');
  if (!expected.includes(note.revision)) throw new AppError('revision_mismatch');
  return note;
}

/**
 * Changes the title or the text. One statement compares the revision and writes: of two who have read the same, the
 * second is told so, and nobody's words are written over unread.
 * @param now seconds since the epoch
 * @throws AppError `not_found`, `forbidden`, `revision_required`, `revision_mismatch`, `database_unavailable`
 */
export async function updateNote(
  user: NoteUser,
  id: string,
  expected: Expected,
  change: NoteChange,
  now = Math.floor(Date.now() / 1_000),
  db: Database = database(),
): Promise<Note> {
  const note = await expectedNote(user, id, expected, db);
  const updated = await db.use((tables) =>
    tables
      .updateTable('notes')
      .set({ ...change, revision: note.revision + 1, updated_at: now })
      .where('id', '=', id)
      .where('revision', '=', note.revision)
      .returningAll()
      .executeTakeFirst(),
  );
  if (!updated) throw new AppError('revision_mismatch');
  return { ...updated, shared_with: note.shared_with };
}

/** @throws AppError `not_found`, `forbidden`, `revision_required`, `revision_mismatch`, `database_unavailable` */
export async function deleteNote(
  user: NoteUser,
  id: string,
  expected: Expected,
  db: Database = database(),
): Promise<void> {
  const { revision } = await expectedNote(user, id, expected, db);
  const deleted = await db.use((tables) =>
    tables
      .deleteFrom('notes')
      .where('id', '=', id)
      .where('revision', '=', revision)
      .returning('id')
      .executeTakeFirst(),
  );
  if (!deleted) throw new AppError('revision_mismatch');
}
