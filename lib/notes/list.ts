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

type Range = AliasableExpression<NotePosition>;
type Positions = SelectQueryBuilder<Tables, never, NotePosition>;

/** The beginning of a range. It is enough: what a page shows is among the first notes of one range or another. */
function beginning(tables: Kysely<Tables>, range: Range, { limit, after }: NotesWanted): Positions {
  let first = tables
    .selectFrom(range.as('range'))
    .select(['range.created_at', 'range.id'])
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
    .select(['first.created_at', 'first.id']) as unknown as Positions;
}

/**
 * The first positions of several ranges together. In their order a database merges the ranges as it goes, and reads no
 * further than the limit.
 * @param ranges one at least
 */
const merged = (tables: Kysely<Tables>, ranges: readonly Range[], wanted: NotesWanted): Positions =>
  ranges
    .map((range) => beginning(tables, range, wanted))
    .reduce((union, other) => union.union(other))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(wanted.limit);

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
    const rows = await tables
      .with('page', () => merged(tables, ranges, oneMore))
      .selectFrom('page')
      .innerJoin('notes', 'notes.id', 'page.id')
      .selectAll('notes')
      .orderBy('page.created_at', 'desc')
      .orderBy('page.id', 'desc')
      .execute();
    return await withShares(tables, rows);
  });
  const notes = found.slice(0, limit);
  const last = notes.at(-1);
  return { notes, nextCursor: found.length > limit && last ? cursorAfter(last) : null };
}
