import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretHashOf } from './support/srp.ts';
import { type ContractClient, completeTokens, openStage, password, type Stage } from './support/stage.ts';

let stage: Stage;
let people: ContractClient;

beforeAll(async () => {
  stage = await openStage();
  people = await stage.createPool();
  await stage.createUser(people.UserPoolId, 'jane', { email: 'jane@example.com' });
});
afterAll(() => stage.close());

const incorrect = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };
const invalid = (message: string) => ({ name: 'InvalidParameterException', message });

describe('E.3 passwords', () => {
  it('E.3 USER_PASSWORD_AUTH: right, wrong, missing, unknown', async () => {
    await expect(stage.signIn(people, 'jane')).resolves.toHaveProperty('AccessToken');
    await expect(stage.signIn(people, 'jane', 'Wrong-Password-1')).rejects.toMatchObject(incorrect);
    await expect(stage.signIn(people, 'nobody')).rejects.toMatchObject({
      name: 'UserNotFoundException',
      message: 'User does not exist.',
    });
    const { ClientId } = people;
    await expect(
      stage.api.initiateAuth({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId,
        AuthParameters: { USERNAME: 'jane' },
      }),
    ).rejects.toMatchObject(invalid('Missing required parameter PASSWORD'));
    await expect(
      stage.api.initiateAuth({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId,
        AuthParameters: { PASSWORD: password },
      }),
    ).rejects.toMatchObject(invalid('Missing required parameter USERNAME'));
  });

  it('E.3 ADMIN_USER_PASSWORD_AUTH, by AdminInitiateAuth alone', async () => {
    const AuthParameters = { USERNAME: 'jane', PASSWORD: password };
    const { AuthenticationResult, ChallengeParameters } = await stage.api.adminInitiateAuth({
      ...people,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters,
    });
    completeTokens(AuthenticationResult);
    expect(ChallengeParameters).toEqual({});
    await expect(
      stage.api.initiateAuth({ ...people, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters }),
    ).rejects.toMatchObject(invalid('Initiate Auth method not supported.'));
  });

  it('E.3 flows that the client does not allow', async () => {
    const { UserPoolId } = people;
    const { ClientId } = await stage.createClient(UserPoolId, {
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    const AuthParameters = { USERNAME: 'jane', PASSWORD: password };
    await expect(
      stage.api.initiateAuth({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
    ).rejects.toMatchObject(invalid('USER_PASSWORD_AUTH flow not enabled for this client'));
    await expect(
      stage.api.adminInitiateAuth({
        UserPoolId,
        ClientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters,
      }),
    ).rejects.toMatchObject(invalid('Auth flow not enabled for this client'));
  });

  it('E.3 SECRET_HASH: needed, checked, and for a refresh made of the real username', async () => {
    const addressed = await stage.createPool({ UsernameAttributes: ['email'] }, { GenerateSecret: true });
    const { ClientId } = addressed;
    const sub = await stage.createUser(addressed.UserPoolId, 'jane@example.com');
    const { RefreshToken } = await stage.signIn(addressed, 'jane@example.com');
    const refresh = (hash: Record<string, string>) =>
      stage.api.initiateAuth({
        ClientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: RefreshToken, ...hash },
      });
    await expect(refresh(secretHashOf(addressed, sub))).resolves.toHaveProperty('AuthenticationResult');
    const mismatch = {
      name: 'NotAuthorizedException',
      message: `Unable to verify secret hash for client ${ClientId}`,
    };
    await expect(refresh(secretHashOf(addressed, 'jane@example.com'))).rejects.toMatchObject(mismatch);
    await expect(refresh({})).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: `Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
    });
    await expect(
      stage.signIn({ ...addressed, ClientSecret: 'wrong' }, 'jane@example.com'),
    ).rejects.toMatchObject(mismatch);
  });

  it('E.3 the statuses: unconfirmed, disabled, to be reset', async () => {
    const { UserPoolId, ClientId } = people;
    await stage.api.signUp({ ClientId, Username: 'new', Password: password });
    await expect(stage.signIn(people, 'new', 'Wrong-Password-1')).rejects.toMatchObject(incorrect);
    await expect(stage.signIn(people, 'new')).rejects.toMatchObject({
      name: 'UserNotConfirmedException',
      message: 'User is not confirmed.',
    });
    await stage.createUser(UserPoolId, 'gone', { email: 'gone@example.com', email_verified: 'true' });
    await stage.api.adminResetUserPassword({ UserPoolId, Username: 'gone' });
    await expect(stage.signIn(people, 'gone')).rejects.toMatchObject({
      name: 'PasswordResetRequiredException',
      message: 'Password reset required for the user',
    });
    await stage.api.adminSetUserPassword({
      UserPoolId,
      Username: 'gone',
      Password: password,
      Permanent: true,
    });
    await stage.api.adminDisableUser({ UserPoolId, Username: 'gone' });
    await expect(stage.signIn(people, 'gone')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'User is disabled.',
    });
  });
});

describe('E.3 REFRESH_TOKEN_AUTH', () => {
  const refresh = (ClientId: string, REFRESH_TOKEN: string) =>
    stage.api.initiateAuth({ ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } });

  it('E.3 gives ID and access token, under its old name too', async () => {
    const { RefreshToken } = await stage.signIn(people, 'jane');
    const { AuthenticationResult } = await refresh(people.ClientId, RefreshToken);
    expect(Object.keys(AuthenticationResult ?? {}).toSorted()).toEqual([
      'AccessToken',
      'ExpiresIn',
      'IdToken',
      'TokenType',
    ]);
    await expect(
      stage.api.adminInitiateAuth({
        ...people,
        AuthFlow: 'REFRESH_TOKEN',
        AuthParameters: { REFRESH_TOKEN: RefreshToken },
      }),
    ).resolves.toHaveProperty('AuthenticationResult.AccessToken');
  });

  it('E.3 refuses garbage and the token of another client', async () => {
    const other = await stage.createClient(people.UserPoolId);
    const { RefreshToken } = await stage.signIn(people, 'jane');
    const refusal = { name: 'NotAuthorizedException', message: 'Invalid Refresh Token.' };
    await expect(refresh(other.ClientId, RefreshToken)).rejects.toMatchObject(refusal);
    await expect(refresh(people.ClientId, 'garbage')).rejects.toMatchObject(refusal);
  });

  it('E.3 GetTokensFromRefreshToken takes the plain client secret', async () => {
    const confidential = await stage.createClient(people.UserPoolId, { GenerateSecret: true });
    const { ClientId, ClientSecret } = confidential;
    const { RefreshToken } = await stage.signIn(confidential, 'jane');
    const { AuthenticationResult } = await stage.api.getTokensFromRefreshToken({
      ClientId,
      ClientSecret,
      RefreshToken,
    });
    expect(AuthenticationResult).toMatchObject({
      AccessToken: expect.any(String),
      IdToken: expect.any(String),
    });
    expect(AuthenticationResult).not.toHaveProperty('RefreshToken');
    await expect(stage.api.getTokensFromRefreshToken({ ClientId, RefreshToken })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
  });
});
