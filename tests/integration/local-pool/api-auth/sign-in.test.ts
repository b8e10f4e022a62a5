import type { AuthFlowType, ExplicitAuthFlowsType } from '@aws-sdk/client-cognito-identity-provider';
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import { createSecretHash } from 'cognito-srp-helper';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  type AuthApi,
  asked,
  attributeRecord,
  idClaims,
  password,
  refusal,
  startAuthApi,
  type TestPool,
} from './auth-api.ts';

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

describe('SRP', () => {
  it('asks without a session, by the real username whatever was typed', async () => {
    const challenge = await initiate('USER_SRP_AUTH', {
      USERNAME: 'ada@example.com',
      SRP_A: 'ab'.repeat(300),
    });
    expect(challenge).not.toHaveProperty('Session');
    expect(challenge).toMatchObject({
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeParameters: {
        USERNAME: 'ada',
        USER_ID_FOR_SRP: 'ada',
        SALT: expect.stringMatching(/^[0-9a-f]+$/),
        SRP_B: expect.stringMatching(/^[0-9a-f]+$/),
        SECRET_BLOCK: expect.stringMatching(/^[A-Za-z0-9+/=]+$/),
      },
    });
  });

  it.each(['ada', 'ada@example.com'])('signs %s in with cognito-srp-helper', async (name) => {
    expect(idClaims(await auth.signInBySrp(pool, name))).toMatchObject({ 'cognito:username': 'ada' });
  });

  it('refuses a wrong password', async () => {
    await expect(auth.signInBySrp(pool, 'ada', 'wrong')).rejects.toMatchObject(incorrect);
  });

  it.each(['0', '', 'xyz', '-1'])('refuses %j as public key', async (SRP_A) => {
    await expect(initiate('USER_SRP_AUTH', { USERNAME: 'ada', SRP_A })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('signs people in who are called by their address, with amazon-cognito-identity-js', async () => {
    const addresses = await auth.createPool(
      { UsernameAttributes: ['email'], UsernameConfiguration: { CaseSensitive: false } },
      { ExplicitAuthFlows: flows },
    );
    const sub = await auth.createUser(addresses.UserPoolId, 'Grace@Example.com');
    const { session } = await signInWithIdentityJs(addresses, 'grace@example.COM', password);
    expect(session?.getIdToken().payload).toMatchObject({ sub, 'cognito:username': sub });
    await expect(signInWithIdentityJs(addresses, 'grace@example.com', 'wrong')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
  });
});

describe('a temporary password', () => {
  let temporary: TestPool;
  beforeAll(async () => {
    temporary = await auth.createPool(
      {
        Schema: [
          { Name: 'given_name', Required: true, Mutable: true },
          { Name: 'email', Required: true, Mutable: true },
        ],
      },
      { ExplicitAuthFlows: flows },
    );
  });
  const createUser = (Username: string) =>
    auth.api.adminCreateUser({
      UserPoolId: temporary.UserPoolId,
      Username,
      TemporaryPassword: 'Temporary-1!',
      UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
      MessageAction: 'SUPPRESS',
    });

  it('is changed, with the attributes that are required, before there are tokens', async () => {
    await createUser('linus');
    const challenge = await auth.signInBySrp(temporary, 'linus', 'Temporary-1!');
    expect(challenge).toMatchObject(asked('NEW_PASSWORD_REQUIRED'));
    expect(challenge.AuthenticationResult).toBeUndefined();
    const parameters = challenge.ChallengeParameters ?? {};
    expect(parameters.USER_ID_FOR_SRP).toBe('linus');
    expect(JSON.parse(parameters.requiredAttributes ?? '')).toEqual(['userAttributes.given_name']);
    expect(JSON.parse(parameters.userAttributes ?? '')).toEqual({ email: 'linus@example.com' });

    const answer = (responses: Record<string, string>): Promise<Answer> =>
      auth.answer(temporary, challenge, { USERNAME: 'linus', ...responses });
    await expect(answer({})).rejects.toThrow('Missing required parameter NEW_PASSWORD');
    await expect(answer({ NEW_PASSWORD: 'short', 'userAttributes.given_name': 'L' })).rejects.toMatchObject({
      name: 'InvalidPasswordException',
    });
    await expect(answer({ NEW_PASSWORD: 'Permanent-1!' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(
      answer({ NEW_PASSWORD: 'Permanent-1!', 'userAttributes.email': 'eve@example.com' }),
    ).rejects.toMatchObject(refusal('NotAuthorizedException', 'Cannot modify an already provided email'));
    const done = await answer({ NEW_PASSWORD: 'Permanent-1!', 'userAttributes.given_name': 'Linus' });
    expect(idClaims(done)).toMatchObject({ given_name: 'Linus' });
    const user = await auth.api.adminGetUser({ UserPoolId: temporary.UserPoolId, Username: 'linus' });
    expect(user.UserStatus).toBe('CONFIRMED');
    expect(attributeRecord(user.UserAttributes)).toMatchObject({ given_name: 'Linus' });
    expect(idClaims(await auth.signInBySrp(temporary, 'linus', 'Permanent-1!'))).toBeTruthy();
    await expect(auth.signIn(temporary, 'linus', 'Temporary-1!')).rejects.toMatchObject(incorrect);
  });

  it('does not replace one that an administrator has set meanwhile', async () => {
    await createUser('alan');
    const challenge = await auth.signIn(temporary, 'alan', 'Temporary-1!');
    await auth.api.adminSetUserPassword({
      UserPoolId: temporary.UserPoolId,
      Username: 'alan',
      Password: 'Permanent-1!',
      Permanent: true,
    });
    const late = { USERNAME: 'alan', NEW_PASSWORD: 'Attackers-1!', 'userAttributes.given_name': 'A' };
    await expect(auth.answer(temporary, challenge, late)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    expect(idClaims(await auth.signIn(temporary, 'alan', 'Permanent-1!'))).toBeTruthy();
  });

  it('expires', async () => {
    await createUser('edsger');
    auth.clock.advance(7 * 24 * 60 * 60 * 1000);
    await expect(auth.signIn(temporary, 'edsger', 'Temporary-1!')).rejects.toMatchObject(
      refusal(
        'NotAuthorizedException',
        'Temporary password has expired and must be reset by an administrator.',
      ),
    );
  });

  it('is changed with amazon-cognito-identity-js', async () => {
    await createUser('barbara');
    const { user, newPasswordRequired } = await signInWithIdentityJs(temporary, 'barbara', 'Temporary-1!');
    expect(newPasswordRequired).toEqual(['given_name']);
    const session = await new Promise<CognitoUserSession>((resolve, reject) =>
      user.completeNewPasswordChallenge(
        'Permanent-1!',
        { given_name: 'Barbara' },
        { onSuccess: resolve, onFailure: reject },
      ),
    );
    expect(session.getIdToken().payload.given_name).toBe('Barbara');
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

interface IdentityJsResult {
  user: CognitoUser;
  session?: CognitoUserSession;
  newPasswordRequired?: string[];
}

function signInWithIdentityJs(
  { UserPoolId, ClientId }: TestPool,
  Username: string,
  Password: string,
): Promise<IdentityJsResult> {
  const userPool = new CognitoUserPool({ UserPoolId, ClientId, endpoint: auth.url, Storage: memory() });
  const user = new CognitoUser({ Username, Pool: userPool, Storage: memory() });
  return new Promise((resolve, reject) =>
    user.authenticateUser(new AuthenticationDetails({ Username, Password }), {
      onSuccess: (session) => resolve({ user, session }),
      onFailure: reject,
      newPasswordRequired: (_attributes, required: string[]) =>
        resolve({ user, newPasswordRequired: required }),
    }),
  );
}

function memory() {
  const items = new Map<string, string>();
  return {
    setItem: (name: string, value: string) => void items.set(name, value),
    getItem: (name: string) => items.get(name) ?? null,
    removeItem: (name: string) => void items.delete(name),
    clear: () => items.clear(),
  };
}
