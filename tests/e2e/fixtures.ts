import { test as base, type Page } from '@playwright/test';
import { type PoolAndApp, startPoolAndApp } from '../support/local-pool.ts';

export { expect } from '@playwright/test';
export type Stand = PoolAndApp;

/** Of every demonstration user. */
export const password = 'Cabana-demo-1';

interface WorkerFixtures {
  /** Seconds; as the template says when absent. */
  accessTokenValidity: number | undefined;
  /** The local pool and the application in front of it, one pair for each worker. */
  stand: Stand;
}

export const test = base.extend<Record<never, never>, WorkerFixtures>({
  accessTokenValidity: [undefined, { option: true, scope: 'worker' }],
  stand: [
    async ({ accessTokenValidity }, use) => {
      const stand = await startPoolAndApp(accessTokenValidity === undefined ? {} : { accessTokenValidity });
      await use(stand);
      await stand.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ stand }, use) => use(stand.app.url),
});

/** Fills in and sends the user pool's sign-in form. */
export async function submitCredentials(page: Page, username: string, secret = password): Promise<void> {
  await page.getByLabel('Email', { exact: false }).fill(username);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Signs in from the application's sign-in page and waits for the page that was asked for. */
export async function signIn(page: Page, username: string, returnTo = '/home'): Promise<void> {
  await page.goto(`/sign-in?${new URLSearchParams({ returnTo })}`);
  await page
    .getByRole('main')
    .getByRole('button', { name: /sign in/i })
    .click();
  await submitCredentials(page, username);
  await page.waitForURL((url) => url.pathname === returnTo);
}
