import { withForm } from '#lib/access/form.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { deleteNote } from '#lib/notes/change.ts';
import { deleteForm } from '#lib/notes/forms.ts';
import { notePath } from '#lib/notes/paths.ts';

export const POST = withForm(
  { form: '/notes', page: ({ id }) => notePath(id), fields: deleteForm },
  async ({ principal, fields: { id, revision } }) => {
    await deleteNote(principal, id, [revision]);
    return '/notes?done=deleted';
  },
);

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');
