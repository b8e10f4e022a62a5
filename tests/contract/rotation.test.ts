import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ContractClient, openStage, required, type Stage } from './support/stage.ts';
import { requires } from './target.ts';

let stage: Stage;
let UserPoolId: string;

beforeAll(async () => {
  stage = await openStage();
  ({ UserPoolId } = await stage.createPool());
  await stage.createUser(UserPoolId, 'jane');
});
afterAll(() => stage.close());

const rotating = (RetryGracePeriodSeconds: number, settings = {}) =>
  stage.createClient(UserPoolId, {
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds },
    ...settings,
  });

async function refresh({ ClientId }: ContractClient, RefreshToken: string) {
  const { AuthenticationResult } = await stage.api.getTokensFromRefreshToken({ ClientId, RefreshToken });
  return required(AuthenticationResult);
}

const reused = { name: 'RefreshTokenReuseException' };

describe('E.1 rotation', () => {
  it('E.1 gives a new refresh token each time; without grace the old one is dead at once', async () => {
    const client = await rotating(0);
    const { RefreshToken: first, AccessToken } = await stage.signIn(client, 'jane');
    const second = await refresh(client, first);
    expect(second.RefreshToken).not.toBe(first);
    expect(decodeJwt(required(second.AccessToken)).origin_jti).toBe(decodeJwt(AccessToken).origin_jti);
    const third = await refresh(client, required(second.RefreshToken));
    expect(third.RefreshToken).not.toBe(second.RefreshToken);
    await expect(refresh(client, first)).rejects.toMatchObject(reused);
  });

  it('E.1 the old token is good within the grace and not after it', async () => {
    const client = await rotating(2);
    const { RefreshToken: first } = await stage.signIn(client, 'jane');
    await refresh(client, first);
    const again = await refresh(client, first);
    expect(again.RefreshToken).not.toBe(first);
    await stage.pass(3);
    await expect(refresh(client, first)).rejects.toMatchObject(reused);
  });

  it('E.1 REFRESH_TOKEN_AUTH is not available where tokens rotate', async () => {
    const client = await rotating(0);
    const { RefreshToken } = await stage.signIn(client, 'jane');
    await expect(
      stage.api.initiateAuth({
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        ClientId: client.ClientId,
        AuthParameters: { REFRESH_TOKEN: RefreshToken },
      }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('E.1 tokens have jti and origin_jti where tokens rotate, without revocation too', async () => {
    const client = await rotating(0, { EnableTokenRevocation: false });
    const { AccessToken } = await stage.signIn(client, 'jane');
    expect(decodeJwt(AccessToken)).toMatchObject({ jti: expect.any(String), origin_jti: expect.any(String) });
  });
});

describe('E.1 rotation over time', () => {
  requires('clock that can be moved');

  it('E.1 a rotated token ends when the first one would have', async () => {
    const client = await rotating(0, {
      RefreshTokenValidity: 2,
      TokenValidityUnits: { RefreshToken: 'hours' },
    });
    const first = await stage.signIn(client, 'jane');
    await stage.pass(3600);
    const second = await refresh(client, first.RefreshToken);
    await stage.pass(3590);
    const third = await refresh(client, required(second.RefreshToken));
    await stage.pass(11);
    await expect(refresh(client, required(third.RefreshToken))).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Refresh Token has expired',
    });
  });
});
