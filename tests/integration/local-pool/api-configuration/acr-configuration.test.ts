import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, startUserPoolApi, type UserPoolApi } from '../api-users/user-pool-api.ts';

let running: UserPoolApi;
beforeAll(async () => {
  running = await startUserPoolApi();
});
afterAll(() => running.close());

const named = (names: Record<string, string>) =>
  Object.fromEntries(Object.entries(names).map(([level, AcrValue]) => [level, { AcrValue }]));
const defaults = named({
  Level1: 'urn:cognito:loa:1',
  Level2: 'urn:cognito:loa:2',
  Level3: 'urn:cognito:loa:3',
  Level4: 'urn:cognito:loa:4',
});

async function described(UserPoolId: string) {
  return (await running.api.describeUserPool({ UserPoolId })).UserPool?.AcrConfiguration;
}

describe('AcrConfiguration', () => {
  it('names some levels, and is answered with Cognito’s names for the others', async () => {
    const own = named({ Level2: 'urn:my-standard:loa:2', Level3: 'urn:my-standard:loa:3' });
    const { UserPool } = await running.api.createUserPool({ PoolName: 'people', AcrConfiguration: own });
    expect(UserPool?.AcrConfiguration).toEqual({ ...defaults, ...own });
    expect(await described(UserPool?.Id ?? '')).toEqual({ ...defaults, ...own });
  });

  it('is not there unless it was given, and goes with an update that leaves it out', async () => {
    const { UserPoolId } = await running.createPool();
    expect(await described(UserPoolId)).toBeUndefined();
    await running.api.updateUserPool({ UserPoolId, AcrConfiguration: {} });
    expect(await described(UserPoolId)).toEqual(defaults);
    await running.api.updateUserPool({ UserPoolId });
    expect(await described(UserPoolId)).toBeUndefined();
  });

  it('gives the next token the new name of its level, without a new sign-in', async () => {
    const { UserPoolId, ClientId } = await running.createPool({ AcrConfiguration: {} });
    await running.createUser(UserPoolId, 'ada');
    const signedIn = await running.api.initiateAuth({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId,
      AuthParameters: { USERNAME: 'ada', PASSWORD: password },
    });
    const AcrConfiguration = named({ Level1: 'low' });
    await running.api.updateUserPool({ UserPoolId, AcrConfiguration });
    const refreshed = await running.api.initiateAuth({
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      ClientId,
      AuthParameters: { REFRESH_TOKEN: signedIn.AuthenticationResult?.RefreshToken ?? '' },
    });
    const [before, after] = [signedIn, refreshed].map(({ AuthenticationResult }) =>
      decodeJwt(AuthenticationResult?.AccessToken ?? ''),
    );
    expect([before?.acr, after?.acr]).toEqual(['urn:cognito:loa:1', 'low']);
    expect(after?.amr).toEqual(['pwd']);
  });

  it.each([
    ['two levels of one name', { Level1: 'low', Level2: 'low' }],
    ['the name of a level that was given none', { Level1: 'urn:cognito:loa:4' }],
    ['a blank', { Level1: 'very low' }],
    ['a quotation mark', { Level1: 'very"low' }],
    ['a backslash', { Level1: 'very\\low' }],
    ['no letter at all', { Level1: '' }],
    ['65 letters', { Level1: 'x'.repeat(65) }],
  ])('refuses %s', async (_, names) => {
    const AcrConfiguration = named(names);
    await expect(running.api.createUserPool({ PoolName: 'people', AcrConfiguration })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('takes 64 letters, and needs a plan above Lite', async () => {
    const AcrConfiguration = named({ Level1: 'x'.repeat(64) });
    const { UserPool } = await running.api.createUserPool({ PoolName: 'people', AcrConfiguration });
    expect(UserPool?.AcrConfiguration?.Level1?.AcrValue).toHaveLength(64);
    await expect(
      running.api.createUserPool({ PoolName: 'people', AcrConfiguration, UserPoolTier: 'LITE' }),
    ).rejects.toMatchObject({ name: 'FeatureUnavailableInTierException' });
  });
});
