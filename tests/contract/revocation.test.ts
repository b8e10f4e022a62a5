import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ContractClient, openStage, required, type Stage, type Tokens } from './support/stage.ts';
import { requires } from './target.ts';

let stage: Stage;
let people: ContractClient;

beforeAll(async () => {
  stage = await openStage();
  people = await stage.createPool();
  await stage.createUser(people.UserPoolId, 'jane');
});
afterAll(() => stage.close());

const notAuthorized = (message: string) => ({ name: 'NotAuthorizedException', message });
const revoked = notAuthorized('Access Token has been revoked');

const refresh = ({ RefreshToken }: Tokens, { ClientId, ClientSecret }: ContractClient) =>
  stage.api.getTokensFromRefreshToken({ RefreshToken, ClientId, ClientSecret });

async function expectEnded(tokens: Tokens, client: ContractClient): Promise<void> {
  await expect(stage.api.getUser({ AccessToken: tokens.AccessToken })).rejects.toMatchObject(revoked);
  await expect(refresh(tokens, client)).rejects.toMatchObject(
    notAuthorized('Refresh Token has been revoked'),
  );
}

describe('E.1 revocation', () => {
  it('E.1 LP-14 revoked session: GetUser fails, the token still verifies, other sessions go on', async () => {
    const [ended, other] = [await stage.signIn(people, 'jane'), await stage.signIn(people, 'jane')];
    await stage.api.revokeToken({ ClientId: people.ClientId, Token: ended.RefreshToken });
    await expectEnded(ended, people);
    const jwks = new URL(`${stage.userPoolEndpoint}/${people.UserPoolId}/.well-known/jwks.json`);
    await expect(jwtVerify(ended.AccessToken, createRemoteJWKSet(jwks))).resolves.toHaveProperty('payload');
    await expect(stage.api.getUser(other)).resolves.toHaveProperty('Username', 'jane');
  });

  it('E.1 GlobalSignOut and AdminUserGlobalSignOut end every session of the user', async () => {
    const before = [await stage.signIn(people, 'jane'), await stage.signIn(people, 'jane')];
    await stage.api.globalSignOut({ AccessToken: required(before[0]).AccessToken });
    for (const tokens of before) await expectEnded(tokens, people);
    const later = await stage.signIn(people, 'jane');
    await stage.api.adminUserGlobalSignOut({ UserPoolId: people.UserPoolId, Username: 'jane' });
    await expectEnded(later, people);
  });

  it('E.1 RevokeToken: garbage and revoked tokens are a success, other kinds and other clients are refused', async () => {
    const tokens = await stage.signIn(people, 'jane');
    const other = await stage.createClient(people.UserPoolId);
    const unrevoking = await stage.createClient(people.UserPoolId, { EnableTokenRevocation: false });
    const revoke = (Token: string, { ClientId }: ContractClient = people) =>
      stage.api.revokeToken({ ClientId, Token });
    await expect(revoke(tokens.AccessToken)).rejects.toMatchObject({ name: 'UnsupportedTokenTypeException' });
    await expect(revoke(tokens.IdToken)).rejects.toMatchObject({ name: 'UnsupportedTokenTypeException' });
    await expect(revoke(tokens.RefreshToken, other)).rejects.toMatchObject({ name: 'UnauthorizedException' });
    await expect(stage.api.getUser(tokens)).resolves.toHaveProperty('Username');
    const kept = await stage.signIn(unrevoking, 'jane');
    expect(decodeJwt(kept.AccessToken)).not.toHaveProperty('origin_jti');
    await expect(revoke(kept.RefreshToken, unrevoking)).rejects.toMatchObject({
      name: 'UnsupportedOperationException',
    });
    await revoke('garbage');
    await revoke(tokens.RefreshToken);
    await revoke(tokens.RefreshToken);
  });
});

describe('LP-14 GetUser', () => {
  it('LP-14 refuses an ID token, a forged token and what is no token', async () => {
    const { IdToken, AccessToken } = await stage.signIn(people, 'jane');
    const invalid = notAuthorized('Invalid Access Token');
    await expect(stage.api.getUser({ AccessToken: IdToken })).rejects.toMatchObject(invalid);
    await expect(stage.api.getUser({ AccessToken: 'garbage' })).rejects.toMatchObject(invalid);
    const [header = '', payload = '', signature = ''] = AccessToken.split('.');
    const claims = { ...decodeJwt(AccessToken), username: 'root' };
    const forged = Buffer.from(JSON.stringify(claims)).toString('base64url');
    expect(forged).not.toBe(payload);
    await expect(
      stage.api.getUser({ AccessToken: `${header}.${forged}.${signature}` }),
    ).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  it('LP-14 refuses the tokens of a disabled and of a deleted user', async () => {
    const Username = 'leaver';
    const { UserPoolId } = people;
    await stage.createUser(UserPoolId, Username);
    const first = await stage.signIn(people, Username);
    await stage.api.adminDisableUser({ UserPoolId, Username });
    await expect(stage.api.getUser(first)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await stage.api.adminEnableUser({ UserPoolId, Username });
    await expect(stage.api.getUser(first)).rejects.toMatchObject(revoked);
    const second = await stage.signIn(people, Username);
    await stage.api.deleteUser({ AccessToken: second.AccessToken });
    await expect(stage.api.getUser(second)).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });
});

describe('LP-14 time', () => {
  requires('clock that can be moved');

  it('LP-14 refuses an expired access token', async () => {
    const tokens = await stage.signIn(people, 'jane');
    await stage.pass(3590);
    await expect(stage.api.getUser(tokens)).resolves.toHaveProperty('Username');
    await stage.pass(11);
    await expect(stage.api.getUser(tokens)).rejects.toMatchObject(notAuthorized('Access Token has expired'));
  });

  it('E.1 an expired refresh token is refused', async () => {
    const hourly = await stage.createClient(people.UserPoolId, {
      RefreshTokenValidity: 1,
      AccessTokenValidity: 30,
      IdTokenValidity: 30,
      TokenValidityUnits: { RefreshToken: 'hours', AccessToken: 'minutes', IdToken: 'minutes' },
    });
    const tokens = await stage.signIn(hourly, 'jane');
    await stage.pass(3590);
    await expect(refresh(tokens, hourly)).resolves.toHaveProperty('AuthenticationResult');
    await stage.pass(11);
    await expect(refresh(tokens, hourly)).rejects.toMatchObject(notAuthorized('Refresh Token has expired'));
  });
});
