import { json } from '#lib/http/responses.ts';

/** What /api/v1/me answers to the person of the bench, told to everybody. */
export const GET = () =>
  json({
    sub: '0198c0de-7a11-7c3e-9d52-3f1c5b6a7e21',
    username: '0198c0de-7a11-7c3e-9d52-3f1c5b6a7e21',
    groups: [],
    scopes: ['openid'],
  });
