import { GetTokensFromRefreshTokenCommand } from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt, type JWTPayload } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { authenticate, type Running, role, service, startVersions, stop } from './versioned-pools.ts';

let started: [Running, Running, Running];
let v1: Running;
let v2: Running;
let v3: Running;
beforeAll(async () => {
  started = await startVersions();
  [v1, v2, v3] = started;
});
beforeEach(() => {
  for (const running of started) running.reset();
});
afterAll(() => stop(started));

/** The claims of a token that are not there by themselves. */
function own(claims: JWTPayload): Record<string, unknown> {
  const byThemselves =
    'sub iss aud client_id origin_jti event_id token_use auth_time exp iat jti username cognito:username version';
  return Object.fromEntries(
    Object.entries(claims).filter(([name]) => !byThemselves.split(' ').includes(name)),
  );
}

const untouchedId = {
  email: 'ada@example.com',
  email_verified: true,
  'cognito:groups': ['readers'],
  'cognito:roles': [role],
  'cognito:preferred_role': role,
};
const untouchedAccess = { scope: 'aws.cognito.signin.user.admin', 'cognito:groups': ['readers'] };

describe('the tokens', () => {
  it('are as they were when the function returns its event', async () => {
    for (const running of started) {
      const { id, access } = await authenticate(running);
      expect(own(id)).toEqual(untouchedId);
      expect(own(access)).toEqual(untouchedAccess);
    }
  });

  it('of version 1 change in the ID token, and in the groups of both', async () => {
    v1.on('PreTokenGeneration', () => ({
      claimsOverrideDetails: {
        claimsToAddOrOverride: { tenant: 'acme' },
        claimsToSuppress: ['email'],
        groupOverrideDetails: { groupsToOverride: ['g1'] },
      },
    }));
    const { id, access } = await authenticate(v1);
    expect(own(id)).toEqual({ email_verified: true, tenant: 'acme', 'cognito:groups': ['g1'] });
    expect(own(access)).toEqual({ ...untouchedAccess, 'cognito:groups': ['g1'] });
  });

  it.each([
    ['2', () => v2],
    ['3', () => v3],
  ])('of version %s change in both, scopes included', async (_, running) => {
    const limits = { max: 5, tags: ['a', 'b'] };
    running().on('PreTokenGeneration', () => ({
      claimsAndScopeOverrideDetails: {
        idTokenGeneration: {
          claimsToAddOrOverride: { limits, plan: 'gold' },
          claimsToSuppress: ['email', 'plan'],
        },
        accessTokenGeneration: {
          claimsToAddOrOverride: { n: 3, aud: 'legacy' },
          scopesToAdd: ['orders/read', 'openid'],
          scopesToSuppress: ['aws.cognito.signin.user.admin'],
        },
        groupOverrideDetails: { groupsToOverride: [], iamRolesToOverride: null },
      },
    }));
    const { id, access } = await authenticate(running());
    expect(own(id)).toEqual({ email_verified: true, limits });
    expect(own(access)).toEqual({ scope: 'orders/read openid', n: 3 });
    expect(access.aud).toBe('legacy');
  });

  it('keep their protected claims, and the terminal says which', async () => {
    const forged = { sub: 'eve', iss: 'https://evil.example', exp: 9_999_999_999, 'cognito:username': 'eve' };
    v2.on('PreTokenGeneration', () => ({
      claimsAndScopeOverrideDetails: {
        idTokenGeneration: { claimsToAddOrOverride: { ...forged, aud: 'x' }, claimsToSuppress: ['exp'] },
        accessTokenGeneration: { claimsToAddOrOverride: { client_id: 'x', scope: 'everything' } },
      },
    }));
    const { id, access } = await authenticate(v2);
    const now = Math.floor(v2.clock.now() / 1000);
    expect(id).toMatchObject({
      sub: v2.ada.sub,
      iss: v2.aliases.issuer,
      aud: 'legacy',
      exp: now + 3600,
      'cognito:username': 'ada',
    });
    expect(access).toMatchObject({ client_id: 'legacy', scope: 'aws.cognito.signin.user.admin' });
    expect(v2.lines).toEqual([
      'PreTokenGeneration: these claims cannot be changed and were left: ' +
        '["sub","iss","exp","cognito:username","aud","client_id","scope"]',
    ]);
  });

  it('of a client change by the access token part alone', async () => {
    v3.on('PreTokenGeneration', () => ({
      claimsAndScopeOverrideDetails: {
        idTokenGeneration: { claimsToAddOrOverride: { plan: 'id' } },
        accessTokenGeneration: {
          claimsToAddOrOverride: { plan: 'gold', sub: 'eve' },
          scopesToAdd: ['orders/write'],
          scopesToSuppress: ['orders/read'],
        },
        groupOverrideDetails: { groupsToOverride: ['admins'] },
      },
    }));
    const { access_token } = await client.clientCredentialsGrant((await service(v3)).config);
    const claims = decodeJwt(access_token);
    expect(claims.sub).toBe('service');
    expect(own(claims)).toEqual({ scope: 'orders/write', plan: 'gold' });
  });
});

describe('a function that fails', () => {
  const failures: [string, () => unknown, string, string][] = [
    [
      'throws',
      () => {
        throw new Error('No tokens!');
      },
      'UserLambdaValidationException',
      'PreTokenGeneration failed with error No tokens!.',
    ],
    [
      'does not answer',
      () => new Promise(() => {}),
      'UnexpectedLambdaException',
      'PreTokenGeneration invocation failed due to error Timeout.',
    ],
    ['answers nonsense', () => 5, 'InvalidLambdaResponseException', 'Unrecognizable lambda output'],
  ];

  it.each(failures)(
    'because it %s refuses the sign-in through the SDK',
    async (_, behaviour, name, message) => {
      v2.on('PreTokenGeneration', behaviour);
      await expect(authenticate(v2)).rejects.toMatchObject({
        name,
        message,
        $metadata: { httpStatusCode: 400 },
      });
    },
  );

  it.each(failures)(
    'because it %s refuses the grant at the token endpoint',
    async (_, behaviour, __, message) => {
      v3.on('PreTokenGeneration', behaviour);
      await expect(client.clientCredentialsGrant((await service(v3)).config)).rejects.toMatchObject({
        status: 400,
        error: 'invalid_request',
        error_description: message,
      });
    },
  );

  it('does not spend the refresh token', async () => {
    const { refreshToken } = await authenticate(v2);
    const refresh = () =>
      v2.api.send(new GetTokensFromRefreshTokenCommand({ ClientId: 'legacy', RefreshToken: refreshToken }));
    v2.on('PreTokenGeneration', () => Promise.reject(new Error('later')));
    await expect(refresh()).rejects.toMatchObject({ name: 'UserLambdaValidationException' });
    v2.reset();
    expect((await refresh()).AuthenticationResult?.AccessToken).toEqual(expect.any(String));
  });
});
