import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attributeRecord, startUserPoolApi, type UserPoolApi } from '../api-users/user-pool-api.ts';
import { type ChallengePool, createChallengePool, heading, isSignedIn, temporary } from './challenge-pool.ts';
import type { FormBrowser } from './form-browser.ts';

let running: UserPoolApi;
let pool: ChallengePool;
let browser: FormBrowser;

const own = 'My-own-password-1';

async function invite(Username: string): Promise<void> {
  await running.api.adminCreateUser({
    UserPoolId: pool.UserPoolId,
    Username,
    TemporaryPassword: temporary,
    MessageAction: 'SUPPRESS',
  });
}

const status = async (Username: string) =>
  (await running.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username })).UserStatus;

beforeAll(async () => {
  running = await startUserPoolApi();
  pool = await createChallengePool(running, {
    pool: { Schema: [{ Name: 'given_name', Required: true, Mutable: true }] },
  });
});
afterAll(() => running.close());
beforeEach(() => {
  browser = pool.browse();
});

describe('a temporary password at the pages', () => {
  it('gives way to one of the person’s own, together with required attributes', async () => {
    await invite('tess');
    const page = await pool.toChallenge(browser, 'tess', temporary);
    expect(page.status).toBe(200);
    expect(heading(page)).toBe('Choose a new password');
    expect(page.text).toContain('Given name');
    const done = await browser.submit(page, 'challenge', {
      password: own,
      'requiredAttributes[given_name]': 'Tess',
    });
    expect(isSignedIn(done)).toBe(true);
    expect(await status('tess')).toBe('CONFIRMED');
    const { UserAttributes } = await running.api.adminGetUser({
      UserPoolId: pool.UserPoolId,
      Username: 'tess',
    });
    expect(attributeRecord(UserAttributes).given_name).toBe('Tess');
    expect(isSignedIn(await pool.signIn(pool.browse(), 'tess', own))).toBe(true);
    expect((await pool.signIn(pool.browse(), 'tess', temporary)).status).toBe(400);
  });

  it('a weak password or a missing attribute is refused on the page, which keeps what was typed but the password', async () => {
    await invite('tim');
    const page = await pool.toChallenge(browser, 'tim', temporary);
    const weak = await browser.submit(page, 'challenge', {
      password: 'weak-one',
      'requiredAttributes[given_name]': '<b>Tim</b>',
    });
    expect(weak.status).toBe(400);
    expect(weak.text).toContain('Password did not conform with policy');
    expect(weak.text).toContain('value="&lt;b&gt;Tim&lt;/b&gt;"');
    expect(weak.text).not.toContain('weak-one');
    const missing = await browser.submit(weak, 'challenge', { password: own });
    expect(missing.status).toBe(400);
    expect(missing.text).toContain('given_name');
    expect(await status('tim')).toBe('FORCE_CHANGE_PASSWORD');
    expect(browser.cookies.has('cognito')).toBe(false);
  });

  it('an attribute that is not asked for cannot be slipped in', async () => {
    await invite('tara');
    const page = await pool.toChallenge(browser, 'tara', temporary);
    await browser.submit(page, 'challenge', {
      password: own,
      'requiredAttributes[given_name]': 'Tara',
      'requiredAttributes[email]': 'someone-else@example.com',
      'userAttributes.email_verified': 'true',
    });
    const { UserAttributes } = await running.api.adminGetUser({
      UserPoolId: pool.UserPoolId,
      Username: 'tara',
    });
    expect(Object.keys(attributeRecord(UserAttributes)).sort()).toEqual(['given_name', 'sub']);
  });

  it('a temporary password that is too old is refused', async () => {
    await invite('theo');
    running.clock.advance(8 * 24 * 60 * 60 * 1000);
    const answer = await pool.signIn(browser, 'theo', temporary);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('Temporary password has expired');
  });
});
