import { noteAnswer } from '#lib/api/note-answers.ts';
import * as operations from '#lib/api/operations/notes.ts';
import { endpoint, serve } from '#lib/api/serve.ts';
import { shareNote, unshareNote } from '#lib/notes/share.ts';

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(
  endpoint(operations.shareNote, async ({ principal, params: { id, group } }) =>
    noteAnswer(principal, await shareNote(principal, id, group)),
  ),
  endpoint(operations.unshareNote, async ({ principal, params: { id, group } }) =>
    noteAnswer(principal, await unshareNote(principal, id, group)),
  ),
);
