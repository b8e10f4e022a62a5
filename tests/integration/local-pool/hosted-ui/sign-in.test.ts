import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FormBrowser } from './form-browser.ts';
import {
  ada,
  authorizeParameters,
  type HostedPool,
  pageAddress,
  redirectUri,
  startHostedPool,
  userPoolId,
} from './hosted-pool.ts';

let pool: HostedPool;
let browser: FormBrowser;

beforeAll(async () => {
  pool = await startHostedPool();
});
afterAll(() => pool.close());
beforeEach(() => {
  browser = pool.browse();
});

const linus = { username: 'linus@example.com', password: 'Cabana-demo-1' };
const grace = { username: 'grace@example.com', password: 'Cabana-demo-1' };

describe('sign-in page', () => {
  it('/oauth2/authorize leads to the page, and the right password leads back to the client with a code', async () => {
    const start = await browser.get(pageAddress('oauth2/authorize'));
    expect(start.status).toBe(302);
    expect(new URL(start.location).pathname).toBe(`/${userPoolId}/login`);
    const page = await browser.get(start.location);
    expect(page.status).toBe(200);
    expect(page.text).toContain('<h1>Sign in</h1>');
    expect(page.text).toContain('Local user pool');
    const done = await browser.submit(page, 'login', ada);
    const target = new URL(done.location);
    expect(target.origin + target.pathname).toBe(redirectUri);
    expect(target.searchParams.get('state')).toBe('state-1');
    expect(target.searchParams.get('code')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('OF-13 a successful form post is answered with 303', async () => {
    const done = await browser.submit(await browser.get(pageAddress('login')), 'login', ada);
    expect(done.status).toBe(303);
  });

  it('LP-10 a session that the browser brought is closed and a new one opened at every sign-in', async () => {
    await browser.submit(await browser.get(pageAddress('login')), 'login', ada);
    const first = browser.cookies.get('cognito') ?? '';
    await browser.submit(await browser.get(pageAddress('login')), 'login', grace);
    expect(browser.cookies.get('cognito')).not.toBe(first);
    const thief = pool.browse();
    thief.cookies.set('cognito', first);
    const asked = await thief.get(pageAddress('oauth2/authorize'));
    expect(new URL(asked.location).pathname).toBe(`/${userPoolId}/login`);
  });

  it('LP-10 a session cookie that somebody planted is not taken over', async () => {
    browser.cookies.set('cognito', 'planted');
    await browser.submit(await browser.get(pageAddress('login')), 'login', ada);
    expect(browser.cookies.get('cognito')).toMatch(/^[\w-]{43}$/);
  });

  it('the session cookie is HttpOnly, SameSite=Lax, for this pool only, and lives an hour', async () => {
    const done = await browser.submit(await browser.get(pageAddress('login')), 'login', ada);
    const cookie = done.headers.getSetCookie().find((line) => line.startsWith('cognito='));
    expect(cookie?.split('; ').slice(1).sort()).toEqual(
      ['HttpOnly', 'Max-Age=3600', `Path=/${userPoolId}`, 'SameSite=Lax'].sort(),
    );
  });

  it('a wrong password shows the page again with the user name and without the password', async () => {
    const page = await browser.get(pageAddress('login'));
    const again = await browser.submit(page, 'login', { ...ada, password: 'Wrong-password-1' });
    expect(again.status).toBe(400);
    expect(again.text).toContain('role="alert" id="error">Incorrect username or password.</p>');
    expect(again.text).toContain('value="ada@example.com"');
    expect(again.text).not.toContain('Wrong-password-1');
    expect(again.text).toContain('<title>Error: Sign in');
    expect(browser.cookies.has('cognito')).toBe(false);
    expect((await browser.submit(again, 'login', ada)).status).toBe(303);
  });

  it('LP-08 an unknown user is answered with the same page as a wrong password', async () => {
    const page = await browser.get(pageAddress('login'));
    const password = 'Wrong-password-1';
    const known = await browser.submit(page, 'login', { username: 'linus@example.com', password });
    const unknown = await browser.submit(page, 'login', { username: 'nobody@example.com', password });
    expect(unknown.status).toBe(known.status);
    expect(unknown.text).toBe(known.text.replaceAll('linus@', 'nobody@'));
  });

  it('LP-07 five wrong passwords lock the account for a second, also against the right one', async () => {
    const page = await browser.get(pageAddress('login'));
    for (let attempt = 0; attempt < 5; attempt++)
      await browser.submit(page, 'login', { ...linus, password: `Wrong-${attempt}` });
    const locked = await browser.submit(page, 'login', linus);
    expect(locked.status).toBe(400);
    expect(locked.text).toContain('Password attempts exceeded');
    pool.clock.advance(1001);
    expect((await browser.submit(page, 'login', linus)).status).toBe(303);
  });

  it('prompt=login shows the page even to a browser with a session', async () => {
    await browser.submit(await browser.get(pageAddress('login')), 'login', ada);
    const plain = await browser.get(pageAddress('oauth2/authorize'));
    expect(plain.location).toContain(redirectUri);
    const forced = await browser.get(pageAddress('oauth2/authorize', { prompt: 'login' }));
    expect(new URL(forced.location).pathname).toBe(`/${userPoolId}/login`);
    expect((await browser.submit(await browser.get(forced.location), 'login', ada)).status).toBe(303);
  });

  it('prompt=none at the page itself goes back to the client with login_required', async () => {
    const answer = await browser.get(pageAddress('login', { prompt: 'none' }));
    expect(answer.status).toBe(302);
    expect(new URL(answer.location).searchParams.get('error')).toBe('login_required');
    expect(new URL(answer.location).searchParams.get('state')).toBe('state-1');
  });

  it('login_hint fills in the user name', async () => {
    const page = await browser.get(pageAddress('login', { login_hint: 'grace@example.com' }));
    expect(page.text).toContain('value="grace@example.com"');
  });

  it('a page left open for more than five minutes must be started again', async () => {
    const page = await browser.get(pageAddress('login'));
    pool.clock.advance(5 * 60_000);
    const inTime = await browser.submit(page, 'login', { ...ada, password: 'Wrong-password-1' });
    expect(inTime.text).toContain('Incorrect username or password.');
    pool.clock.advance(1);
    const late = await browser.submit(inTime, 'login', ada);
    expect(late.status).toBe(400);
    expect(late.text).toContain('Something went wrong');
    expect(browser.cookies.has('cognito')).toBe(false);
    const [, restart = ''] = /class="button" href="([^"]+)"/.exec(late.text) ?? [];
    const fresh = await browser.get(restart.replaceAll('&amp;', '&'));
    expect((await browser.submit(await browser.get(fresh.location), 'login', ada)).status).toBe(303);
  });

  it('two tabs of one browser can both finish, in either order', async () => {
    const start = async () => browser.get((await browser.get(pageAddress('oauth2/authorize'))).location);
    const [first, second] = [await start(), await start()];
    expect((await browser.submit(second, 'login', grace)).status).toBe(303);
    expect((await browser.submit(first, 'login', grace)).status).toBe(303);
  });

  it('every page carries the whole authorization request on', async () => {
    const page = await browser.get(pageAddress('login'));
    const [, link = ''] = /href="([^"]+)">Forgot/.exec(page.text) ?? [];
    const query = new URL(link.replaceAll('&amp;', '&'), pool.url).searchParams;
    expect(Object.fromEntries(query)).toEqual(authorizeParameters);
  });
});
