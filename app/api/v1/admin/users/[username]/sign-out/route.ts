import { signUserOut } from '#lib/api/operations/administration.ts';
import { endpoint, serve } from '#lib/api/serve.ts';
import { config } from '#lib/config.ts';
import { signOutByAdministrator } from '#lib/session/sign-out-by-administrator.ts';

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(
  endpoint(signUserOut, async ({ principal, params: { username }, body: { note } }) => ({
    status: 200,
    body: await signOutByAdministrator(config(), username, note, principal.sub),
  })),
);
