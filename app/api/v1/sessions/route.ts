import { listOwnSessions } from '#lib/api/operations/sessions.ts';
import { endpoint, serve } from '#lib/api/serve.ts';
import { listSessions } from '#lib/session/registry.ts';

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(
  endpoint(listOwnSessions, async ({ principal }) => {
    const sessions = await listSessions(principal.sub);
    return {
      status: 200,
      body: {
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
      },
    };
  }),
);
