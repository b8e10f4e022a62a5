import { z } from 'zod';

const seconds = z.number().finite().positive().max(8_640_000_000_000);
const present = z.string().min(1);

const common = {
  iss: present,
  sub: present,
  exp: seconds,
  iat: seconds,
  auth_time: seconds.optional(),
  nbf: seconds.optional(),
  origin_jti: present.optional(),
  amr: z.array(present).max(20).optional(),
  'cognito:groups': z.array(present).max(100).optional(),
};

/** An access token (Cognito: understanding the access token). A machine's has no user name: its `sub` is the client. */
export const accessTokenClaims = z
  .looseObject({
    ...common,
    token_use: z.literal('access'),
    client_id: present,
    username: present.optional(),
    scope: z.string().optional(),
  })
  .refine((claims) => claims.username !== undefined || claims.sub === claims.client_id, {
    path: ['username'],
  });

/** An ID token (Cognito: understanding the identity token). */
export const idTokenClaims = z.looseObject({
  ...common,
  token_use: z.literal('id'),
  aud: present,
  azp: present.optional(),
  auth_time: seconds,
  'cognito:username': present,
  nonce: z.string().optional(),
  at_hash: z.string().optional(),
  email: z.string().optional(),
  name: z.string().optional(),
});

export type AccessTokenClaims = z.infer<typeof accessTokenClaims>;
export type IdTokenClaims = z.infer<typeof idTokenClaims>;

/** Of no use once the token is verified, or kept elsewhere; left out of the session cookie, which has to stay small. */
const protocolClaims = new Set([
  'iss',
  'aud',
  'azp',
  'exp',
  'iat',
  'nbf',
  'jti',
  'origin_jti',
  'event_id',
  'token_use',
  'nonce',
  'at_hash',
  'auth_time',
  'acr',
  'amr',
  'cognito:groups',
  'cognito:roles',
  'cognito:preferred_role',
  'identities',
]);

/** Whether the session keeps a claim: attributes, custom claims, `sub` and the user name. */
export const isKept = (claim: string): boolean => !protocolClaims.has(claim);

/** @returns the claims about the person that the session keeps */
export const personalClaims = (claims: IdTokenClaims): Record<string, unknown> =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => isKept(name)));
