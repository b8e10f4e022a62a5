import type { AliasableExpression, Kysely, SelectQueryBuilder } from 'kysely';
import { type NotePosition, type NoteUser, ownRanges, readableRanges } from '../access/note-rules.ts';
import { type Database, database } from '../data/database.ts';
import type { Tables } from '../data/tables.ts';
import { cursorAfter } from './cursor.ts';
import { type Note, withShares } from './note.ts';

export interface NotesWanted {
  /** How many, from 1. */
  readonly limit: number;
  /** Goes on after this position; the newest come first otherwise. */
  readonly after?: NotePosition | undefined;
  /** Those of the principal alone, in place of all that they may read. */
  readonly own?: boolean;
}

export interface NotesPage {
  readonly notes: readonly Note[];
  /** Where the next page begins; null after the last note. */
  readonly nextCursor: string | null;
}

type Positions = SelectQueryBuilder<Tables, never, NotePosition>;

/** The beginning of a range. It is enough: what a page shows is among the first notes of one range or another. */
function beginning(
  tables: Kysely<Tables>,
  range: AliasableExpression<NotePosition>,
  { limit, after }: NotesWanted,
): Positions {
  let first = tables
    .selectFrom(range.as('range'))
    .select(['range.id', 'range.created_at'])
    .orderBy('range.created_at', 'desc')
    .orderBy('range.id', 'desc')
    .limit(limit);
  if (after)
    first = first.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('range.created_at', 'range.id'), '<', tuple(after.created_at, after.id)),
    );
  // SQLite takes no order and no limit in a part of a union, but in a query inside it.
  return tables
    .selectFrom(first.as('first'))
    .select(['first.id', 'first.created_at']) as unknown as Positions;
}

/**
 * A page of the notes that a principal may read, the newest first. Its cost depends on the limit and on how many groups
 * the principal is in, not on how many notes there are.
 * @throws AppError `database_unavailable`
 */
export async function listNotes(
  user: NoteUser,
  { limit, after, own = false }: NotesWanted,
  db: Database = database(),
): Promise<NotesPage> {
  const oneMore = { limit: limit + 1, after };
  const found = await db.use(async (tables) => {
    const ranges = own ? ownRanges(tables, user) : readableRanges(tables, user);
    const [one, ...others] = ranges.map((range) => beginning(tables, range, oneMore));
    if (!one) return [];
    const rows = await tables
      .with('page', () => others.reduce((union, other) => union.union(other), one))
      .selectFrom('page')
      .innerJoin('notes', 'notes.id', 'page.id')
      .selectAll('notes')
      .orderBy('page.created_at', 'desc')
      .orderBy('page.id', 'desc')
      .limit(oneMore.limit)
      .execute();
    return await withShares(tables, rows);
  });
  const notes = found.slice(0, limit);
  const last = notes.at(-1);
  return { notes, nextCursor: found.length > limit && last ? cursorAfter(last) : null };
}
