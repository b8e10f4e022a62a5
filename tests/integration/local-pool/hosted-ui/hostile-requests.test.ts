import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FormBrowser } from './form-browser.ts';
import {
  ada,
  clientId,
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

const pages = ['login', 'signup', 'confirmUser', 'forgotPassword', 'confirmForgotPassword'];
const attack = `"'><script>alert(1)</script>`;

function expectNoMarkup(text: string): void {
  expect(text).not.toMatch(/<script/i);
}

describe('hosted pages under attack', () => {
  it.each([...pages, 'resendcode', 'challenge'])(
    'LP-10 a form for %s without our token is refused with 403',
    async (page) => {
      await browser.get(pageAddress('login'));
      const victim = browser.cookies.get('XSRF-TOKEN') ?? '';
      const stranger = pool.browse();
      await stranger.get(pageAddress('login'));
      const foreign = stranger.cookies.get('XSRF-TOKEN') ?? '';
      for (const token of ['', 'x', foreign, victim.slice(0, -1)]) {
        const answer = await browser.post(pageAddress(page), { ...ada, _csrf: token });
        expect(answer.status).toBe(403);
        expect(answer.text).toContain('Invalid request');
      }
      expect((await browser.post(pageAddress(page), ada)).status).toBe(403);
      expect((await pool.browse().post(pageAddress(page), { ...ada, _csrf: victim })).status).toBe(403);
      expect(browser.cookies.has('cognito')).toBe(false);
    },
  );

  it('the cookie’s value is the form’s value, as on Cognito', async () => {
    await browser.get(pageAddress('login'));
    const done = await browser.post(pageAddress('login'), {
      ...ada,
      _csrf: browser.cookies.get('XSRF-TOKEN') ?? '',
    });
    expect(done.status).toBe(303);
  });

  it('a post that is not a form is refused with 403, one that is too large with 413', async () => {
    await browser.get(pageAddress('login'));
    const cookie = `XSRF-TOKEN=${browser.cookies.get('XSRF-TOKEN')}`;
    const address = new URL(pageAddress('login'), pool.url);
    const json = await fetch(address, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ ...ada, _csrf: browser.cookies.get('XSRF-TOKEN') }),
    });
    expect(json.status).toBe(403);
    const large = await browser.post(pageAddress('login'), { ...ada, filler: 'x'.repeat(70_000) });
    expect(large.status).toBe(413);
  });

  it.each([...pages, 'error'])(
    'LP-10 %s has every protective header and never runs a script',
    async (page) => {
      const { headers } = await browser.get(pageAddress(page));
      expect(headers.get('content-type')).toMatch(/^text\/html; charset=utf-8$/i);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).toMatch(/style-src 'sha256-[A-Za-z0-9+/]{43}='/);
      expect(policy).toContain(
        page === 'error' ? "form-action 'self';" : "form-action 'self' http://localhost:3000;",
      );
      expect(policy).not.toMatch(/script-src|unsafe/);
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
    },
  );

  it.each(pages)('BS-19 %s renders markup in any parameter as text', async (page) => {
    const hostile = { state: attack, nonce: attack, login_hint: attack, notice: attack, lang: attack };
    const shown = await browser.get(pageAddress(page, hostile));
    expect(shown.status).toBe(200);
    expectNoMarkup(shown.text);
    const posted = await browser.submit(shown, page, { username: attack, password: attack, code: attack });
    expectNoMarkup(posted.text);
  });

  it('BS-19 the error page and the inbox render markup in any parameter as text', async () => {
    const query = new URLSearchParams({
      error: attack,
      error_description: attack,
      client_id: attack,
      state: attack,
    });
    const error = await browser.get(`/${userPoolId}/error?${query}`);
    expect(error.status).toBe(400);
    expect(error.text).toContain('&lt;script&gt;');
    expectNoMarkup(error.text);
    const inbox = await browser.get(
      `/inbox?${new URLSearchParams({ userPoolId: attack, username: attack })}`,
    );
    expect(inbox.status).toBe(200);
    expectNoMarkup(inbox.text);
    expectNoMarkup((await browser.get(`/${encodeURIComponent(attack)}/login`)).text);
  });

  it.each([...pages, 'challenge'])(
    'LP-03 %s with an address that is not registered shows an error page and goes nowhere',
    async (page) => {
      const evil = pageAddress(page, { redirect_uri: `${redirectUri}/../evil` });
      const answer = await browser.get(evil);
      expect(answer.status).toBe(302);
      expect(new URL(answer.location).origin).toBe(new URL(pool.url).origin);
      const error = await browser.get(answer.location);
      expect(error.status).toBe(400);
      expect(error.text).toContain('redirect_mismatch');
      const good = await browser.get(pageAddress('login'));
      const token = /name="_csrf" value="([^"]+)"/.exec(good.text)?.[1] ?? '';
      const posted = await browser.post(evil, { ...ada, _csrf: token });
      expect(posted.status).toBe(303);
      expect(new URL(posted.location).pathname).toBe(`/${userPoolId}/error`);
      expect(browser.cookies.has('cognito')).toBe(false);
    },
  );

  it('a request that is wrong but whose client is proven goes back to the client', async () => {
    const answer = await browser.get(pageAddress('login', { scope: 'openid offline_access' }));
    expect(answer.status).toBe(302);
    expect(answer.location.startsWith(`${redirectUri}?`)).toBe(true);
    expect(new URL(answer.location).searchParams.get('error')).toBe('invalid_request');
  });

  it('an unknown client, a missing client and an unknown pool are error pages', async () => {
    for (const address of [`/${userPoolId}/login`, pageAddress('login', { client_id: 'nobody' })]) {
      const answer = await browser.get(address);
      expect((await browser.get(answer.location)).status).toBe(400);
    }
    const unknown = await browser.get(`/us-east-1_Nowhere01/login?client_id=${clientId}`);
    expect(unknown.status).toBe(404);
    expect(unknown.text).toContain('No such user pool');
  });
});
