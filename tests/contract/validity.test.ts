import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ContractClient, openStage, type Stage } from './support/stage.ts';

let stage: Stage;
let people: ContractClient;

beforeAll(async () => {
  stage = await openStage();
  people = await stage.createPool();
  await stage.createUser(people.UserPoolId, 'jane');
});
afterAll(() => stage.close());

describe('E.1 validity', () => {
  const unit = { AccessToken: 'seconds', IdToken: 'seconds', RefreshToken: 'seconds' } as const;
  it.each([
    ['an access token below five minutes', { AccessTokenValidity: 299, TokenValidityUnits: unit }],
    ['an ID token below five minutes', { IdTokenValidity: 299, TokenValidityUnits: unit }],
    [
      'an access token above a day',
      { AccessTokenValidity: 1441, TokenValidityUnits: { AccessToken: 'minutes' } as const },
    ],
    ['an ID token above a day', { IdTokenValidity: 25 }],
    ['a refresh token below an hour', { RefreshTokenValidity: 3599, TokenValidityUnits: unit }],
    ['a refresh token above ten years', { RefreshTokenValidity: 3651 }],
    [
      'a refresh token that ends before the access token',
      {
        RefreshTokenValidity: 1,
        AccessTokenValidity: 2,
        TokenValidityUnits: { RefreshToken: 'hours' } as const,
      },
    ],
  ])('E.1 validity limits: %s is refused at creation and update', async (_, settings) => {
    const refusal = { name: 'InvalidParameterException', message: 'Invalid range for token validity.' };
    await expect(stage.createClient(people.UserPoolId, settings)).rejects.toMatchObject(refusal);
    const { UserPoolId, ClientId } = people;
    await expect(stage.api.updateUserPoolClient({ UserPoolId, ClientId, ...settings })).rejects.toMatchObject(
      refusal,
    );
  });

  it('E.1 validity limits: the limits themselves are accepted, and tokens live as long as they say', async () => {
    const client = await stage.createClient(people.UserPoolId, {
      AccessTokenValidity: 300,
      IdTokenValidity: 86_400,
      RefreshTokenValidity: 315_360_000,
      TokenValidityUnits: unit,
    });
    const { IdToken, AccessToken, ExpiresIn } = await stage.signIn(client, 'jane');
    const life = (token: string) => Number(decodeJwt(token).exp) - Number(decodeJwt(token).iat);
    expect([ExpiresIn, life(AccessToken), life(IdToken)]).toEqual([300, 300, 86_400]);
  });
});
