import { expect, it } from 'vitest';
import { handler } from '../../../infra/triggers/pre-token-generation.ts';

const attributes = {
  sub: 'a',
  email: 'ada@example.com',
  name: 'Ada',
  'custom:plan': 'pro',
  'custom:tenant': '',
};

async function accessToken(scopes?: string[]): Promise<unknown> {
  const request = { userAttributes: attributes, ...(scopes && { scopes }) };
  const { response } = await handler({ request, response: {} });
  return (response.claimsAndScopeOverrideDetails as { accessTokenGeneration: unknown }).accessTokenGeneration;
}

const claimsToAddOrOverride = { 'custom:plan': 'pro', name: 'Ada' };

it('a sign-in by SDK is given the scopes of the API', async () => {
  expect(await accessToken(['aws.cognito.signin.user.admin'])).toEqual({
    claimsToAddOrOverride,
    scopesToAdd: ['openid', 'notes/read', 'notes/write'],
  });
});

it.each([
  [['openid']],
  [['openid', 'aws.cognito.signin.user.admin']],
  [['aws.cognito.signin.user.admin', 'email']],
  [[]],
  [undefined],
])('the scopes %j are left as they are', async (scopes) => {
  expect(await accessToken(scopes)).toEqual({ claimsToAddOrOverride, scopesToAdd: [] });
});
