import type { AuthFlowType, ExplicitAuthFlowsType } from '@aws-sdk/client-cognito-identity-provider';
import { createSecretHash } from 'cognito-srp-helper';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuthApi, idClaims, password, refusal, startAuthApi, type TestPool } from './auth-api.ts';

let auth: AuthApi;
let pool: TestPool;
let secretClient: TestPool;
const flows: ExplicitAuthFlowsType[] = [
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
];

beforeAll(async () => {
  auth = await startAuthApi();
  pool = await auth.createPool({ AliasAttributes: ['email'] }, { ExplicitAuthFlows: flows });
  secretClient = await auth.createClient(pool.UserPoolId, { ExplicitAuthFlows: flows, GenerateSecret: true });
  const email = { email: 'ada@example.com', email_verified: 'true' };
  await auth.createUser(pool.UserPoolId, 'ada', email);
});
afterAll(() => auth.close());

const incorrect = refusal('NotAuthorizedException', 'Incorrect username or password.');
const initiate = (AuthFlow: AuthFlowType, AuthParameters: Record<string, string>, ClientId = pool.ClientId) =>
  auth.api.initiateAuth({ AuthFlow, ClientId, AuthParameters });
const adminInitiate = (AuthFlow: AuthFlowType, AuthParameters: Record<string, string>) =>
  auth.api.adminInitiateAuth({ ...pool, AuthFlow, AuthParameters });

describe('a password sign-in', () => {
  it.each(['ada', 'ada@example.com'])('gives tokens to %s', async (name) => {
    const done = await auth.signIn(pool, name);
    expect(done).toMatchObject({
      ChallengeParameters: {},
      AuthenticationResult: { ExpiresIn: 3600, TokenType: 'Bearer' },
    });
    expect(done.AuthenticationResult?.RefreshToken).toBeTruthy();
    expect(idClaims(done)).toMatchObject({ 'cognito:username': 'ada', token_use: 'id' });
  });

  it('refuses a wrong password', async () => {
    await expect(auth.signIn(pool, 'ada', 'wrong')).rejects.toMatchObject(incorrect);
    await auth.signIn(pool, 'ada');
  });

  it('by an administrator', async () => {
    const parameters = { USERNAME: 'ada', PASSWORD: password };
    expect(idClaims(await adminInitiate('ADMIN_USER_PASSWORD_AUTH', parameters))).toMatchObject({
      'cognito:username': 'ada',
    });
    expect(idClaims(await adminInitiate('ADMIN_NO_SRP_AUTH', parameters))).toBeTruthy();
    expect(idClaims(await adminInitiate('USER_PASSWORD_AUTH', parameters))).toBeTruthy();
  });

  it('takes a secret hash of what was typed', async () => {
    expect(idClaims(await auth.signIn(secretClient, 'ada@example.com'))).toBeTruthy();
    expect(idClaims(await auth.signInBySrp(secretClient, 'ada'))).toBeTruthy();
  });

  it('refuses a secret hash that is missing, wrong, or not wanted', async () => {
    const { ClientId } = secretClient;
    const parameters = { USERNAME: 'ada', PASSWORD: password };
    await expect(initiate('USER_PASSWORD_AUTH', parameters, ClientId)).rejects.toMatchObject(
      refusal(
        'NotAuthorizedException',
        `Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
      ),
    );
    const SECRET_HASH = createSecretHash('eve', ClientId, secretClient.secret ?? '');
    await expect(
      initiate('USER_PASSWORD_AUTH', { ...parameters, SECRET_HASH }, ClientId),
    ).rejects.toMatchObject(
      refusal('NotAuthorizedException', `Unable to verify secret hash for client ${ClientId}`),
    );
    await expect(initiate('USER_PASSWORD_AUTH', { ...parameters, SECRET_HASH })).rejects.toMatchObject(
      refusal(
        'NotAuthorizedException',
        `Client ${pool.ClientId} is not configured for secret but secret was received`,
      ),
    );
  });

  it.each<[AuthFlowType, Record<string, string>, string]>([
    ['USER_PASSWORD_AUTH', { PASSWORD: password }, 'USERNAME'],
    ['USER_PASSWORD_AUTH', { USERNAME: 'ada' }, 'PASSWORD'],
    ['USER_SRP_AUTH', { USERNAME: 'ada' }, 'SRP_A'],
    ['REFRESH_TOKEN_AUTH', {}, 'REFRESH_TOKEN'],
  ])('%s with %o wants %s', async (flow, parameters, missing) => {
    await expect(initiate(flow, parameters)).rejects.toMatchObject(
      refusal('InvalidParameterException', `Missing required parameter ${missing}`),
    );
  });
});

describe('a flow that the client may not use is refused:', () => {
  let bare: TestPool;
  beforeAll(async () => {
    bare = await auth.createClient(pool.UserPoolId, { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'] });
  });

  it.each<[AuthFlowType, string]>([
    ['USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH flow not enabled for this client'],
    ['USER_SRP_AUTH', 'USER_SRP_AUTH is not enabled for the client.'],
    ['USER_AUTH', 'USER_AUTH flow not enabled for this client'],
    ['REFRESH_TOKEN_AUTH', 'Refresh Token flow not enabled for this client'],
    ['ADMIN_USER_PASSWORD_AUTH', 'Initiate Auth method not supported.'],
    ['ADMIN_NO_SRP_AUTH', 'Initiate Auth method not supported.'],
  ])('%s', async (flow, message) => {
    const parameters = { USERNAME: 'ada', PASSWORD: password, SRP_A: 'ab', REFRESH_TOKEN: 'x' };
    await expect(initiate(flow, parameters, bare.ClientId)).rejects.toMatchObject(
      refusal('InvalidParameterException', message),
    );
  });

  it('CUSTOM_AUTH', async () => {
    await expect(initiate('CUSTOM_AUTH', { USERNAME: 'ada' })).rejects.toMatchObject(
      refusal('InvalidParameterException', 'CUSTOM_AUTH flow not enabled for this client'),
    );
  });

  it('ADMIN_USER_PASSWORD_AUTH by an administrator', async () => {
    const refused = auth.api.adminInitiateAuth({
      ...bare,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD: password },
    });
    await expect(refused).rejects.toMatchObject(
      refusal('InvalidParameterException', 'Auth flow not enabled for this client'),
    );
  });
});

describe('a user who may not sign in is told so once the password is right:', () => {
  it('not confirmed', async () => {
    const { ClientId } = pool;
    await auth.api.signUp({ ClientId, Username: 'unconfirmed', Password: password });
    await expect(auth.signIn(pool, 'unconfirmed')).rejects.toMatchObject(
      refusal('UserNotConfirmedException', 'User is not confirmed.'),
    );
    await expect(auth.signIn(pool, 'unconfirmed', 'wrong')).rejects.toMatchObject(incorrect);
  });

  it('disabled', async () => {
    await auth.createUser(pool.UserPoolId, 'disabled');
    await auth.api.adminDisableUser({ UserPoolId: pool.UserPoolId, Username: 'disabled' });
    const disabled = refusal('NotAuthorizedException', 'User is disabled.');
    await expect(auth.signIn(pool, 'disabled')).rejects.toMatchObject(disabled);
    await expect(auth.signInBySrp(pool, 'disabled')).rejects.toMatchObject(disabled);
    await expect(auth.signIn(pool, 'disabled', 'wrong')).rejects.toMatchObject(incorrect);
    await expect(auth.signInBySrp(pool, 'disabled', 'wrong')).rejects.toMatchObject(incorrect);
  });

  it('to reset the password', async () => {
    const email = { email: 'reset@example.com', email_verified: 'true' };
    await auth.createUser(pool.UserPoolId, 'reset', email);
    await auth.api.adminResetUserPassword({ UserPoolId: pool.UserPoolId, Username: 'reset' });
    await expect(auth.signIn(pool, 'reset')).rejects.toMatchObject(
      refusal('PasswordResetRequiredException', 'Password reset required for the user'),
    );
  });
});
