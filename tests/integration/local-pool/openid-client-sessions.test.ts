import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FormBrowser } from './hosted-ui/form-browser.ts';
import {
  authorizeParameters,
  type HostedPool,
  startHostedPool,
  userPoolId,
} from './hosted-ui/hosted-pool.ts';
import { authorize, fillIn, type RelyingParty, relyingParty, required, signIn } from './relying-party.ts';

let pool: HostedPool;
let web: RelyingParty;
let mobile: RelyingParty;
let browser: FormBrowser;

beforeAll(async () => {
  pool = await startHostedPool();
  web = await relyingParty(pool.url, 'web');
  mobile = await relyingParty(pool.url, 'mobile');
});
afterAll(() => pool.close());
beforeEach(() => {
  browser = pool.browse();
});

const minute = 60_000;
const loginPage = `/${userPoolId}/login`;

/** Where a new authorization request takes the browser. */
async function destination(parameters: Record<string, string> = {}, party = web): Promise<string> {
  const { location } = await browser.get((await authorize(party, parameters)).address);
  return location.startsWith(party.redirectUri) ? 'application' : new URL(location).pathname;
}

describe('hosted session', () => {
  it('signs in at every client without a form, with the time of the one interactive sign-in', async () => {
    const first = await signIn(browser, web);
    pool.clock.advance(minute);
    const authorization = await authorize(mobile);
    const second = await authorization.finish((await browser.get(authorization.address)).location);
    const [before, after] = [decodeJwt(required(first.id_token)), decodeJwt(required(second.id_token))];
    expect(after.auth_time).toBe(before.auth_time);
    expect(Number(after.iat)).toBe(Number(before.iat) + 60);
    expect(after.sub).toBe(before.sub);
    expect(after.origin_jti).not.toBe(before.origin_jti);
  });

  it('ends an hour after the sign-in, although it was used in between', async () => {
    await signIn(browser, web);
    pool.clock.advance(40 * minute);
    expect(await destination()).toBe('application');
    pool.clock.advance(20 * minute - 1);
    expect(await destination()).toBe('application');
    pool.clock.advance(1);
    expect(await destination()).toBe(loginPage);
  });
});

describe('prompt', () => {
  it('none without a session goes back with login_required, which openid-client reports', async () => {
    const authorization = await authorize(web, { prompt: 'none' });
    const { location } = await browser.get(authorization.address);
    await expect(authorization.finish(location)).rejects.toMatchObject({ error: 'login_required' });
  });

  it('none with a session goes back with a code', async () => {
    await signIn(browser, web);
    const authorization = await authorize(web, { prompt: 'none' });
    const tokens = await authorization.finish((await browser.get(authorization.address)).location);
    expect(tokens.claims()?.email).toBe('ada@example.com');
  });

  it('login asks again in spite of a session, and the new sign-in has its own time', async () => {
    const first = await signIn(browser, web);
    pool.clock.advance(minute);
    const authorization = await authorize(web, { prompt: 'login' });
    const second = await authorization.finish(await fillIn(browser, authorization.address));
    const [before, after] = [decodeJwt(required(first.id_token)), decodeJwt(required(second.id_token))];
    expect(Number(after.auth_time)).toBe(Number(before.auth_time) + 60);
  });
});

describe('logout', () => {
  const logoutUri = 'http://localhost:3000/';
  const address = (parameters: Record<string, string>) =>
    client.buildEndSessionUrl(web.config, parameters).href;

  it('goes to the registered logout_uri, ends the session for good and leaves the tokens alone', async () => {
    const { refresh_token } = await signIn(browser, web);
    const cookie = browser.cookies.get('cognito') ?? '';
    const answer = await browser.get(address({ logout_uri: logoutUri }));
    expect([answer.status, answer.location]).toEqual([302, logoutUri]);
    expect(browser.cookies.has('cognito')).toBe(false);
    browser.cookies.set('cognito', cookie);
    expect(await destination()).toBe(loginPage);
    expect(await client.refreshTokenGrant(web.config, required(refresh_token))).toHaveProperty('id_token');
  });

  it('with a redirect_uri ends the session and shows the sign-in page, which leads back', async () => {
    await signIn(browser, web);
    const answer = await browser.get(address(authorizeParameters));
    expect(answer.status).toBe(302);
    expect(new URL(answer.location).pathname).toBe(loginPage);
    expect(browser.cookies.has('cognito')).toBe(false);
    const authorization = await authorize(web);
    const query = new URL(authorization.address).searchParams;
    const again = await browser.get(address(Object.fromEntries(query)));
    const page = await browser.get(again.location);
    const person = { username: 'ada@example.com', password: 'Cabana-demo-1' };
    const tokens = await authorization.finish((await browser.submit(page, 'login', person)).location);
    expect(tokens.claims()?.email).toBe('ada@example.com');
  });

  it.each(['http://localhost:3000', 'http://localhost:3000/signed-out', 'https://elsewhere.example/'])(
    'never goes to %s, which is not registered',
    async (uri) => {
      await signIn(browser, web);
      const answer = await browser.get(address({ logout_uri: uri }));
      expect(new URL(answer.location).pathname).toBe(`/${userPoolId}/error`);
      const page = await browser.get(answer.location);
      expect(page.status).toBe(400);
      expect(page.text).toContain('redirect_uri');
      expect(await destination()).toBe('application');
    },
  );

  it('without a session goes to the logout_uri all the same', async () => {
    expect((await browser.get(address({ logout_uri: logoutUri }))).location).toBe(logoutUri);
  });
});
