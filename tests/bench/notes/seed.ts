import type { NoteUser } from '../../../lib/access/note-rules.ts';
import type { Database } from '../../../lib/data/database.ts';
import type { NoteRow, NoteShareRow } from '../../../lib/data/tables.ts';

export const NOTES = 100_000;
export const OWNERS = 500;
export const TENANTS = 50;
export const GROUPS = 20;
/** Of ten notes, so many are shared with a group. */
const SHARED_OF_TEN = 3;
const AT_ONCE = 1_000;
const TEXT = 'A note of some lines, as people write them. '.repeat(12);

/** Seconds since the epoch. */
const start = 1_700_000_000;

const owner = (index: number): string => `owner ${index % OWNERS}`;
const tenant = (index: number): string => `tenant ${(index % OWNERS) % TENANTS}`;
const group = (index: number): string => `group ${index % GROUPS}`;

/** As a token tells of one of the owners. */
export const ownerInGroups = (index: number, groups: number): NoteUser => ({
  sub: owner(index),
  groups: Array.from({ length: groups }, (_, next) => group(index + next)),
  claims: { 'custom:tenant': tenant(index) },
});

/** Several were written in the same second. */
const writtenAt = (index: number): number => start + Math.floor(index / 3);

const idOf = (index: number): string => `01900000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;

/** Where some note stands in every list. */
export const positionOf = (index: number) => ({ id: idOf(index), created_at: writtenAt(index) });

const note = (index: number): NoteRow => ({
  ...positionOf(index),
  owner_sub: owner(index),
  owner_name: owner(index),
  tenant: tenant(index),
  title: `Note ${index}`,
  text: TEXT,
  revision: 1,
  updated_at: writtenAt(index),
});

/** A factor without a divisor in common with the numbers above spreads the groups over owners and tenants. */
const share = (index: number): NoteShareRow => ({
  note_id: idOf(index),
  group_name: group(index * 7 + Math.floor(index / 10)),
  created_at: writtenAt(index),
});

/** Writes 100,000 notes of 500 owners in 50 tenants; three of ten are shared with one of 20 groups. */
export async function seed(db: Database): Promise<void> {
  for (let first = 0; first < NOTES; first += AT_ONCE) {
    const indices = Array.from({ length: AT_ONCE }, (_, next) => first + next);
    await db.use((tables) =>
      tables.transaction().execute(async (transaction) => {
        await transaction.insertInto('notes').values(indices.map(note)).execute();
        const shared = indices.filter((index) => index % 10 < SHARED_OF_TEN);
        await transaction.insertInto('note_shares').values(shared.map(share)).execute();
      }),
    );
  }
}
