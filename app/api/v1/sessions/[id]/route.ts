import { withBearer } from '#lib/access/bearer.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { noContent, problem } from '#lib/http/responses.ts';
import { endOtherSession } from '#lib/session/end-recorded.ts';
import { visitorOf } from '#lib/session/visitor.ts';

type Context = [{ params: Promise<{ id: string }> }];

/** Ends one session of the person. Somebody else's is as good as none: which ids there are is nobody's to learn. */
export const DELETE = withBearer<Context>({ scopes: ['openid'] }, async ({ sub }, request, { params }) => {
  const ended = await endOtherSession(sub, (await params).id, visitorOf(request.headers));
  return ended ? noContent() : problem('not_found');
});

export const { GET, POST, PUT, PATCH } = otherMethods('DELETE');
