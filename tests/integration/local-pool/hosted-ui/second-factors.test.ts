import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startUserPoolApi, type UserPoolApi } from '../api-users/user-pool-api.ts';
import {
  appCode,
  type ChallengePool,
  createChallengePool,
  heading,
  isSignedIn,
  shownSecret,
} from './challenge-pool.ts';
import type { FormBrowser, Page } from './form-browser.ts';

let running: UserPoolApi;
let pool: ChallengePool;
let browser: FormBrowser;

const sms = { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sns' } };
const appOnly = { SoftwareTokenMfaConfiguration: { Enabled: true } };
const everyFactor = { ...appOnly, EmailMfaConfiguration: {}, SmsMfaConfiguration: sms };
/** Without it, an address could not be a second factor: it would recover the first. */
const adminRecovery = {
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only' as const, Priority: 1 }] },
};
const tooManyTries = 'Too many wrong codes. Please sign in again.';
const isOver = 'This step of the sign-in has expired or is done already. Please sign in again.';

const enter = (page: Page, code: string) => browser.submit(page, 'challenge', { code });

/** The sign-in page that a browser is sent back to, with the reason. */
async function reasonOf(answer: Page): Promise<string> {
  expect(answer.status).toBe(303);
  expect(new URL(answer.location).pathname).toBe(`/${pool.UserPoolId}/login`);
  const page = await browser.get(answer.location);
  expect(heading(page)).toBe('Sign in');
  return /role="alert" id="error">([^<]*)</.exec(page.text)?.[1] ?? '';
}

beforeAll(async () => {
  running = await startUserPoolApi();
});
afterAll(() => running.close());

describe('an authenticator app at the pages', () => {
  beforeAll(async () => {
    pool = await createChallengePool(running, { mfa: { MfaConfiguration: 'ON', ...appOnly } });
  });
  beforeEach(() => {
    browser = pool.browse();
  });

  async function setUp(username: string): Promise<string> {
    const page = await pool.toChallenge(browser, username);
    const secret = shownSecret(page);
    await enter(page, appCode(secret, running.clock.now()));
    return secret;
  }

  it('is set up by a QR code or its key, and a code of it ends the sign-in', async () => {
    await running.createUser(pool.UserPoolId, 'jane', { email: 'jane@example.com' });
    const page = await pool.toChallenge(browser, 'jane');
    expect(page.status).toBe(200);
    expect(heading(page)).toBe('Set up a second step');
    expect(page.text).toMatch(/<div class="qr" role="img" aria-label="[^"]+"><svg /);
    expect(browser.cookies.has('cognito')).toBe(false);
    const secret = shownSecret(page);
    expect(secret).toMatch(/^[A-Z2-7]{52}$/);

    const wrong = await enter(page, '000000');
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('This code is not right.');
    expect(shownSecret(wrong)).toBe(secret);
    expect(shownSecret(await browser.get(page.location))).toBe(secret);

    const done = await enter(wrong, appCode(secret, running.clock.now()));
    expect(isSignedIn(done)).toBe(true);
    expect(new URL(done.location).searchParams.get('state')).toBe('state-1');
    const { UserMFASettingList } = await running.api.adminGetUser({
      UserPoolId: pool.UserPoolId,
      Username: 'jane',
    });
    expect(UserMFASettingList).toEqual(['SOFTWARE_TOKEN_MFA']);
  });

  it('is asked for at the next sign-in, with blanks in the code or without', async () => {
    await running.createUser(pool.UserPoolId, 'paul', { email: 'paul@example.com' });
    const secret = await setUp('paul');
    running.clock.advance(30_000);
    const page = await pool.toChallenge(browser, 'paul');
    expect(page.text).toContain('Enter the six digits that your authenticator app shows.');
    const code = appCode(secret, running.clock.now());
    expect(isSignedIn(await enter(page, `${code.slice(0, 3)} ${code.slice(3)}`))).toBe(true);
    const replay = await enter(await pool.toChallenge(browser, 'paul'), code);
    expect(replay.status).toBe(400);
    expect(replay.text).toContain('Your software token has already been used once.');
  });

  it('after five wrong codes the sign-in begins again', async () => {
    await running.createUser(pool.UserPoolId, 'ruth', { email: 'ruth@example.com' });
    const secret = await setUp('ruth');
    running.clock.advance(30_000);
    browser = pool.browse();
    let page = await pool.toChallenge(browser, 'ruth');
    for (let count = 0; count < 4; count += 1) {
      page = await enter(page, '000000');
      expect(page.status).toBe(400);
    }
    const last = await enter(page, '000000');
    expect(await reasonOf(last)).toBe(tooManyTries);
    expect(await reasonOf(await enter(page, appCode(secret, running.clock.now())))).toBe(isOver);
    expect(browser.cookies.has('cognito')).toBe(false);
  });

  it('after five wrong codes at its set-up too', async () => {
    await running.createUser(pool.UserPoolId, 'rosa', { email: 'rosa@example.com' });
    let page = await pool.toChallenge(browser, 'rosa');
    for (let count = 0; count < 4; count += 1) page = await enter(page, '000000');
    expect(await reasonOf(await enter(page, '000000'))).toBe(tooManyTries);
  });

  it('a challenge is over after its session has expired or was answered, and the page says it once', async () => {
    await running.createUser(pool.UserPoolId, 'late', { email: 'late@example.com' });
    const page = await pool.toChallenge(browser, 'late');
    const code = appCode(shownSecret(page), running.clock.now());
    expect(isSignedIn(await enter(page, code))).toBe(true);
    expect(await reasonOf(await enter(page, code))).toBe(isOver);
    expect((await browser.get(pool.address('login'))).text).not.toContain(isOver);

    const late = await pool.toChallenge(browser, 'late');
    running.clock.advance(3 * 60_000);
    expect(await reasonOf(await enter(late, '000000'))).toBe(isOver);
    expect(await reasonOf(await browser.get(late.location))).toBe(isOver);
    expect(await reasonOf(await browser.get(pool.address('challenge')))).toBe(isOver);
  });

  it('two tabs with two sign-ins each answer their own', async () => {
    const [first, second] = ['tab-one', 'tab-two'];
    for (const name of [first, second])
      await running.createUser(pool.UserPoolId, name, { email: `${name}@example.com` });
    const pageOne = await pool.toChallenge(browser, first);
    const pageTwo = await pool.toChallenge(browser, second);
    const now = running.clock.now();
    expect(isSignedIn(await enter(pageOne, appCode(shownSecret(pageOne), now)))).toBe(true);
    expect(isSignedIn(await enter(pageTwo, appCode(shownSecret(pageTwo), now)))).toBe(true);
  });
});

describe('codes by message at the pages', () => {
  beforeAll(async () => {
    pool = await createChallengePool(running, {
      pool: { ...adminRecovery, AutoVerifiedAttributes: ['email'] },
      mfa: { MfaConfiguration: 'ON', ...everyFactor },
    });
  });
  beforeEach(() => {
    browser = pool.browse();
  });

  it('an email code is sent at once, shown by the inbox, and right once', async () => {
    await running.createUser(pool.UserPoolId, 'mail', { email: 'mail@example.com' });
    const page = await pool.toChallenge(browser, 'mail');
    expect(heading(page)).toBe('Check your email');
    expect(page.text).toContain('m***@e***');
    const code = await running.newestCode(pool.UserPoolId, 'mail', 'email');
    expect(page.text).not.toContain(code);
    expect((await enter(page, code === '000000' ? '000001' : '000000')).status).toBe(400);
    expect(isSignedIn(await enter(page, code))).toBe(true);
  });

  it('a code by SMS is sent to the phone', async () => {
    await running.createUser(pool.UserPoolId, 'phone', { phone_number: '+12065550100' });
    const page = await pool.toChallenge(browser, 'phone');
    expect(heading(page)).toBe('Check your phone');
    const code = await running.newestCode(pool.UserPoolId, 'phone', 'sms');
    expect(isSignedIn(await enter(page, code))).toBe(true);
  });

  it('somebody with both chooses', async () => {
    await running.createUser(pool.UserPoolId, 'both', {
      email: 'both@example.com',
      phone_number: '+12065550101',
    });
    const choice = await pool.toChallenge(browser, 'both');
    expect(choice.text).toContain('Text me a code');
    expect(choice.text).toContain('Email me a code');
    expect((await browser.submit(choice, 'challenge', { answer: 'NOTHING' })).status).toBe(400);
    const chosen = await browser.submit(choice, 'challenge', { answer: 'EMAIL_OTP' });
    const page = await browser.get(chosen.location);
    expect(heading(page)).toBe('Check your email');
    const code = await running.newestCode(pool.UserPoolId, 'both', 'email');
    expect(isSignedIn(await enter(page, code))).toBe(true);
  });

  it('somebody with no address sets one up, which the code verifies', async () => {
    await running.createUser(pool.UserPoolId, 'bare');
    const page = await pool.toChallenge(browser, 'bare');
    expect(shownSecret(page)).not.toBe('');
    const bad = await browser.submit(page, 'challenge', { email: 'no address' });
    expect(bad.status).toBe(400);
    const sent = await browser.submit(page, 'challenge', { email: 'bare@example.com' });
    const asked = await browser.get(sent.location);
    expect(heading(asked)).toBe('Check your email');
    const code = await running.newestCode(pool.UserPoolId, 'bare', 'email');
    expect(isSignedIn(await enter(asked, code))).toBe(true);
    const { UserAttributes } = await running.api.adminGetUser({
      UserPoolId: pool.UserPoolId,
      Username: 'bare',
    });
    expect(UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' });
  });

  it('somebody who has just registered is asked for a second factor like everybody', async () => {
    const username = 'newcomer';
    const form = await browser.get(pool.address('signup'));
    const typed = { username, password: 'Cabana-demo-1', 'requiredAttributes[email]': 'new@example.com' };
    const confirm = await browser.get((await browser.submit(form, 'signup', typed)).location);
    const code = await running.newestCode(pool.UserPoolId, username, 'signUp');
    const answer = await browser.submit(confirm, 'confirmUser', { code });
    expect(browser.cookies.has('cognito')).toBe(false);
    const page = await browser.get(answer.location);
    expect(heading(page)).toBe('Check your email');
    const second = await running.newestCode(pool.UserPoolId, username, 'email');
    expect(isSignedIn(await enter(page, second))).toBe(true);
  });
});
