import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startUserPoolApi } from '../api-users/user-pool-api.ts';
import { appCode, createChallengePool, isSignedIn, shownSecret } from './challenge-pool.ts';
import { type FormBrowser, openFormBrowser } from './form-browser.ts';

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hosted-restart-'));
});
afterAll(() => rm(dataDir, { recursive: true }));

it('IF-08 a sign-in form and a challenge that are open over a restart are good after it', async () => {
  const before = await startUserPoolApi({ dataDir });
  const pool = await createChallengePool(before, {
    mfa: { MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } },
  });
  await before.createUser(pool.UserPoolId, 'ada', { email: 'ada@example.com' });
  const [form, challenge] = [pool.browse(), pool.browse()];
  const formPage = await form.get(pool.address('login'));
  const challengePage = await pool.toChallenge(challenge, 'ada');
  await before.close();

  const after = await startUserPoolApi({ dataDir });
  const carryOn = (old: FormBrowser) => {
    const browser = openFormBrowser(after.url);
    for (const [name, value] of old.cookies) browser.cookies.set(name, value);
    return browser;
  };
  try {
    const code = appCode(shownSecret(challengePage), after.clock.now());
    expect(isSignedIn(await carryOn(challenge).submit(challengePage, 'challenge', { code }))).toBe(true);
    const signedIn = await carryOn(form).submit(formPage, 'login', {
      username: 'ada',
      password: 'Cabana-demo-1',
    });
    expect(new URL(signedIn.location).pathname).toBe(`/${pool.UserPoolId}/challenge`);
  } finally {
    await after.close();
  }
});
