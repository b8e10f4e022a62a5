import { withForm } from '#lib/access/form.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { updateNote } from '#lib/notes/change.ts';
import { editForm } from '#lib/notes/forms.ts';
import { notePath } from '#lib/notes/paths.ts';
import { LARGEST_NOTE } from '#lib/notes/schema.ts';

export const POST = withForm(
  { form: '/notes', page: ({ id }) => notePath(id), fields: editForm, bodyLimit: LARGEST_NOTE },
  async ({ principal, fields: { id, revision, ...change } }) => {
    await updateNote(principal, id, [revision], change);
    return `/notes/${id}?done=saved`;
  },
);

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');
