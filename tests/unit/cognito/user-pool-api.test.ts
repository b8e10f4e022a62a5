import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changePassword } from '../../../lib/cognito/change-password.ts';
import { globalSignOut } from '../../../lib/cognito/global-sign-out.ts';
import { callUserPool } from '../../../lib/cognito/user-pool-api.ts';
import { type Config, parseConfig } from '../../../lib/config.ts';
import { randomSecret } from '../../support/app.ts';
import { type HostileUserPool, type Reply, startHostileUserPool } from '../../support/hostile-user-pool.ts';

let pool: HostileUserPool;
let config: Config;

beforeAll(async () => {
  pool = await startHostileUserPool();
  config = parseConfig({
    ...pool.environment,
    SESSION_SECRET: randomSecret(),
    ALLOW_INSECURE_USER_POOL: 'true',
  });
});
afterAll(() => pool.close());
beforeEach(() => pool.reset());

const refuses = (type: string, message = '', status = 400) =>
  pool.onApi(() => ({ status, body: { __type: type, message } }));

describe('a call of the JSON API', () => {
  it('names the operation and carries its input', async () => {
    expect(await callUserPool(config, 'GlobalSignOut', { AccessToken: 'a' })).toEqual({ kind: 'done' });
    expect(pool.apiRequests).toEqual([{ operation: 'GlobalSignOut', input: { AccessToken: 'a' } }]);
  });

  it.each(['NotAuthorizedException', 'com.amazonaws.cognito#NotAuthorizedException'])(
    'is refused by %s',
    async (type) => {
      refuses(type, 'Access Token has been revoked');
      expect(await callUserPool(config, 'GlobalSignOut', {})).toEqual({
        kind: 'refused',
        error: 'NotAuthorizedException',
        message: 'Access Token has been revoked',
      });
    },
  );

  it.each<[string, Reply]>([
    ['is a failure of its own', { status: 500, body: { __type: 'InternalErrorException', message: 'x' } }],
    ['is a page of a proxy', { status: 403, body: '<html>Forbidden</html>' }],
    ['is JSON of somebody else', { status: 404, body: { error: 'not_found' } }],
    ['breaks off', { reset: true }],
    ['redirects', { status: 302, headers: { location: 'https://evil.example/' } }],
    ['is too large', { body: 'x'.repeat(300_000) }],
  ])('IF-03 an answer that %s is none', async (_, reply) => {
    pool.onApi(() => reply);
    expect((await callUserPool(config, 'GlobalSignOut', {})).kind).toBe('unanswered');
    expect(await globalSignOut(config, 'a')).toBe(false);
  });
});

describe('changing a password', () => {
  const change = () => changePassword(config, { accessToken: 'a', current: 'old', proposed: 'new' });

  it('sends the token and both passwords, once', async () => {
    await change();
    const input = { AccessToken: 'a', PreviousPassword: 'old', ProposedPassword: 'new' };
    expect(pool.apiRequests).toEqual([{ operation: 'ChangePassword', input }]);
  });

  it.each([
    ['NotAuthorizedException', 'Incorrect username or password.', 'wrong_password'],
    ['NotAuthorizedException', 'Password attempts exceeded', 'too_many_attempts'],
    ['NotAuthorizedException', 'User password cannot be reset in the current state.', 'no_password'],
    ['NotAuthorizedException', 'Access Token has been revoked', 'session_refused'],
    ['NotAuthorizedException', 'Access Token does not have required scopes', 'session_refused'],
    ['UserNotFoundException', 'User does not exist.', 'session_refused'],
    ['InvalidPasswordException', 'Password did not conform with policy: too short', 'password_refused'],
    ['InvalidParameterException', "Value at 'proposedPassword' failed to satisfy", 'password_refused'],
    ['InvalidParameterException', "Value at 'previousPassword' failed to satisfy", 'wrong_password'],
    ['PasswordHistoryPolicyViolationException', '', 'password_used_before'],
    ['LimitExceededException', 'Attempt limit exceeded, please try after some time.', 'too_many_attempts'],
    ['TooManyRequestsException', 'Rate exceeded', 'too_many_attempts'],
  ])('%s with "%s" is %s', async (type, message, code) => {
    refuses(type, message);
    await expect(change()).rejects.toMatchObject({ name: 'AppError', code });
  });

  it('a user pool that fails is not answered by a second try, which could count as an attempt', async () => {
    refuses('InternalErrorException', '', 500);
    await expect(change()).rejects.toMatchObject({ code: 'password_uncertain' });
    expect(pool.apiRequests).toHaveLength(1);
  });
});
