import type { AliasableExpression, Kysely } from 'kysely';
import type { NoteRow, Tables } from '../data/tables.ts';
import type { Principal } from './principal.ts';

/**
 * Who may do what with a note: the rules that a policy cannot say, because they depend on the note. Reading has
 * three grounds, and each is written twice, side by side: as a condition on one note, and as the ranges of the database
 * that hold the notes which meet it.
 */

/** What the rules ask of a principal. */
export type NoteUser = Pick<Principal, 'sub' | 'groups' | 'claims'>;

/** What the rules ask of a note. */
type NoteFacts = Pick<NoteRow, 'owner_sub' | 'tenant'> & { readonly shared_with: readonly string[] };

/** Where a note stands in a list; the newest is first. */
export type NotePosition = Pick<NoteRow, 'id' | 'created_at'>;

type Range = AliasableExpression<NotePosition>;

interface Ground {
  holds(user: NoteUser, note: NoteFacts): boolean;
  /** Each lies in order in one index, so that its beginning is found without reading the rest. */
  ranges(tables: Kysely<Tables>, user: NoteUser): Range[];
}

/** @returns the tenant that the user pool says a principal belongs to; an empty one is none */
export function tenantOf({ claims }: Pick<Principal, 'claims'>): string | null {
  const tenant = Object.hasOwn(claims, 'custom:tenant') ? claims['custom:tenant'] : undefined;
  return typeof tenant === 'string' && tenant !== '' ? tenant : null;
}

const owns: Ground = {
  holds: ({ sub }, note) => note.owner_sub === sub,
  ranges: (tables, { sub }) => [
    tables.selectFrom('notes').select(['id', 'created_at']).where('owner_sub', '=', sub),
  ],
};

const sameTenant: Ground = {
  holds: (user, note) => note.tenant !== null && note.tenant === tenantOf(user),
  ranges(tables, user) {
    const tenant = tenantOf(user);
    if (tenant === null) return [];
    return [tables.selectFrom('notes').select(['id', 'created_at']).where('tenant', '=', tenant)];
  },
};

/** Groups are the user pool's: by sharing, an owner lets members of other tenants read. */
const sharedWithAGroup: Ground = {
  holds: ({ groups }, note) => note.shared_with.some((group) => groups.includes(group)),
  ranges: (tables, { groups }) =>
    [...new Set(groups)].map((group) =>
      tables
        .selectFrom('note_shares')
        .select(['note_id as id', 'created_at'])
        .where('group_name', '=', group),
    ),
};

const grounds = [owns, sameTenant, sharedWithAGroup];

export const mayReadNote = (user: NoteUser, note: NoteFacts): boolean =>
  grounds.some((ground) => ground.holds(user, note));

/** The positions of all notes that {@link mayReadNote} is true of; one that has several grounds is in several ranges. */
export const readableRanges = (tables: Kysely<Tables>, user: NoteUser): Range[] =>
  grounds.flatMap((ground) => ground.ranges(tables, user));

/** The positions of the principal's own notes. */
export const ownRanges = (tables: Kysely<Tables>, user: NoteUser): Range[] => owns.ranges(tables, user);

/** To edit, to delete and to share. */
export const mayChangeNote = (user: NoteUser, note: NoteFacts): boolean => owns.holds(user, note);

/** Nobody shares with a group that they are not in: it would put words before people who never asked for them. */
export const mayShareWith = ({ groups }: NoteUser, group: string): boolean => groups.includes(group);
