import { getMe } from '#lib/api/operations/identity.ts';
import { endpoint, serve } from '#lib/api/serve.ts';

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(
  endpoint(getMe, ({ principal }) => ({
    status: 200,
    body: {
      sub: principal.sub,
      username: principal.username,
      groups: principal.groups,
      scopes: principal.scopes,
      plan: principal.claims['custom:plan'],
      tenant: principal.claims['custom:tenant'],
    },
  })),
);
