import { getToken } from '#lib/api/operations/identity.ts';
import { endpoint, serve } from '#lib/api/serve.ts';

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(
  endpoint(getToken, ({ principal, token: { use, keyId, claims } }) => ({
    status: 200,
    body: {
      use,
      key_id: keyId,
      client_id: principal.clientId,
      sub: principal.sub,
      username: principal.username,
      groups: principal.groups,
      scopes: principal.scopes,
      issued_at: claims.iat,
      signed_in_at: claims.auth_time ?? null,
      expires_at: claims.exp,
      seconds_left: claims.exp - Math.floor(Date.now() / 1_000),
      claims,
    },
  })),
);
