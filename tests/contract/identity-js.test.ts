import { CognitoUserAttribute, type ISignUpResult } from 'amazon-cognito-identity-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cognitoUser,
  openStorage,
  outcomeOf,
  resultOf,
  signedInUser,
  successOf,
} from './support/cognito-user.ts';
import { createMfaPool, totpOnly } from './support/mfa-pools.ts';
import { type ContractClient, openStage, password, required, type Stage } from './support/stage.ts';
import { nextTotp } from './support/totp.ts';
import { requires } from './target.ts';

let stage: Stage;
let people: ContractClient;

beforeAll(async () => {
  stage = await openStage();
  people = await stage.createPool({ AutoVerifiedAttributes: ['email'] });
  await stage.createUser(people.UserPoolId, 'jane', { email: 'jane@example.com' });
});
afterAll(() => stage.close());

describe('E.3 amazon-cognito-identity-js', () => {
  it('E.3 USER_SRP_AUTH: right and wrong password', async () => {
    const { session } = await signedInUser(stage, people, 'jane');
    expect(session.isValid()).toBe(true);
    expect(session.getIdToken().decodePayload()).toMatchObject({ 'cognito:username': 'jane' });
    await expect(cognitoUser(stage, people, 'jane').signIn('Wrong-Password-1')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
  });

  it('E.3 USER_PASSWORD_AUTH', async () => {
    const { user, signIn } = cognitoUser(stage, people, 'jane');
    user.setAuthenticationFlowType('USER_PASSWORD_AUTH');
    await expect(signIn()).resolves.toHaveProperty('kind', 'signed in');
  });

  it('E.3 a stored session is found again and refreshed', async () => {
    const storage = openStorage();
    const { session } = await signedInUser(stage, people, 'jane', storage);
    const { Pool } = cognitoUser(stage, people, 'jane', storage);
    const current = required(Pool.getCurrentUser());
    expect(current.getUsername()).toBe('jane');
    const refreshed = await resultOf<typeof session>((callback) =>
      current.refreshSession(session.getRefreshToken(), callback),
    );
    expect(refreshed?.isValid()).toBe(true);
    expect(refreshed?.getAccessToken().getJwtToken()).not.toBe(session.getAccessToken().getJwtToken());
    expect(refreshed?.getRefreshToken().getToken()).toBe(session.getRefreshToken().getToken());
  });

  it('E.3 self-service: attributes, password, global sign-out', async () => {
    await stage.createUser(people.UserPoolId, 'self', { email: 'self@example.com' });
    const { user } = await signedInUser(stage, people, 'self');
    await resultOf((callback) =>
      user.updateAttributes([new CognitoUserAttribute({ Name: 'name', Value: 'Self' })], callback),
    );
    const attributes = await resultOf<CognitoUserAttribute[]>((callback) => user.getUserAttributes(callback));
    expect(attributes?.map((attribute) => [attribute.getName(), attribute.getValue()])).toContainEqual([
      'name',
      'Self',
    ]);
    const chosen = 'Another-Contract-1';
    await expect(
      resultOf((callback) => user.changePassword('Wrong-Password-1', chosen, callback)),
    ).rejects.toMatchObject({ name: 'NotAuthorizedException', message: 'Incorrect username or password.' });
    await resultOf((callback) => user.changePassword(password, chosen, callback));
    await expect(cognitoUser(stage, people, 'self').signIn(chosen)).resolves.toHaveProperty(
      'kind',
      'signed in',
    );
    await successOf((callbacks) => user.globalSignOut(callbacks));
    await expect(
      resultOf((callback) => user.getUserData(callback, { bypassCache: true })),
    ).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Access Token has been revoked',
    });
  });

  it('E.3 NEW_PASSWORD_REQUIRED', async () => {
    const { UserPoolId } = people;
    await stage.api.adminCreateUser({
      UserPoolId,
      Username: 'invited',
      TemporaryPassword: 'Temporary-Contract-1',
      UserAttributes: [{ Name: 'email', Value: 'invited@example.com' }],
      MessageAction: 'SUPPRESS',
    });
    const { user, signIn } = cognitoUser(stage, people, 'invited');
    const asked = await signIn('Temporary-Contract-1');
    expect(asked).toMatchObject({
      kind: 'new password',
      attributes: { email: 'invited@example.com' },
      required: [],
    });
    const done = await outcomeOf((callbacks) =>
      user.completeNewPasswordChallenge(password, { name: 'In Vited' }, callbacks),
    );
    expect(done.kind).toBe('signed in');
    await expect(signedInUser(stage, people, 'invited')).resolves.toHaveProperty('session');
  });

  it('E.3 TOTP: set up during sign-in, asked for at the next', async () => {
    const strict = await createMfaPool(stage, 'ON', totpOnly);
    await stage.createUser(strict.UserPoolId, 'jane');
    const { user, signIn } = cognitoUser(stage, strict, 'jane');
    expect(await signIn()).toEqual({ kind: 'mfa setup' });
    const secret = await new Promise<string>((resolve, reject) => {
      user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject });
    });
    const code = await nextTotp(stage, secret);
    const session = await successOf((callbacks) => user.verifySoftwareToken(code, 'phone', callbacks));
    expect(session).toHaveProperty('accessToken');

    const next = cognitoUser(stage, strict, 'jane');
    expect(await next.signIn()).toEqual({ kind: 'totp' });
    const second = await nextTotp(stage, secret);
    const done = await outcomeOf((callbacks) =>
      next.user.sendMFACode(second, callbacks, 'SOFTWARE_TOKEN_MFA'),
    );
    expect(done.kind).toBe('signed in');
  });
});

describe('E.3 amazon-cognito-identity-js and codes', () => {
  requires('inbox');

  it('E.3 sign-up, confirmation, and a forgotten password', async () => {
    const { UserPoolId } = people;
    const { Pool, user, signIn } = cognitoUser(stage, people, 'new');
    const email = new CognitoUserAttribute({ Name: 'email', Value: 'new@example.com' });
    const signedUp = await resultOf<ISignUpResult>((callback) =>
      Pool.signUp('new', password, [email], [], callback),
    );
    expect(signedUp).toMatchObject({ userConfirmed: false, userSub: expect.any(String) });
    await expect(signIn()).rejects.toMatchObject({ name: 'UserNotConfirmedException' });
    const code = await stage.newestCode(UserPoolId, 'new', 'signUp');
    await resultOf((callback) => user.confirmRegistration(code, true, callback));
    expect((await signIn()).kind).toBe('signed in');

    await successOf((callbacks) => user.forgotPassword(callbacks));
    const reset = await stage.newestCode(UserPoolId, 'new', 'forgot');
    await successOf((callbacks) => user.confirmPassword(reset, 'Remembered-Contract-1', callbacks));
    expect((await signIn('Remembered-Contract-1')).kind).toBe('signed in');
  });
});

describe('E.3 amazon-cognito-identity-js and functions', () => {
  requires('functions');

  it('E.3 CUSTOM_AUTH with SRP first', async () => {
    const arn = `${stage.functionArnPrefix}custom-auth`;
    const custom = await stage.createPool({
      LambdaConfig: { DefineAuthChallenge: arn, CreateAuthChallenge: arn, VerifyAuthChallengeResponse: arn },
    });
    await stage.createUser(custom.UserPoolId, 'jane');
    const { user, signIn } = cognitoUser(stage, custom, 'jane');
    user.setAuthenticationFlowType('CUSTOM_AUTH');
    expect(await signIn()).toMatchObject({ kind: 'custom challenge', parameters: { question: '2 + 2' } });
    const done = await outcomeOf((callbacks) => user.sendCustomChallengeAnswer('4', callbacks));
    expect(done.kind).toBe('signed in');
  });
});
