import { withBearer } from '#lib/access/bearer.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { json } from '#lib/http/responses.ts';
import { listSessions } from '#lib/session/registry.ts';

/** The browsers that the person is signed in with; all times are seconds since the epoch. */
export const GET = withBearer({ scopes: ['openid'] }, async ({ sub }) => {
  const sessions = await listSessions(sub);
  return json({
    sessions: sessions.map((session) => ({
      id: session.id,
      browser: session.browser,
      system: session.system,
      address: session.address,
      signed_in_by: session.signed_in_by,
      signed_in_at: session.created_at,
      last_seen_at: session.last_seen_at,
      expires_at: session.expires_at,
    })),
  });
});

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
