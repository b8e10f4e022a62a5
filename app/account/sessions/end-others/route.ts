import { z } from 'zod';
import { withForm } from '#lib/access/form.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { endAllOtherSessions } from '#lib/session/end-recorded.ts';

/** Ends every session of the person but the one that asks. */
export const POST = withForm(
  { form: '/account/sessions', page: '/account/sessions', fields: z.object({}) },
  async ({ principal, live, visitor }) => {
    await endAllOtherSessions(principal.sub, live.session.sessionId, visitor);
    return '/account/sessions?done=ended-others';
  },
);

export const { GET, PUT, PATCH, DELETE } = otherMethods('POST');
