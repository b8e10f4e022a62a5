import type { Note } from '#lib/notes/note.ts';

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** Who may read a note, in words. */
export function NoteAudience({ note }: { note: Note }) {
  const { tenant, shared_with: groups } = note;
  const readers = [
    ...(tenant === null ? [] : [`everybody of ${tenant}`]),
    ...groups.map((group) => `the group ${group}`),
  ];
  return readers.length === 0 ? 'read by nobody else' : `read by ${list.format(readers)}`;
}
