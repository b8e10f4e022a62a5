import { withBearer } from '#lib/access/bearer.ts';
import { otherMethods } from '#lib/http/methods.ts';
import { json } from '#lib/http/responses.ts';

/** Who the access token speaks for. */
export const GET = withBearer({ scopes: ['openid'] }, (principal) =>
  json({
    sub: principal.sub,
    username: principal.username,
    groups: principal.groups,
    scopes: principal.scopes,
    plan: principal.claims['custom:plan'],
    tenant: principal.claims['custom:tenant'],
  }),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
