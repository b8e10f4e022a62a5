import { z } from 'zod';
import { withForm } from '#lib/access/form.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { endOtherSession } from '#lib/session/end-recorded.ts';

/** Ends one session of the person. Somebody else's is as good as none: which ids there are is nobody's to learn. */
export const POST = withForm(
  {
    form: '/account/sessions',
    page: '/account/sessions',
    fields: z.object({ session: z.string().min(1).max(100) }),
  },
  async ({ principal, fields, visitor }) => {
    const ended = await endOtherSession(principal.sub, fields.session, visitor);
    return `/account/sessions?done=${ended ? 'ended' : 'ended-before'}`;
  },
);

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');
