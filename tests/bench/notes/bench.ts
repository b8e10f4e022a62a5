import { join } from 'node:path';
import { sql } from 'kysely';
import type { NoteUser } from '../../../lib/access/note-rules.ts';
import type { DatabaseLocation } from '../../../lib/config.ts';
import { type Database, openDatabase } from '../../../lib/data/database.ts';
import { listNotes } from '../../../lib/notes/list.ts';
import { missingPostgres, startPostgres } from '../../support/postgres.ts';
import type { Measurement } from '../load.ts';
import { repeat } from '../repeat.ts';
import { GROUPS, NOTES, OWNERS, ownerInGroups, positionOf, seed } from './seed.ts';

export interface NotesCase {
  database: string;
  reader: string;
  /** How many notes a page has. */
  limit: number;
  first: Measurement;
  /** Pages that begin anywhere. */
  deep: Measurement;
}

export interface NotesBenchOptions {
  /** An empty folder for the database. */
  folder: string;
  /** Of measuring, for each kind of page of each reader. */
  seconds: number;
  onStep(step: string): void;
}

const readers: Record<string, { user: (turn: number) => NoteUser; own?: boolean }> = {
  'an owner’s own notes': { user: (turn) => ownerInGroups(turn, 0), own: true },
  'with their tenant’s': { user: (turn) => ownerInGroups(turn, 0) },
  'and of two groups': { user: (turn) => ownerInGroups(turn, 2) },
  'and of all 20 groups': { user: (turn) => ownerInGroups(turn, GROUPS) },
  'of nobody’s': { user: (turn) => ({ sub: `nobody ${turn}`, groups: [], claims: {} }) },
};

/** Steps that meet every owner, and places all over the list. */
const reader = (turn: number): number => (turn * 7) % OWNERS;
const place = (turn: number): number => (turn * 7_919) % NOTES;

const UNMEASURED = 50;

async function measure(db: Database, database: string, seconds: number): Promise<NotesCase[]> {
  const cases: NotesCase[] = [];
  for (const limit of [20, 100]) {
    for (const [name, { user, own = false }] of Object.entries(readers)) {
      const first = (turn: number) => listNotes(user(reader(turn)), { limit, own }, db);
      const deep = (turn: number) =>
        listNotes(user(reader(turn)), { limit, own, after: positionOf(place(turn)) }, db);
      for (const list of [first, deep]) await repeat(1, seconds, list, { times: UNMEASURED });
      cases.push({
        database,
        reader: name,
        limit,
        first: await repeat(1, seconds, first),
        deep: await repeat(1, seconds, deep),
      });
    }
  }
  return cases;
}

async function measureOn(
  location: DatabaseLocation,
  name: string,
  { seconds, onStep }: NotesBenchOptions,
): Promise<NotesCase[]> {
  const db = openDatabase(location);
  onStep(`writing ${NOTES.toLocaleString('en')} notes to ${name}`);
  await seed(db);
  // What Postgres does by itself a minute after so many changes; SQLite never does.
  if (location.kind === 'postgres') await db.use((tables) => sql`analyze`.execute(tables));
  onStep(`lists of notes on ${name}`);
  const cases = await measure(db, name, seconds);
  await db.close();
  return cases;
}

/** Measures pages of lists of 100,000 notes, one after the other, without the HTTP around them. */
export async function benchNotes(options: NotesBenchOptions): Promise<NotesCase[]> {
  const onSqlite = await measureOn(
    { kind: 'sqlite', file: join(options.folder, 'notes.sqlite') },
    'SQLite',
    options,
  );
  if (missingPostgres) return onSqlite;
  const server = await startPostgres();
  try {
    const url = await server.newDatabase();
    return [...onSqlite, ...(await measureOn({ kind: 'postgres', url }, 'Postgres', options))];
  } finally {
    await server.close();
  }
}
