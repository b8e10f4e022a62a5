import type { CreateUserPoolCommandInput } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startUserPoolApi, type UserPoolApi } from '../api-users/user-pool-api.ts';
import { type ChallengePool, createChallengePool, heading, redirectUri } from './challenge-pool.ts';
import type { FormBrowser } from './form-browser.ts';

let running: UserPoolApi;
let pool: ChallengePool;
let plain: ChallengePool;
let browser: FormBrowser;

const settings: Partial<CreateUserPoolCommandInput> = {
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
};

beforeAll(async () => {
  running = await startUserPoolApi();
  pool = await createChallengePool(running, { pool: settings, version: 2 });
  plain = await createChallengePool(running, { version: 2 });
  for (const { UserPoolId } of [pool, plain])
    await running.createUser(UserPoolId, 'ada', { email: 'ada@example.com' });
  browser = pool.browse();
  await pool.signIn(browser, 'ada');
});
afterAll(() => running.close());

// What a browser does with the page is in tests/e2e/local-pool.
describe('the page that adds a passkey', () => {
  it('is for whoever is signed in, may run one script, and leads back to the client', async () => {
    const page = await browser.get(pool.address('passkeys/add'));
    expect(page.status).toBe(200);
    expect(heading(page)).toBe('Add a passkey');
    expect(page.text).toContain('<noscript>');
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'sha256-[A-Za-z0-9+/]{43}='/);
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect(page.text).toContain(`href="${redirectUri}">Not now`);
  });

  it('nobody else sees it', async () => {
    const stranger = pool.browse();
    const page = await stranger.get(pool.address('passkeys/add'));
    expect(page.status).toBe(403);
    expect(page.text).toContain('You are not signed in');
    stranger.cookies.set('cognito', 'x'.repeat(43));
    expect((await stranger.get(pool.address('passkeys/add'))).status).toBe(403);
  });

  it('LP-10 LP-03 takes no form of another site’s, and returns to no address that is not registered', async () => {
    const forged = await browser.post(pool.address('passkeys/add'), { credential: '{}' });
    expect(forged.status).toBe(403);
    const elsewhere = pool.address('passkeys/add', { redirect_uri: 'https://evil.example/' });
    const refused = await browser.get(elsewhere);
    expect(new URL(refused.location).pathname).toBe(`/${pool.UserPoolId}/error`);
  });

  it.each([
    '',
    'x',
    '{}',
    '[]',
    'null',
    '{"id":"a","__proto__":{"type":"x"}}',
    `{"response":${'['.repeat(5000)}`,
  ])('refuses %s for a credential', async (credential) => {
    const page = await browser.get(pool.address('passkeys/add'));
    const answer = await browser.submit(page, 'passkeys/add', { credential });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('The passkey was not added');
  });

  it('a pool without passkeys, or with the classic pages, says so', async () => {
    const tab = plain.browse();
    await plain.signIn(tab, 'ada');
    const off = await tab.get(plain.address('passkeys/add'));
    expect(off.status).toBe(400);
    expect(off.text).toContain('Passkeys are not enabled in the user pool.');
    const classic = await createChallengePool(running, { pool: settings });
    expect((await classic.browse().get(classic.address('passkeys/add'))).status).toBe(404);
  });
});
