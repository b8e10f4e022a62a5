import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openFormBrowser, type Page } from '../../integration/local-pool/hosted-ui/form-browser.ts';
import {
  type HostedPool,
  pageAddress,
  startHostedPool,
} from '../../integration/local-pool/hosted-ui/hosted-pool.ts';
import { startTriggerPool, type TriggerPool } from '../../integration/local-pool/triggers/trigger-pool.ts';

const tokenOf = ({ text }: Page) => /name="_csrf"[^>]*value="([^"]+)"/.exec(text)?.[1] ?? '';

describe('a name that was typed at a page', () => {
  let pool: HostedPool;
  beforeAll(async () => {
    pool = await startHostedPool();
  });
  afterAll(() => pool.close());

  it.each([
    ['login', 'login', { password: 'Cabana-demo-1' }],
    ['forgotPassword', 'forgotPassword', {}],
    ['signup', 'signup', { password: 'Cabana-demo-1' }],
    ['confirmUser', 'confirmUser', { code: '123456' }],
    ['confirmUser', 'resendcode', {}],
    ['confirmForgotPassword', 'confirmForgotPassword', { code: '123456', password: 'Cabana-demo-2' }],
  ])(
    'LP-11 on %s is refused when it is longer than any name, and no cookie carries it',
    async (page, action, typed) => {
      const browser = pool.browse();
      const form = await browser.get(pageAddress(page));
      const fields = { _csrf: tokenOf(form), ...typed, username: 'x'.repeat(60_000) };
      const answer = await browser.post(pageAddress(action), fields);
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('This user name is too long.');
      for (const value of browser.cookies.values()) expect(value.length).toBeLessThan(4096);
    },
  );

  it('LP-11 of 128 characters is still a name', async () => {
    const browser = pool.browse();
    const form = await browser.get(pageAddress('login'));
    const typed = { username: 'x'.repeat(128), password: 'Cabana-demo-1' };
    const answer = await browser.submit(form, 'login', typed);
    expect(answer.text).toContain('Incorrect username or password.');
  });
});

describe('an empty field of the sign-in page', () => {
  let running: TriggerPool;
  let address: string;
  beforeAll(async () => {
    running = await startTriggerPool();
    const { id } = running.aliases;
    const request = {
      client_id: 'hosted',
      response_type: 'code',
      redirect_uri: 'http://localhost:8400/callback',
      scope: 'openid',
    };
    address = `/${id}/login?${new URLSearchParams(request)}`;
  });
  beforeEach(() => running.reset());
  afterAll(() => running.close());

  it.each([
    ['no password', { username: 'newcomer' }],
    ['an empty password', { username: 'newcomer', password: '' }],
    ['no name', { username: ' ', password: 'Cabana-demo-1' }],
  ])('does not reach a trigger: %s', async (_, typed) => {
    running.on('UserMigration', () => ({
      userAttributes: { email: 'newcomer@example.com', email_verified: 'true' },
      finalUserStatus: 'CONFIRMED',
    }));
    const browser = openFormBrowser(running.url);
    const form = await browser.get(address);
    const answer = await browser.post(address, { _csrf: tokenOf(form), ...typed });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('Incorrect username or password.');
    expect(running.events).toEqual([]);
    expect(browser.cookies.has('cognito')).toBe(false);
  });
});
