import { generateKeyPairSync, randomUUID } from 'node:crypto';
import {
  CreateIdentityPoolCommand,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
  GetOpenIdTokenCommand,
} from '@aws-sdk/client-cognito-identity';
import {
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type IdentityPoolServer,
  identityPoolId,
  otherClientId,
  provider,
  startIdentityPoolServer,
  userPoolId,
  webClientId,
} from './identity-pool-server.ts';
import { refusalOf } from './refusal.ts';

let server: IdentityPoolServer;
beforeAll(async () => {
  server = await startIdentityPoolServer();
  await server.createUser('ada');
});
afterAll(() => server.close());

const getId = (Logins: Record<string, string>, IdentityPoolId = identityPoolId) =>
  server.identity.send(new GetIdCommand({ IdentityPoolId, Logins }));
const refusal = async (token: string, key = provider) => refusalOf(getId({ [key]: token }));
const notAuthorized = (message: unknown) => ({ name: 'NotAuthorizedException', message });
const createPool = async (settings: object) => {
  const created = await server.identity.send(
    new CreateIdentityPoolCommand({
      IdentityPoolName: 'other',
      AllowUnauthenticatedIdentities: false,
      CognitoIdentityProviders: [{ ProviderName: provider, ClientId: webClientId }],
      ...settings,
    }),
  );
  return created.IdentityPoolId ?? '';
};

describe('a login is refused', () => {
  it('with an access token', async () => {
    expect(await refusal((await server.signIn('ada')).accessToken)).toEqual(
      notAuthorized('Invalid login token. Missing a required claim: aud'),
    );
  });

  it('with an access token that has an audience', async () => {
    expect(await refusal(await server.idTokenWith({ token_use: 'access' }))).toEqual(
      notAuthorized('Invalid login token. Not a valid OpenId Connect identity token.'),
    );
  });

  it('with an expired token', async () => {
    const now = Math.floor(server.clock.now() / 1000);
    expect(await refusal(await server.idTokenWith({ exp: now - 5 }))).toEqual(
      notAuthorized(`Invalid login token. Token expired: ${now} >= ${now - 5}`),
    );
  });

  it('with a token of a client that the identity pool does not take', async () => {
    expect(await refusal((await server.signIn('ada', otherClientId)).idToken)).toEqual(
      notAuthorized('Token is not from a supported provider of this identity pool.'),
    );
  });

  it('with a token of another issuer', async () => {
    expect(await refusal(await server.idTokenWith({ iss: 'https://accounts.google.com' }))).toEqual(
      notAuthorized("Invalid login token. Issuer doesn't match providerName"),
    );
  });

  it('with what is no token', async () => {
    for (const token of ['x', 'a.b.c', 'e30.e30.', '..', '\u0000'])
      expect(await refusal(token)).toMatchObject(
        notAuthorized(expect.stringMatching(/^Invalid login token\. /)),
      );
  });

  it('with a forged token', async () => {
    const [header, , signature] = (await server.signIn('ada')).idToken.split('.');
    const [, claims] = (await server.idTokenWith({ sub: 'somebody' })).split('.');
    const verification = notAuthorized("Invalid login token. Couldn't verify signed token.");
    expect(await refusal(`${header}.${claims}.${signature}`)).toEqual(verification);

    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await refusal(`${none}.${claims}.`)).toEqual(verification);

    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { kid } = server.pool.signingKeys(userPoolId).id;
    const foreign = new SignJWT(JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()))
      .setProtectedHeader({ alg: 'RS256', kid })
      .sign(privateKey);
    expect(await refusal(await foreign)).toEqual(verification);
  });

  it.each([
    'accounts.google.com',
    'graph.facebook.com',
    'cognito-identity.amazonaws.com',
    'cognito-idp.eu-west-1.amazonaws.com/us-east-1_People001',
    'cognito-idp.us-east-1.amazonaws.com/us-east-1_Nobody001',
    'arn:aws:iam::000000000000:saml-provider/corp',
  ])('by a provider that the identity pool does not have: %s', async (key) => {
    expect((await refusal(await server.idTokenWith({}), key)).name).toBe('NotAuthorizedException');
  });

  it('IF-09 by providers that the local pool does not call, though the identity pool names them', async () => {
    const id = await createPool({
      SupportedLoginProviders: { 'accounts.google.com': 'app' },
      OpenIdConnectProviderARNs: ['arn:aws:iam::000000000000:oidc-provider/login.example.com'],
      SamlProviderARNs: ['arn:aws:iam::000000000000:saml-provider/corp'],
    });
    const keys = ['accounts.google.com', 'login.example.com', 'arn:aws:iam::000000000000:saml-provider/corp'];
    for (const key of keys)
      expect(await refusalOf(getId({ [key]: await server.idTokenWith({}) }, id))).toEqual(
        notAuthorized('Token is not from a supported provider of this identity pool.'),
      );
  });

  it('without repeating a token that is too long', async () => {
    const { name, message } = await refusal('secret'.repeat(10_000));
    expect(name).toBe('InvalidParameterException');
    expect(message).toContain('Member must have length less than or equal to 50000');
    expect(message).not.toContain('secretsecret');
  });
});

describe('ServerSideTokenCheck', () => {
  it('refuses the token of someone who is signed out, disabled or gone', async () => {
    const checked = await createPool({
      CognitoIdentityProviders: [
        { ProviderName: provider, ClientId: webClientId, ServerSideTokenCheck: true },
      ],
    });
    const unchecked = await createPool({});
    await server.createUser('linus');
    const user = { UserPoolId: userPoolId, Username: 'linus' };
    const first = { [provider]: (await server.signIn('linus')).idToken };
    const { IdentityId } = await getId(first, checked);

    await server.users.send(new AdminUserGlobalSignOutCommand(user));
    const revoked = notAuthorized(expect.stringMatching(/^Invalid login token\. Token is revoked/));
    expect(await refusalOf(getId(first, checked))).toMatchObject(revoked);
    const credentials = new GetCredentialsForIdentityCommand({ IdentityId, Logins: first });
    expect(await refusalOf(server.identity.send(credentials))).toMatchObject(revoked);
    expect((await getId(first, unchecked)).IdentityId).toBeDefined();

    const second = { [provider]: (await server.signIn('linus')).idToken };
    expect((await getId(second, checked)).IdentityId).toBe(IdentityId);
    await server.users.send(new AdminDisableUserCommand(user));
    expect(await refusalOf(getId(second, checked))).toMatchObject(revoked);

    const gone = await server.idTokenWith({ sub: randomUUID() });
    expect(await refusalOf(getId({ [provider]: gone }, checked))).toMatchObject(revoked);
  });
});

describe('an identity is refused', () => {
  it('to guests of a pool that has none', async () => {
    const id = await createPool({});
    expect(await refusalOf(server.identity.send(new GetIdCommand({ IdentityPoolId: id })))).toEqual(
      notAuthorized('Unauthenticated access is not supported for this identity pool.'),
    );
  });

  it('to someone else', async () => {
    const { IdentityId } = await getId({ [provider]: await server.idTokenWith({ sub: 'mine' }) });
    const Logins = { [provider]: await server.idTokenWith({ sub: 'yours' }) };
    await getId(Logins);
    const call = server.identity.send(new GetCredentialsForIdentityCommand({ IdentityId, Logins }));
    expect(await refusalOf(call)).toEqual(
      notAuthorized(
        "Logins don't match. Please include at least one valid login for this identity or identity pool.",
      ),
    );
  });

  it('when there is none, or no such pool', async () => {
    const id = `us-east-1:${randomUUID()}`;
    expect(await refusalOf(getId({}, id))).toEqual({
      name: 'ResourceNotFoundException',
      message: `IdentityPool '${id}' not found.`,
    });
    const call = server.identity.send(new GetOpenIdTokenCommand({ IdentityId: id }));
    expect(await refusalOf(call)).toEqual({
      name: 'ResourceNotFoundException',
      message: `Identity '${id}' not found.`,
    });
  });
});
