import type { NoteUser } from '../access/note-rules.ts';
import { mayChangeNote } from '../access/note-rules.ts';
import type { Note } from '../notes/note.ts';
import { tagOf } from '../notes/revision-tags.ts';

/** A note as the API words it. */
export const noteBody = (user: NoteUser, note: Note) => ({
  id: note.id,
  owner: note.owner_name,
  mine: mayChangeNote(user, note),
  tenant: note.tenant,
  title: note.title,
  text: note.text,
  shared_with: note.shared_with,
  revision: note.revision,
  created_at: note.created_at,
  updated_at: note.updated_at,
});

/** The answer that is one note, with its ETag. */
export const noteAnswer = (user: NoteUser, note: Note) =>
  ({ status: 200, body: noteBody(user, note), headers: { etag: tagOf(note) } }) as const;
