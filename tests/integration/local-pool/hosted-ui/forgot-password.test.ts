import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FormBrowser, Page } from './form-browser.ts';
import { ada, type HostedPool, pageAddress, startHostedPool, userPoolId } from './hosted-pool.ts';

let pool: HostedPool;
let browser: FormBrowser;

beforeAll(async () => {
  pool = await startHostedPool();
});
afterAll(() => pool.close());
beforeEach(() => {
  browser = pool.browse();
});

async function askForCode(username: string): Promise<Page> {
  const answer = await browser.submit(await browser.get(pageAddress('forgotPassword')), 'forgotPassword', {
    username,
  });
  expect(answer.status).toBe(303);
  return browser.get(answer.location);
}

describe('forgotten password', () => {
  it('the code from the inbox sets a new password, with which the person signs in', async () => {
    const reset = await askForCode(ada.username);
    expect(reset.text).toContain('a***@e***');
    const code = await pool.newestCode(ada.username, 'forgot');
    const password = 'Another-demo-2';
    const changed = await browser.submit(reset, 'confirmForgotPassword', { code, password });
    expect(changed.status).toBe(303);
    expect(new URL(changed.location).pathname).toBe(`/${userPoolId}/login`);
    const login = await browser.get(changed.location);
    expect(login.text).toContain('Your password is changed.');
    const old = await browser.submit(login, 'login', ada);
    expect(old.text).toContain('Incorrect username or password.');
    expect((await browser.submit(login, 'login', { ...ada, password })).status).toBe(303);
  });

  it('a wrong code and a weak password are refused at their fields', async () => {
    const reset = await askForCode('grace@example.com');
    const code = await pool.newestCode('grace@example.com', 'forgot');
    const wrong = await browser.submit(reset, 'confirmForgotPassword', {
      code: code === '000000' ? '000001' : '000000',
      password: 'Another-demo-2',
    });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toMatch(/id="code"[^>]*aria-invalid="true"/);
    const weak = await browser.submit(wrong, 'confirmForgotPassword', { code, password: 'short' });
    expect(weak.text).toMatch(/id="password"[^>]*aria-invalid="true"/);
    expect(weak.text).not.toContain(code);
  });

  it('LP-08 an unknown person sees the same pages as a known one', async () => {
    const unknown = await askForCode('aaaa@example.com');
    expect(unknown.status).toBe(200);
    expect(unknown.text).toContain('a***@e***');
    const refused = await browser.submit(unknown, 'confirmForgotPassword', {
      code: '123456',
      password: 'Another-demo-2',
    });
    expect(refused.text).toContain('Invalid verification code provided, please try again.');
    const sent = await fetch(`${pool.url}/inbox.json?username=aaaa%40example.com`);
    expect(await sent.json()).toEqual([]);
  });

  it('the page stays good for eight minutes, the time that a message may take', async () => {
    const reset = await askForCode('linus@example.com');
    const code = await pool.newestCode('linus@example.com', 'forgot');
    pool.clock.advance(8 * 60_000);
    const weak = await browser.submit(reset, 'confirmForgotPassword', { code, password: 'short' });
    expect(weak.text).toContain('Password not long enough');
    pool.clock.advance(1);
    const late = await browser.submit(reset, 'confirmForgotPassword', { code, password: 'Another-demo-2' });
    expect(late.text).toContain('Something went wrong');
  });
});
