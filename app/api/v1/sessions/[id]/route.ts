import { endOwnSession } from '#lib/api/operations/sessions.ts';
import { endpoint, serve } from '#lib/api/serve.ts';
import { AppError } from '#lib/errors.ts';
import { endOtherSession } from '#lib/session/end-recorded.ts';
import { visitorOf } from '#lib/session/visitor.ts';

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(
  // Somebody else's is as good as none: which ids there are is nobody's to learn.
  endpoint(endOwnSession, async ({ principal, params: { id }, request }) => {
    if (!(await endOtherSession(principal.sub, id, visitorOf(request.headers))))
      throw new AppError('not_found');
    return { status: 204 };
  }),
);
