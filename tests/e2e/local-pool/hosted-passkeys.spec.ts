import type { Page } from '@playwright/test';
import type { ChallengePool } from '../../integration/local-pool/hosted-ui/challenge-pool.ts';
import {
  expect,
  expectAccessible,
  expectSignedIn,
  type HostedStand,
  password,
  test,
} from './hosted-stand.ts';

/** Gives the page an authenticator that says yes to everything, until it is told not to know its owner. */
async function addAuthenticator(page: Page) {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    credentials: async () =>
      (await devTools.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    async sleep(isAsleep: boolean) {
      await devTools.send('WebAuthn.setAutomaticPresenceSimulation', {
        authenticatorId,
        enabled: !isAsleep,
      });
    },
    forget: (credentialId: string) =>
      devTools.send('WebAuthn.removeCredential', { authenticatorId, credentialId }),
  };
}

async function begin(page: Page, pool: ChallengePool): Promise<void> {
  await page.goto(pool.address('login'));
  await page.getByLabel('User name').fill('kim');
  await page.getByRole('button', { name: 'Next' }).click();
}

async function signInByPassword(page: Page, pool: ChallengePool, stand: HostedStand): Promise<void> {
  await begin(page, pool);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expectSignedIn(page, stand);
}

async function createPasskeyPool(stand: HostedStand): Promise<ChallengePool> {
  const pool = await stand.createHostedPool({
    pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } },
    client: { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] },
    version: 2,
  });
  await stand.createUser(pool.UserPoolId, 'kim', { email: 'kim@example.com' });
  return pool;
}

async function addPasskey(page: Page, pool: ChallengePool, stand: HostedStand): Promise<void> {
  await page.goto(pool.address('passkeys/add'));
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page).toHaveURL(stand.callback);
}

test('a passkey is added at the pages and signs in at the pages', async ({ page, stand }) => {
  const pool = await createPasskeyPool(stand);
  const authenticator = await addAuthenticator(page);
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await signInByPassword(page, pool, stand);
  await page.goto(pool.address('passkeys/add'));
  await expectAccessible(page);
  await addPasskey(page, pool, stand);
  expect(await authenticator.credentials()).toHaveLength(1);

  await begin(page, pool);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expectSignedIn(page, stand);

  await page.goto(pool.address('passkeys/add'));
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('alert')).toContainText('This device has a passkey for you already.');
  expect(problems.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
});

test('a passkey that is not there leads to a sentence, another try, and back to the password', async ({
  page,
  stand,
}) => {
  const pool = await createPasskeyPool(stand);
  const authenticator = await addAuthenticator(page);
  await signInByPassword(page, pool, stand);
  await addPasskey(page, pool, stand);
  const [credential] = await authenticator.credentials();
  await authenticator.forget(credential?.credentialId ?? '');
  await begin(page, pool);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('alert')).toContainText('No passkey was used.');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('alert')).toContainText('No passkey was used.');
  await page.getByRole('link', { name: 'Start again' }).click();
  await signInByPassword(page, pool, stand);
});

test('an answer that no passkey gave ends the sign-in', async ({ page, stand }) => {
  const pool = await createPasskeyPool(stand);
  const authenticator = await addAuthenticator(page);
  await signInByPassword(page, pool, stand);
  await addPasskey(page, pool, stand);
  await authenticator.sleep(true);
  await begin(page, pool);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('heading', { name: 'Use your passkey' })).toBeVisible();
  await page.evaluate(() => {
    const form = document.querySelector<HTMLFormElement>('#passkey form');
    const input = form?.querySelector<HTMLInputElement>('input[name=credential]');
    if (input) input.value = JSON.stringify({ id: 'a', rawId: 'a', type: 'public-key', response: {} });
    form?.submit();
  });
  await expect(page.getByText('CREDENTIAL is no authentication response.')).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page says what passkeys need', async ({ page, browser, stand, baseURL }) => {
    const pool = await createPasskeyPool(stand);
    const context = await browser.newContext({ baseURL: baseURL ?? '', javaScriptEnabled: true });
    const able = await context.newPage();
    await addAuthenticator(able);
    await signInByPassword(able, pool, stand);
    await addPasskey(able, pool, stand);
    await context.close();
    await begin(page, pool);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    // Playwright's text selectors pass over `noscript`.
    await expect(page.locator('noscript p')).toBeVisible();
    await expect(page.locator('noscript p')).toContainText('Passkeys need JavaScript');
    await expect(page.getByRole('link', { name: 'Start again' })).toBeVisible();
    await expect(page.getByRole('button')).toHaveCount(0);
  });
});
