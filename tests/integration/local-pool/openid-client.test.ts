import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostedPool, startHostedPool, userPoolId } from './hosted-ui/hosted-pool.ts';
import { authorize, fillIn, type RelyingParty, relyingParty, signIn } from './relying-party.ts';

let pool: HostedPool;
let web: RelyingParty;
let mobile: RelyingParty;

beforeAll(async () => {
  pool = await startHostedPool();
  web = await relyingParty(pool.url, 'web');
  mobile = await relyingParty(pool.url, 'mobile');
});
afterAll(() => pool.close());

describe('openid-client', () => {
  it('discovers the user pool by the issuer that its tokens name, with the members of a real pool alone', async () => {
    const issuer = `${pool.url}/${userPoolId}`;
    const { supportsPKCE, ...metadata } = web.config.serverMetadata();
    expect(supportsPKCE('S256')).toBe(false);
    expect(metadata).toEqual({
      authorization_endpoint: `${issuer}/oauth2/authorize`,
      end_session_endpoint: `${issuer}/logout`,
      id_token_signing_alg_values_supported: ['RS256'],
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      response_types_supported: ['code', 'token'],
      revocation_endpoint: `${issuer}/oauth2/revoke`,
      scopes_supported: ['openid', 'email', 'phone', 'profile'],
      subject_types_supported: ['public'],
      token_endpoint: `${issuer}/oauth2/token`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      userinfo_endpoint: `${issuer}/oauth2/userInfo`,
    });
  });

  it.each(['web', 'mobile'] as const)(
    'completes the code flow of the %s client with PKCE, state and nonce',
    async (name) => {
      const party = name === 'web' ? web : mobile;
      const authorization = await authorize(party);
      const callback = await fillIn(pool.browse(), authorization.address);
      expect(callback.startsWith(`${party.redirectUri}?`)).toBe(true);
      const tokens = await authorization.finish(callback);
      expect(Object.keys(tokens).sort()).toEqual(
        ['access_token', 'expires_in', 'id_token', 'refresh_token', 'token_type'].sort(),
      );
      expect(tokens).toMatchObject({ expires_in: 3600, token_type: 'bearer' });
      expect(tokens.refresh_token?.split('.')).toHaveLength(5);
      expect(tokens.claims()?.nonce).toBe(authorization.nonce);
      await expect(authorization.finish(callback)).rejects.toMatchObject({
        status: 400,
        error: 'invalid_grant',
      });
    },
  );

  it('proves the web client by Basic as well', async () => {
    const basic = client.ClientSecretBasic('cabanalocalwebsecret0000000000000000000000000000001');
    const tokens = await signIn(pool.browse(), await relyingParty(pool.url, 'web', basic));
    expect(tokens.claims()?.email).toBe('ada@example.com');
  });

  it.each([
    ['a wrong secret', client.ClientSecretPost('wrong'), 'invalid_client'],
    ['no secret', client.None(), 'invalid_client'],
  ])('is refused tokens with %s', async (_, authentication, error) => {
    const party = await relyingParty(pool.url, 'web', authentication);
    await expect(signIn(pool.browse(), party)).rejects.toMatchObject({ status: 400, error });
  });

  it('is refused tokens for the verifier of another request', async () => {
    const [first, second] = [await authorize(web), await authorize(web)];
    const callback = new URL(await fillIn(pool.browse(), first.address));
    callback.searchParams.set('state', second.state);
    await expect(second.finish(callback.href)).rejects.toMatchObject({ status: 400, error: 'invalid_grant' });
  });
});
