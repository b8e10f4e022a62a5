import { expect, it } from 'vitest';
import { principalOfBearer, principalOfSession } from '../../../lib/access/principal.ts';
import { accessTokenClaims } from '../../../lib/cognito/claims.ts';
import { sessionOf } from '../../support/session-contents.ts';
import { clientId, cognitoClaims, sub } from '../../support/signed-tokens.ts';

const now = 1_800_000_000;
const access = accessTokenClaims.parse(
  JSON.parse(JSON.stringify(cognitoClaims('https://issuer.example', now).access)),
);

it('the principal of a session has its rights from the access token and its claims from the ID token', () => {
  const session = sessionOf('the.access.token', now);
  expect(principalOfSession({ session, access })).toEqual({
    via: 'session',
    sub,
    username: sub,
    clientId,
    groups: ['admins'],
    scopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
    claims: { sub, email: 'ada@example.com', 'custom:plan': 'pro' },
    authenticatedAt: now,
    authenticationMethods: [],
  });
});

it('groups among the claims of the ID token give no rights', () => {
  const session = sessionOf('the.access.token', now);
  session.claims['cognito:groups'] = ['owners'];
  expect(principalOfSession({ session, access }).groups).toEqual(['admins']);
});

it('no principal holds a token', () => {
  const principal = principalOfSession({ session: sessionOf('the.access.token', now), access });
  expect(JSON.stringify(principal)).not.toContain('the.access.token');
});

it('the principal of a bearer has both from the access token', () => {
  expect(principalOfBearer({ ...access, 'custom:plan': 'pro' })).toMatchObject({
    via: 'bearer',
    groups: ['admins'],
    claims: { 'custom:plan': 'pro' },
  });
});

it("a machine's token names its client, without groups and without a time of sign-in", () => {
  const machine = accessTokenClaims.parse({
    iss: access.iss,
    sub: clientId,
    client_id: clientId,
    token_use: 'access',
    scope: 'notes/read  notes/write',
    exp: now + 3_600,
    iat: now,
  });
  expect(principalOfBearer(machine)).toMatchObject({
    username: clientId,
    groups: [],
    scopes: ['notes/read', 'notes/write'],
    authenticatedAt: 0,
  });
});
