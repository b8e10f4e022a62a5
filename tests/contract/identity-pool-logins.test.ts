import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IdentityPoolStage, openIdentityPoolStage } from './support/identity-pool-stage.ts';
import { requires } from './target.ts';

requires('identity pool endpoint', 'STS endpoint', 'role of its own choice');

let stage: IdentityPoolStage;

beforeAll(async () => {
  stage = await openIdentityPoolStage();
});
afterAll(() => stage.close());

const notAuthorized = { name: 'NotAuthorizedException' };

describe('E.5 logins that are refused', () => {
  it('E.5 an access token, garbage, and another provider', async () => {
    const pool = await stage.createIdentityPool();
    const { AccessToken, IdToken } = await stage.signedIn();
    await expect(stage.credentials(pool, AccessToken)).rejects.toMatchObject(notAuthorized);
    await expect(stage.credentials(pool, 'garbage')).rejects.toMatchObject({
      ...notAuthorized,
      message: 'Invalid login token. Not a valid OpenId Connect identity token.',
    });
    await expect(
      stage.identity.getId({ IdentityPoolId: pool, Logins: { 'accounts.google.com': IdToken } }),
    ).rejects.toMatchObject(notAuthorized);
  });

  it('E.5 the token of a client that the identity pool does not name', async () => {
    const pool = await stage.createIdentityPool();
    const other = await stage.createClient(stage.people.UserPoolId);
    await stage.createUser(stage.people.UserPoolId, 'elsewhere');
    const { IdToken } = await stage.signIn(other, 'elsewhere');
    await expect(stage.credentials(pool, IdToken)).rejects.toMatchObject({
      ...notAuthorized,
      message: 'Token is not from a supported provider of this identity pool.',
    });
  });

  it('E.5 a guest where none is allowed, and an unknown pool', async () => {
    await expect(stage.credentials(await stage.createIdentityPool())).rejects.toMatchObject({
      ...notAuthorized,
      message: 'Unauthenticated access is not supported for this identity pool.',
    });
    const IdentityPoolId = 'us-east-1:00000000-0000-4000-8000-000000000000';
    await expect(stage.identity.getId({ IdentityPoolId })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `IdentityPool '${IdentityPoolId}' not found.`,
    });
  });

  it('E.5 an identity with logins, without one', async () => {
    const pool = await stage.createIdentityPool(undefined, { AllowUnauthenticatedIdentities: true });
    const { IdToken } = await stage.signedIn();
    const { IdentityId } = await stage.identity.getId({
      IdentityPoolId: pool,
      Logins: { [stage.provider]: IdToken },
    });
    await expect(stage.identity.getCredentialsForIdentity({ IdentityId })).rejects.toMatchObject(
      notAuthorized,
    );
  });

  it('E.5 ServerSideTokenCheck notices a global sign-out', async () => {
    const pool = await stage.createIdentityPool(undefined, {
      CognitoIdentityProviders: [
        { ProviderName: stage.provider, ClientId: stage.people.ClientId, ServerSideTokenCheck: true },
      ],
    });
    const { IdToken, AccessToken } = await stage.signedIn();
    await expect(stage.credentials(pool, IdToken)).resolves.toHaveProperty('AccessKeyId');
    await stage.api.globalSignOut({ AccessToken });
    await expect(stage.credentials(pool, IdToken)).rejects.toMatchObject(notAuthorized);
  });
});

describe('E.5 over time', () => {
  requires('clock that can be moved');

  it('E.5 an expired token is refused', async () => {
    const pool = await stage.createIdentityPool();
    const { IdToken } = await stage.signedIn();
    await stage.pass(3601);
    await expect(stage.credentials(pool, IdToken)).rejects.toMatchObject({
      ...notAuthorized,
      message: expect.stringMatching(/^Invalid login token. Token expired: \d+ >= \d+$/),
    });
  });
});
