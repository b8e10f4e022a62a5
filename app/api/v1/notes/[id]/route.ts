import { noteAnswer } from '#lib/api/note-answers.ts';
import * as operations from '#lib/api/operations/notes.ts';
import { endpoint, serve } from '#lib/api/serve.ts';
import { deleteNote, updateNote } from '#lib/notes/change.ts';
import { findNote } from '#lib/notes/note.ts';

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(
  endpoint(operations.getNote, async ({ principal, params: { id }, headers }) => {
    const answer = noteAnswer(principal, await findNote(principal, id));
    const isKnown = headers['if-none-match'](answer.body.revision);
    return isKnown ? { status: 304, headers: answer.headers } : answer;
  }),
  endpoint(operations.updateNote, async ({ principal, params: { id }, headers, body }) =>
    noteAnswer(principal, await updateNote(principal, id, headers['if-match'], body)),
  ),
  endpoint(operations.deleteNote, async ({ principal, params: { id }, headers }) => {
    await deleteNote(principal, id, headers['if-match']);
    return { status: 204 };
  }),
);
