import { noteBody } from '#lib/api/note-answers.ts';
import * as operations from '#lib/api/operations/notes.ts';
import { endpoint, serve } from '#lib/api/serve.ts';
import { createNote } from '#lib/notes/create.ts';
import { listNotes } from '#lib/notes/list.ts';
import { tagOf } from '#lib/notes/revision-tags.ts';

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(
  endpoint(operations.listNotes, async ({ principal, query: { limit, cursor, owner } }) => {
    const page = await listNotes(principal, { limit, after: cursor, own: owner === 'me' });
    const notes = page.notes.map((note) => noteBody(principal, note));
    return { status: 200, body: { notes, next_cursor: page.nextCursor } };
  }),
  endpoint(operations.createNote, async ({ principal, headers, body }) => {
    const note = await createNote(principal, body, headers['idempotency-key']);
    return {
      status: 201,
      body: noteBody(principal, note),
      headers: { etag: tagOf(note), location: `/api/v1/notes/${note.id}` },
    };
  }),
);
