import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startUserPoolApi, type UserPoolApi } from '../api-users/user-pool-api.ts';
import {
  appCode,
  type ChallengePool,
  createChallengePool,
  isSignedIn,
  shownSecret,
} from './challenge-pool.ts';
import type { FormBrowser, Page } from './form-browser.ts';

let running: UserPoolApi;
let pool: ChallengePool;
let other: ChallengePool;
let browser: FormBrowser;

const attack = `"'><script>alert(1)</script>`;
const mfa = { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } } as const;
const rightCode = (page: Page) => appCode(shownSecret(page), running.clock.now());

beforeAll(async () => {
  running = await startUserPoolApi();
  pool = await createChallengePool(running, { mfa, pool: { PoolName: 'hostile' } });
  other = await createChallengePool(running, { mfa });
  for (const { UserPoolId } of [pool, other])
    for (const name of ['ada', 'bob', 'eve'])
      await running.createUser(UserPoolId, name, { email: `${name}@example.com` });
});
afterAll(() => running.close());
beforeEach(() => {
  browser = pool.browse();
});

describe('challenge pages under attack', () => {
  it('LP-10 a form without our token, or with another browser’s, is refused with 403', async () => {
    const page = await pool.toChallenge(browser, 'ada');
    const stranger = pool.browse();
    await stranger.get(pool.address('login'));
    for (const _csrf of ['', 'x', stranger.cookies.get('XSRF-TOKEN') ?? '']) {
      const answer = await browser.submit(page, 'challenge', { _csrf, code: rightCode(page) });
      expect(answer.status).toBe(403);
    }
    expect(browser.cookies.has('cognito')).toBe(false);
    expect(isSignedIn(await browser.submit(page, 'challenge', { code: rightCode(page) }))).toBe(true);
  });

  it('LP-10 the page cannot be framed, runs no script, is not stored, and names no session in its address', async () => {
    const answer = await pool.signIn(browser, 'bob');
    const { headers, location } = await browser.get(answer.location);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src|unsafe/);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect([...new URL(location).searchParams.keys()].sort()).toEqual(
      ['client_id', 'redirect_uri', 'response_type', 'scope', 'state'].sort(),
    );
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('page-data='));
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toContain(`Path=/${pool.UserPoolId}`);
    expect(cookie).toMatch(/SameSite=Lax/i);
  });

  it('LP-10 BS-19 a user name, an app name and a wrong code are shown as text', async () => {
    const named = await createChallengePool(running, { mfa, client: { ClientName: 'A b' } });
    await running.createUser(named.UserPoolId, attack, { email: 'x@example.com' });
    const tab = named.browse();
    const page = await named.toChallenge(tab, attack);
    const wrong = await tab.submit(page, 'challenge', { code: attack });
    for (const { text } of [page, wrong]) {
      expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(text).not.toMatch(/<script/i);
    }
  });

  it('a challenge that was sealed by nobody here, or for another pool, leads back to the sign-in page', async () => {
    const page = await pool.toChallenge(browser, 'eve');
    const tab = other.browse();
    const foreign = await other.toChallenge(tab, 'eve');
    const sealedElsewhere = /name="_challenge" value="([^"]+)"/.exec(foreign.text)?.[1] ?? '';
    const own = /name="_challenge" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const [text = '', mac = ''] = own.split('.');
    const changed = JSON.parse(Buffer.from(text, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...changed, provenSub: 'x' })).toString('base64url');
    for (const _challenge of ['', 'x', sealedElsewhere, `${forged}.${mac}`]) {
      const answer = await browser.submit(page, 'challenge', { _challenge, code: rightCode(page) });
      expect(new URL(answer.location).pathname).toBe(`/${pool.UserPoolId}/login`);
    }
    expect(browser.cookies.has('cognito')).toBe(false);
  });

  it('the session of one app client is worth nothing at another', async () => {
    const { ClientId } = await running.createClient(pool.UserPoolId, {
      CallbackURLs: ['http://localhost:8400/callback'],
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      AllowedOAuthFlowsUserPoolClient: true,
      SupportedIdentityProviders: ['COGNITO'],
    });
    const page = await pool.toChallenge(browser, 'eve');
    const fields = Object.fromEntries(
      [...page.text.matchAll(/name="(_csrf|_challenge)" value="([^"]+)"/g)].map(([, name, value]) => [
        name,
        value,
      ]),
    ) as Record<string, string>;
    const answer = await browser.post(pool.address('challenge', { client_id: ClientId }), {
      ...fields,
      code: rightCode(page),
    });
    expect(new URL(answer.location).pathname).toBe(`/${pool.UserPoolId}/login`);
    expect(browser.cookies.has('cognito')).toBe(false);
  });

  it('LP-10 a session that was planted before the challenge is not the one after it', async () => {
    browser.cookies.set('cognito', 'planted');
    const page = await pool.toChallenge(browser, 'bob');
    expect(isSignedIn(await browser.submit(page, 'challenge', { code: rightCode(page) }))).toBe(true);
    expect(browser.cookies.get('cognito')).toMatch(/^[\w-]{43}$/);
  });

  it('of parallel answers to one challenge one signs in', async () => {
    await running.createUser(pool.UserPoolId, 'par', { email: 'par@example.com' });
    const page = await pool.toChallenge(browser, 'par');
    const code = rightCode(page);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => browser.submit(page, 'challenge', { code })),
    );
    expect(answers.filter(isSignedIn)).toHaveLength(1);
  });

  it('a disabled user gets no further than the challenge', async () => {
    await running.createUser(pool.UserPoolId, 'off', { email: 'off@example.com' });
    const page = await pool.toChallenge(browser, 'off');
    await running.api.adminDisableUser({ UserPoolId: pool.UserPoolId, Username: 'off' });
    await browser.submit(page, 'challenge', { code: rightCode(page) });
    expect(browser.cookies.has('cognito')).toBe(false);
  });
});
