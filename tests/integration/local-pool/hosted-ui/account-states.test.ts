import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../../../../local-pool/src/model/user.ts';
import { findUserByTypedName, signInNames } from '../../../../local-pool/src/model/user-names.ts';
import type { UserPool } from '../../../../local-pool/src/model/user-pool.ts';
import { updateUser } from '../../../../local-pool/src/store/users.ts';
import type { FormBrowser } from './form-browser.ts';
import { type HostedPool, pageAddress, startHostedPool, userPoolId } from './hosted-pool.ts';

let pool: HostedPool;
let userPool: UserPool;
let browser: FormBrowser;

beforeAll(async () => {
  pool = await startHostedPool();
  const found = pool.pool.userPool(userPoolId);
  if (found === undefined) throw new Error('The template has lost its user pool.');
  userPool = found;
});
afterAll(() => pool.close());
beforeEach(() => {
  browser = pool.browse();
});

const password = 'Cabana-demo-1';

async function signInAs(username: string, change: Partial<User>) {
  const user = findUserByTypedName(pool.pool, userPool, username);
  if (user === undefined) throw new Error(`There is no demonstration user ${username}.`);
  updateUser(pool.pool, { ...user, ...change }, signInNames(userPool, user));
  return browser.submit(await browser.get(pageAddress('login')), 'login', { username, password });
}

describe('accounts that may not simply sign in', () => {
  it('a disabled user is told so, and no session is opened', async () => {
    const answer = await signInAs('ada@example.com', { enabled: false });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('User is disabled.');
    expect(browser.cookies.has('cognito')).toBe(false);
  });

  it('a user whose password an administrator reset chooses a new one', async () => {
    const answer = await signInAs('grace@example.com', { status: 'RESET_REQUIRED' });
    expect(answer.status).toBe(303);
    expect(new URL(answer.location).pathname).toBe(`/${userPoolId}/forgotPassword`);
    const page = await browser.get(answer.location);
    expect(page.text).toContain('value="grace@example.com"');
    expect(browser.cookies.has('cognito')).toBe(false);
  });

  it('a user with a temporary password chooses one of their own first', async () => {
    const answer = await signInAs('linus@example.com', { status: 'FORCE_CHANGE_PASSWORD' });
    expect(answer.status).toBe(303);
    expect((await browser.get(answer.location)).text).toContain('<h1>Choose a new password</h1>');
    expect(browser.cookies.has('cognito')).toBe(false);
  });

  it('where only administrators create users, nobody can sign up and no page offers it', async () => {
    const open = await browser.get(pageAddress('signup'));
    userPool.allowAdminCreateUserOnly = true;
    try {
      expect((await browser.get(pageAddress('login'))).text).not.toContain('Create an account');
      const closed = await browser.get(pageAddress('signup'));
      expect(closed.status).toBe(403);
      expect(closed.text).toContain('Sign-up is closed');
      const username = 'new@example.com';
      expect((await browser.submit(open, 'signup', { username, password })).status).toBe(403);
      expect(findUserByTypedName(pool.pool, userPool, username)).toBeUndefined();
    } finally {
      userPool.allowAdminCreateUserOnly = false;
    }
  });
});
