import { decodeJwt } from 'jose';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CognitoFetchOptions, createCognitoFetch } from '../../../lib/client/cognito-fetch.ts';
import { people } from '../../support/local-pool.ts';
import { type ScriptedApi, startScriptedApi } from './scripted-api.ts';
import { mobile, startWatchedPool, userPoolId, type WatchedPool, web } from './watched-pool.ts';

let pool: WatchedPool;
let api: ScriptedApi;

beforeAll(async () => {
  [pool, api] = await Promise.all([startWatchedPool(), startScriptedApi()]);
});
afterAll(async () => {
  await Promise.all([pool.close(), api.close()]);
});
beforeEach(() => {
  pool.calls.length = 0;
  pool.answer = undefined;
  pool.breaks = false;
  api.received.length = 0;
});

const open = (options: Partial<CognitoFetchOptions> = {}) =>
  createCognitoFetch({
    ...mobile,
    endpoint: pool.endpoint,
    baseUrl: api.url,
    signIn: people.ada,
    allowInsecureRequests: true,
    ...options,
  });

const sentToken = (): string => String(api.received.at(-1)?.headers.authorization).replace('Bearer ', '');

describe('a sign-in by SRP', () => {
  it.each([
    ['without a secret', mobile],
    ['with a secret', web],
  ])('of an app client %s puts the access token into the header', async (_, client) => {
    const answer = await open(client)('/notes');
    expect(answer.status).toBe(200);
    expect(decodeJwt(sentToken())).toMatchObject({ token_use: 'access', client_id: client.clientId });
    expect(pool.calls).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
  });

  it('puts the ID token into a header of another name when it is told to', async () => {
    await open({ token: 'id', header: 'X-Token', prefix: '' })('/notes');
    expect(decodeJwt(String(api.received.at(-1)?.headers['x-token']))).toMatchObject({
      token_use: 'id',
      email: people.ada.username,
    });
    expect(api.received.at(-1)?.headers.authorization).toBeUndefined();
  });

  it('happens when the first request is made, and once for a hundred callers', async () => {
    const fetch = open();
    expect(pool.calls).toEqual([]);
    await Promise.all(Array.from({ length: 100 }, () => fetch('/notes')));
    expect(api.received).toHaveLength(100);
    expect(new Set(api.received.map(({ headers }) => headers.authorization)).size).toBe(1);
    expect(pool.calls).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
  });

  it('with a wrong password is refused, once and for all, without saying the password', async () => {
    const fetch = open({ signIn: { ...people.ada, password: 'not-Adas-password-1' } });
    const refused = { name: 'CognitoFetchError', code: 'sign_in_refused', reason: 'NotAuthorizedException' };
    const errors = await Promise.all(Array.from({ length: 20 }, () => fetch('/').catch((error) => error)));
    for (const error of errors) expect(error).toMatchObject(refused);
    expect(JSON.stringify(errors, ['message', 'stack', 'cause'])).not.toContain('not-Adas-password-1');
    await expect(fetch('/')).rejects.toMatchObject(refused);
    expect(pool.calls).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
    expect(api.received).toEqual([]);
  });

  it('that the user pool does not answer may be tried again', async () => {
    const fetch = open();
    const unavailable = { code: 'user_pool_unavailable' };
    pool.breaks = true;
    await expect(fetch('/')).rejects.toMatchObject(unavailable);
    pool.breaks = false;
    pool.answer = {
      status: 400,
      headers: ['content-type', 'application/x-amz-json-1.1'],
      body: Buffer.from('{"__type":"TooManyRequestsException","message":"Rate exceeded"}'),
    };
    await expect(fetch('/')).rejects.toMatchObject({ ...unavailable, reason: 'TooManyRequestsException' });
    expect(pool.calls).toEqual(['InitiateAuth', 'InitiateAuth']);
    pool.answer = undefined;
    expect((await fetch('/')).status).toBe(200);
  });

  it('is given up by the caller whose signal says so, and goes on for the others', async () => {
    const fetch = open();
    const reason = new Error('enough');
    const other = fetch('/other');
    await expect(fetch('/', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const impatient = fetch('/impatient', { signal: controller.signal });
    controller.abort(reason);
    await expect(impatient).rejects.toBe(reason);
    expect((await other).status).toBe(200);
    expect(api.received.map(({ path }) => path)).toEqual(['/other']);
  });
});

describe('what a sign-in asks for besides the password', () => {
  const temporary = 'Temporary-Cabana-1';
  const choose = () => ({ NEW_PASSWORD: people.ada.password });
  const type = (code: string) => async () => ({ SOFTWARE_TOKEN_MFA_CODE: code });

  it('a new password', async () => {
    const username = 'new@example.com';
    await pool.api.adminCreateUser({
      UserPoolId: userPoolId,
      Username: username,
      TemporaryPassword: temporary,
    });
    const signIn = { username, password: temporary };
    await expect(open({ signIn })('/')).rejects.toMatchObject({
      code: 'challenge_unanswered',
      reason: 'NEW_PASSWORD_REQUIRED',
    });
    const fetch = open({
      signIn,
      onChallenge: { NEW_PASSWORD_REQUIRED: choose },
    });
    expect((await fetch('/')).status).toBe(200);
    expect((await open({ signIn: { username, password: people.ada.password } })('/')).status).toBe(200);
  });

  it('the code of an authenticator app', async () => {
    const AccessToken = await open({ signIn: people.linus }).token();
    const { SecretCode = '' } = await pool.api.associateSoftwareToken({ AccessToken });
    // A code is good for one use, and codes of the period before and after are taken as well.
    const code = (period: number) =>
      new TOTP({ secret: Secret.fromBase32(SecretCode) }).generate({
        timestamp: Date.now() + period * 30_000,
      });
    await pool.api.verifySoftwareToken({ AccessToken, UserCode: code(-1) });
    await pool.api.setUserMFAPreference({
      AccessToken,
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
    });

    const signIn = people.linus;
    await expect(open({ signIn })('/')).rejects.toMatchObject({
      code: 'challenge_unanswered',
      reason: 'SOFTWARE_TOKEN_MFA',
    });
    const wrong = open({
      signIn,
      onChallenge: { SOFTWARE_TOKEN_MFA: type('000000') },
    });
    await expect(wrong('/')).rejects.toMatchObject({
      code: 'sign_in_refused',
      reason: 'CodeMismatchException',
    });
    const right = open({
      signIn,
      onChallenge: { SOFTWARE_TOKEN_MFA: type(code(0)) },
    });
    expect((await right('/')).status).toBe(200);
  });
});

describe('options', () => {
  it.each<[string, object]>([
    ['baseUrl must be https', { allowInsecureRequests: false }],
    ['endpoint must be https', { baseUrl: 'https://api.example.com', allowInsecureRequests: undefined }],
    ['signIn must be a username and a password, or a refreshToken', { signIn: { username: 'ada' } }],
    ['userPoolId must look like', { userPoolId: 'secret-that-slipped' }],
    ['prefix must be plain text', { prefix: 'a\r\nb' }],
  ])('%s', (message, options) => {
    expect(() => open(options)).toThrow(
      expect.objectContaining({ code: 'invalid_options', message: expect.stringContaining(message) }),
    );
    expect(() => open(options)).not.toThrow(/secret-that-slipped/);
  });
});
