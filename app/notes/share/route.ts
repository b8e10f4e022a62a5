import { withForm } from '#lib/access/form.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { shareForm } from '#lib/notes/forms.ts';
import { notePath } from '#lib/notes/paths.ts';
import { shareNote } from '#lib/notes/share.ts';

export const POST = withForm(
  { form: '/notes', page: ({ id }) => notePath(id), fields: shareForm },
  async ({ principal, fields: { id, group } }) => {
    await shareNote(principal, id, group);
    return `/notes/${id}?done=shared`;
  },
);

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');
