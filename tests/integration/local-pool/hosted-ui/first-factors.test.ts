import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { password, startUserPoolApi, type UserPoolApi } from '../api-users/user-pool-api.ts';
import { type ChallengePool, createChallengePool, heading, isSignedIn } from './challenge-pool.ts';
import type { FormBrowser, Page } from './form-browser.ts';

let running: UserPoolApi;
let pool: ChallengePool;
let browser: FormBrowser;

beforeAll(async () => {
  running = await startUserPoolApi();
  pool = await createChallengePool(running, {
    pool: {
      Policies: {
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] },
      },
    },
    client: { ExplicitAuthFlows: ['ALLOW_USER_AUTH'], PreventUserExistenceErrors: 'ENABLED' },
  });
  await running.createUser(pool.UserPoolId, 'kim', {
    email: 'kim@example.com',
    phone_number: '+12065550100',
  });
  await running.createUser(pool.UserPoolId, 'lee', { email: 'lee@example.com' });
});
afterAll(() => running.close());
beforeEach(() => {
  browser = pool.browse();
});

/** Sends the user name alone, as the page asks for it. */
async function choose(username: string): Promise<Page> {
  const page = await browser.get(pool.address('login'));
  const answer = await browser.submit(page, 'login', { username });
  return answer.status === 303 ? browser.get(answer.location) : answer;
}

const begin = async (page: Page, answer: string) =>
  browser.get((await browser.submit(page, 'challenge', { answer })).location);

describe('a choice-based sign-in at the pages', () => {
  it('asks for the user name first and for the password or something else second', async () => {
    const first = await browser.get(pool.address('login'));
    expect(first.text).not.toContain('type="password"');
    expect(first.text).toContain('>Next</button>');
    const choice = await choose('kim');
    expect(choice.status).toBe(200);
    expect(choice.text).toContain('type="password"');
    expect(choice.text).toContain('Email me a code');
    expect(choice.text).toContain('Text me a code');
    expect(choice.text).not.toContain('passkey');
    expect(choice.text).not.toContain('PASSWORD_SRP');
    expect((await choose('lee')).text).not.toContain('Text me a code');
  });

  it('takes the password; a wrong one leaves the choice open', async () => {
    const choice = await choose('kim');
    const wrong = await browser.submit(choice, 'challenge', { password: 'Wrong-password-1' });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('Incorrect username or password.');
    expect(wrong.text).not.toContain('Wrong-password-1');
    expect((await browser.submit(wrong, 'challenge', { password: '' })).status).toBe(400);
    expect(isSignedIn(await browser.submit(wrong, 'challenge', { password }))).toBe(true);
  });

  it('takes a user name and a password at once too, as a script may send them', async () => {
    expect(isSignedIn(await pool.signIn(browser, 'kim'))).toBe(true);
  });

  it.each([
    ['EMAIL_OTP', 'email', 'Check your email'],
    ['SMS_OTP', 'sms', 'Check your phone'],
  ])('%s signs in with the code that was sent', async (answer, purpose, title) => {
    const page = await begin(await choose('kim'), answer);
    expect(heading(page)).toBe(title);
    const code = await running.newestCode(pool.UserPoolId, 'kim', purpose);
    expect(code).toMatch(/^\d{8}$/);
    expect(isSignedIn(await browser.submit(page, 'challenge', { code }))).toBe(true);
  });

  it('LP-09 five wrong codes end the sign-in, whatever comes sixth', async () => {
    const page = await begin(await choose('kim'), 'EMAIL_OTP');
    const code = await running.newestCode(pool.UserPoolId, 'kim', 'email');
    const wrong = code === '00000000' ? '00000001' : '00000000';
    for (let count = 0; count < 4; count += 1)
      expect((await browser.submit(page, 'challenge', { code: wrong })).status).toBe(400);
    for (const sent of [wrong, code]) {
      const answer = await browser.submit(page, 'challenge', { code: sent });
      expect(new URL(answer.location).pathname).toBe(`/${pool.UserPoolId}/login`);
      expect((await browser.get(answer.location)).text).toContain('Too many wrong codes.');
    }
    expect(browser.cookies.has('cognito')).toBe(false);
  });

  it('a factor that the user does not have cannot be chosen', async () => {
    for (const answer of ['WEB_AUTHN', 'SMS_OTP', '__proto__', '']) {
      const refused = await browser.submit(await choose('lee'), 'challenge', { answer });
      expect(refused.status).toBe(400);
    }
  });

  it('LP-08 an unknown user is offered the same and never told apart', async () => {
    const shape = (page: Page) =>
      page.text.replaceAll(/value="[^"]*"/g, '').replaceAll(/<strong>[^<]*<\/strong>/g, '');
    const known = await choose('kim');
    const unknown = await choose('nobody');
    expect(shape(unknown)).toBe(shape(known));
    const [wrong, stranger] = [
      await browser.submit(known, 'challenge', { password: 'Wrong-password-1' }),
      await browser.submit(unknown, 'challenge', { password: 'Wrong-password-1' }),
    ];
    expect(stranger.status).toBe(wrong.status);
    expect(shape(stranger)).toBe(shape(wrong));
    const code = await begin(unknown, 'EMAIL_OTP');
    expect(heading(code)).toBe('Check your email');
    expect(await running.messages(pool.UserPoolId, 'nobody')).toEqual([]);
    expect((await browser.submit(code, 'challenge', { code: '00000000' })).status).toBe(400);
  });

  it('a client without ALLOW_USER_AUTH asks for the password at once', async () => {
    const plain = await createChallengePool(running, {
      pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
    });
    expect((await browser.get(plain.address('login'))).text).toContain('type="password"');
  });
});
