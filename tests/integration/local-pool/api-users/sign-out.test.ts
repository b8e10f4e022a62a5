import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, startUserPoolApi, type TestPool, type UserPoolApi } from './user-pool-api.ts';

let pool: UserPoolApi;
let people: TestPool;
let confidential: TestPool;
/** A client whose tokens carry no `origin_jti`. */
let unrevocable: TestPool;

beforeAll(async () => {
  pool = await startUserPoolApi();
  people = await pool.createPool();
  confidential = await pool.createClient(people.UserPoolId, { GenerateSecret: true });
  unrevocable = await pool.createClient(people.UserPoolId, { EnableTokenRevocation: false });
  for (const name of ['ada', 'grace', 'linus', 'mary']) await pool.createUser(people.UserPoolId, name);
});
afterAll(() => pool.close());

async function signIn(USERNAME: string, { ClientId } = people) {
  const { AuthenticationResult } = await pool.api.initiateAuth({
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId,
    AuthParameters: { USERNAME, PASSWORD: password },
  });
  const { AccessToken = '', RefreshToken = '', IdToken = '' } = AuthenticationResult ?? {};
  return { AccessToken, RefreshToken, IdToken };
}

const refresh = (REFRESH_TOKEN: string, { ClientId } = people) =>
  pool.api.initiateAuth({
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    ClientId,
    AuthParameters: { REFRESH_TOKEN },
  });
const revoked = { name: 'NotAuthorizedException', message: 'Access Token has been revoked' };

describe('RevokeToken', () => {
  it('ends one sign-in and leaves the others', async () => {
    const first = await signIn('ada');
    const second = await signIn('ada');
    const { ClientId } = people;
    await pool.api.revokeToken({ Token: first.RefreshToken, ClientId });
    await pool.api.revokeToken({ Token: first.RefreshToken, ClientId });
    await expect(pool.api.getUser(first)).rejects.toMatchObject(revoked);
    await expect(refresh(first.RefreshToken)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await expect(pool.api.getUser(second)).resolves.toMatchObject({ Username: 'ada' });
    await expect(refresh(second.RefreshToken)).resolves.toHaveProperty('AuthenticationResult');
  });

  it('takes nothing but refresh tokens of the client itself', async () => {
    const { AccessToken, IdToken, RefreshToken } = await signIn('ada');
    const { ClientId } = people;
    for (const Token of [AccessToken, IdToken])
      await expect(pool.api.revokeToken({ Token, ClientId })).rejects.toMatchObject({
        name: 'UnsupportedTokenTypeException',
      });
    await expect(pool.api.revokeToken({ Token: 'garbage', ClientId })).resolves.toBeTypeOf('object');
    for (const client of [
      { ClientId: confidential.ClientId, ClientSecret: confidential.secret },
      { ClientId: confidential.ClientId },
      { ClientId: confidential.ClientId, ClientSecret: 'x'.repeat(51) },
      { ClientId, ClientSecret: 'x'.repeat(51) },
      { ClientId: 'nobody' },
    ])
      await expect(pool.api.revokeToken({ Token: RefreshToken, ...client })).rejects.toMatchObject({
        name: 'UnauthorizedException',
      });
    await expect(
      pool.api.revokeToken({ Token: RefreshToken, ClientId: unrevocable.ClientId }),
    ).rejects.toMatchObject({ name: 'UnsupportedOperationException' });
    await expect(refresh(RefreshToken)).resolves.toHaveProperty('AuthenticationResult');
  });
});

describe('global sign-out', () => {
  it('GlobalSignOut ends every sign-in at every client, and no later one', async () => {
    const here = await signIn('grace');
    const there = await signIn('grace', unrevocable);
    const other = await signIn('linus');
    await pool.api.globalSignOut(here);
    for (const token of [here, there]) await expect(pool.api.getUser(token)).rejects.toMatchObject(revoked);
    await expect(pool.api.globalSignOut(here)).rejects.toMatchObject(revoked);
    await expect(refresh(there.RefreshToken, unrevocable)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    await expect(pool.api.getUser(other)).resolves.toMatchObject({ Username: 'linus' });
    for (const client of [people, unrevocable])
      await expect(pool.api.getUser(await signIn('grace', client))).resolves.toMatchObject({
        Username: 'grace',
      });
  });

  it('AdminUserGlobalSignOut does the same', async () => {
    const token = await signIn('linus');
    await pool.api.adminUserGlobalSignOut({ UserPoolId: people.UserPoolId, Username: 'linus' });
    await expect(pool.api.getUser(token)).rejects.toMatchObject(revoked);
  });

  it('disabling ends sign-ins for good', async () => {
    const named = { UserPoolId: people.UserPoolId, Username: 'mary' };
    const token = await signIn('mary');
    await pool.api.adminDisableUser(named);
    await expect(pool.api.getUser(token)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'User is disabled.',
    });
    await expect(signIn('mary')).rejects.toMatchObject({ message: 'User is disabled.' });
    await pool.api.adminEnableUser(named);
    await expect(pool.api.getUser(token)).rejects.toMatchObject(revoked);
    await expect(refresh(token.RefreshToken)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await expect(signIn('mary')).resolves.toHaveProperty('AccessToken');
  });
});
