import { createSecretHash } from 'cognito-srp-helper';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startUserPoolApi,
  type TestPool,
  type UserPoolApi,
} from '../../integration/local-pool/api-users/user-pool-api.ts';

let pools: UserPoolApi;
let client: TestPool;
beforeAll(async () => {
  pools = await startUserPoolApi();
  client = await pools.createPool({}, { GenerateSecret: true });
  await pools.createUser(client.UserPoolId, 'ada');
});
afterAll(() => pools.close());

const hash = () => createSecretHash('ada', client.ClientId, client.secret ?? '');
const refresh = (REFRESH_TOKEN: string, SECRET_HASH: string) =>
  pools.api.initiateAuth({
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    ClientId: client.ClientId,
    AuthParameters: { REFRESH_TOKEN, SECRET_HASH },
  });
async function refreshToken(): Promise<string> {
  const { AuthenticationResult } = await pools.api.initiateAuth({
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: client.ClientId,
    AuthParameters: { USERNAME: 'ada', PASSWORD: 'Cabana-demo-1', SECRET_HASH: hash() },
  });
  return AuthenticationResult?.RefreshToken ?? '';
}

describe('a refresh by whoever does not have the client’s secret', () => {
  it('LP-06 tells nothing of the token: good, revoked, expired, unknown', async () => {
    const expired = await refreshToken();
    pools.clock.advance(30 * 24 * 60 * 60 * 1000);
    const revoked = await refreshToken();
    const good = await refreshToken();
    await pools.api.revokeToken({
      ClientId: client.ClientId,
      ClientSecret: client.secret,
      Token: revoked,
    });
    const answers = [];
    for (const token of [good, revoked, expired, 'unknown'])
      answers.push(await refresh(token, 'AAAA').catch(String));
    expect(new Set(answers)).toEqual(
      new Set([`NotAuthorizedException: Unable to verify secret hash for client ${client.ClientId}`]),
    );
    await expect(refresh(revoked, hash())).rejects.toThrow('Refresh Token has been revoked');
    await expect(refresh(expired, hash())).rejects.toThrow('Refresh Token has expired');
    await expect(refresh(good, hash())).resolves.toHaveProperty('AuthenticationResult.AccessToken');
  });
});
