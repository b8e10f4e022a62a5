import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FormBrowser, Page } from './form-browser.ts';
import { type HostedPool, pageAddress, redirectUri, startHostedPool, userPoolId } from './hosted-pool.ts';

let pool: HostedPool;
let browser: FormBrowser;

beforeAll(async () => {
  pool = await startHostedPool();
});
afterAll(() => pool.close());
beforeEach(() => {
  browser = pool.browse();
});

const password = 'Katherine-1918!';

async function signUp(username: string): Promise<Page> {
  const page = await browser.get(pageAddress('signup'));
  const answer = await browser.submit(page, 'signup', { username, password });
  expect(answer.status).toBe(303);
  return browser.get(answer.location);
}

describe('sign-up', () => {
  it('a new person gets a code in the inbox, confirms with it and is signed in', async () => {
    const username = 'katherine@example.com';
    const confirm = await signUp(username);
    expect(confirm.text).toContain('k***@e***');
    expect(confirm.location).not.toContain('katherine');
    const code = await pool.newestCode(username, 'signUp');
    expect((await browser.get('/inbox')).text).toContain(code);
    const done = await browser.submit(confirm, 'confirmUser', { code });
    expect(done.status).toBe(303);
    expect(done.location.startsWith(`${redirectUri}?`)).toBe(true);
    expect(browser.cookies.has('page-data')).toBe(false);
    const again = await browser.submit(await browser.get(pageAddress('login')), 'login', {
      username,
      password,
    });
    expect(again.location.startsWith(`${redirectUri}?`)).toBe(true);
  });

  it('a wrong code shows the page again, and a new code makes the older one worthless', async () => {
    const username = 'dorothy@example.com';
    const confirm = await signUp(username);
    const older = await pool.newestCode(username, 'signUp');
    const wrong = await browser.submit(confirm, 'confirmUser', {
      code: older === '000000' ? '000001' : '000000',
    });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('Invalid verification code provided, please try again.');
    const resent = await browser.submit(wrong, 'resendcode');
    expect(resent.status).toBe(303);
    const page = await browser.get(resent.location);
    expect(page.text).toContain('We sent a new code.');
    const newer = await pool.newestCode(username, 'signUp');
    if (newer !== older)
      expect((await browser.submit(page, 'confirmUser', { code: older })).status).toBe(400);
    const done = await browser.submit(page, 'confirmUser', { code: newer });
    expect(done.location.startsWith(`${redirectUri}?`)).toBe(true);
  });

  it('a code entered in another browser confirms the account and asks for the password', async () => {
    const username = 'mary@example.com';
    await signUp(username);
    const code = await pool.newestCode(username, 'signUp');
    const other = pool.browse();
    const done = await other.submit(await other.get(pageAddress('confirmUser')), 'confirmUser', {
      username,
      code,
    });
    expect(done.status).toBe(303);
    expect(new URL(done.location).pathname).toBe(`/${userPoolId}/login`);
    expect(other.cookies.has('cognito')).toBe(false);
    const login = await other.get(done.location);
    expect(login.text).toContain('Your account is confirmed.');
    expect(login.text).toContain('value="mary@example.com"');
    expect((await other.submit(login, 'login', { username, password })).status).toBe(303);
  });

  it('an unconfirmed person who signs in is asked for the code and then let in', async () => {
    const username = 'annie@example.com';
    await signUp(username);
    const later = pool.browse();
    const asked = await later.submit(await later.get(pageAddress('login')), 'login', { username, password });
    expect(new URL(asked.location).pathname).toBe(`/${userPoolId}/confirmUser`);
    const code = await pool.newestCode(username, 'signUp');
    const done = await later.submit(await later.get(asked.location), 'confirmUser', { code });
    expect(done.location.startsWith(`${redirectUri}?`)).toBe(true);
  });

  it('the link of a verification message confirms without signing in', async () => {
    const username = 'hedy@example.com';
    await signUp(username);
    const query = new URLSearchParams({
      client_id: 'cabanaweb00000000000000001',
      user_name: username,
      confirmation_code: await pool.newestCode(username, 'signUp'),
    });
    const other = pool.browse();
    const moved = await other.get(`/${userPoolId}/confirm?${query}`);
    expect(moved.status).toBe(302);
    const page = await other.get(moved.location);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Account confirmed');
    expect(other.cookies.has('cognito')).toBe(false);
    expect((await other.get(moved.location)).status).toBe(400);
  });

  it('a weak password is refused with the rule it breaks, and is not shown again', async () => {
    const page = await browser.get(pageAddress('signup'));
    const again = await browser.submit(page, 'signup', {
      username: 'joan@example.com',
      password: 'lower-only',
    });
    expect(again.status).toBe(400);
    expect(again.text).toContain('Password did not conform with policy');
    expect(again.text).toMatch(/id="password"[^>]*aria-invalid="true"/);
    expect(again.text).toContain('value="joan@example.com"');
    expect(again.text).not.toContain('lower-only');
  });

  it('a name that is taken and a name that is no address are refused at their field', async () => {
    const page = await browser.get(pageAddress('signup'));
    const taken = await browser.submit(page, 'signup', { username: 'ada@example.com', password });
    expect(taken.status).toBe(400);
    expect(taken.text).toContain('An account with the given email already exists.');
    expect(taken.text).toMatch(/id="username"[^>]*aria-invalid="true"/);
    const wrong = await browser.submit(page, 'signup', { username: 'ada', password });
    expect(wrong.text).toContain('Username should be an email.');
  });
});
