import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AuthApi, lambdaConfig, startAuthApi } from '../api-auth/auth-api.ts';
import {
  appCode,
  type ChallengePool,
  createChallengePool,
  isSignedIn,
  shownSecret,
} from './challenge-pool.ts';
import type { FormBrowser } from './form-browser.ts';

let running: AuthApi;
let plain: ChallengePool;
let strict: ChallengePool;
let browser: FormBrowser;

beforeAll(async () => {
  running = await startAuthApi();
  const pool = {
    LambdaConfig: lambdaConfig('PreAuthentication', 'PostAuthentication', 'CustomMessage'),
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only' as const, Priority: 1 }] },
  };
  plain = await createChallengePool(running, { pool });
  strict = await createChallengePool(running, {
    pool,
    mfa: {
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      EmailMfaConfiguration: {},
    },
  });
  await running.createUser(plain.UserPoolId, 'ada', { email: 'ada@example.com' });
  await running.createUser(strict.UserPoolId, 'bare');
  await running.createUser(strict.UserPoolId, 'mail', { email: 'mail@example.com' });
});
afterAll(() => running.close());
beforeEach(() => {
  running.resetTriggers();
  browser = plain.browse();
});

const sources = () => running.events.map(({ triggerSource }) => triggerSource);

describe('triggers of a sign-in with challenges at the pages', () => {
  it('post authentication runs once, after the last challenge', async () => {
    const page = await strict.toChallenge(browser, 'bare');
    expect(sources()).toEqual(['PreAuthentication_Authentication']);
    const code = appCode(shownSecret(page), running.clock.now());
    expect(isSignedIn(await browser.submit(page, 'challenge', { code }))).toBe(true);
    expect(sources()).toEqual(['PreAuthentication_Authentication', 'PostAuthentication_Authentication']);
  });

  it('a post authentication trigger that throws lets nobody in, and the sign-in page says why, as text', async () => {
    running.on('PostAuthentication', () => Promise.reject(new Error('Not <b>today</b>')));
    const answer = await plain.signIn(browser, 'ada');
    expect(answer.status).toBe(303);
    expect(browser.cookies.has('cognito')).toBe(false);
    const page = await browser.get(answer.location);
    expect(new URL(answer.location).search).not.toContain('today');
    expect(page.text).toContain('PostAuthentication failed with error Not &lt;b&gt;today&lt;/b&gt;.');
    expect(page.text).toContain('value="ada"');
    running.resetTriggers();
    expect(
      isSignedIn(await browser.submit(page, 'login', { username: 'ada', password: 'Cabana-demo-1' })),
    ).toBe(true);
  });

  it('of a very long message the page shows the beginning', async () => {
    running.on('PostAuthentication', () => Promise.reject(new Error('Ü'.repeat(20_000))));
    const answer = await plain.signIn(browser, 'ada');
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('page-data=')) ?? '';
    expect(cookie.length).toBeLessThan(4096);
    expect((await browser.get(answer.location)).text).toContain('failed with error ÜÜÜ');
  });

  it('a custom message trigger that throws is read on the sign-in form', async () => {
    running.on('CustomMessage', () => Promise.reject(new Error('No post today')));
    const answer = await strict.signIn(browser, 'mail');
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('CustomMessage failed with error No post today.');
  });

  it('a user whom the post authentication trigger deletes is not signed in', async () => {
    await running.createUser(plain.UserPoolId, 'gone');
    running.on('PostAuthentication', async () => {
      await running.api.adminDeleteUser({ UserPoolId: plain.UserPoolId, Username: 'gone' });
      return {};
    });
    const answer = await plain.signIn(browser, 'gone');
    expect((await browser.get(answer.location)).text).toContain('User does not exist.');
    expect(browser.cookies.has('cognito')).toBe(false);
  });
});
