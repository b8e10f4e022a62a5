import { withForm } from '#lib/access/form.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { createNote } from '#lib/notes/create.ts';
import { newNoteForm } from '#lib/notes/forms.ts';
import { fingerprintOf } from '#lib/notes/idempotency.ts';
import { LARGEST_NOTE } from '#lib/notes/schema.ts';

export const POST = withForm(
  { form: '/notes', page: () => '/notes/new', fields: newNoteForm, bodyLimit: LARGEST_NOTE },
  async ({ principal, fields: { once, ...note } }) => {
    // Sent twice, it is written once; with other words, by somebody who went back, it is another note.
    const { id } = await createNote(principal, note, fingerprintOf([once, note]));
    return `/notes/${id}?done=written`;
  },
);

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');
