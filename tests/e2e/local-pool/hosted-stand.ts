import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { startUserPoolApi, type UserPoolApi } from '../../integration/local-pool/api-users/user-pool-api.ts';
import {
  type ChallengePool,
  type ChallengePoolSettings,
  createChallengePool,
} from '../../integration/local-pool/hosted-ui/challenge-pool.ts';

export { expect } from '@playwright/test';
export { password } from '../../integration/local-pool/api-users/user-pool-api.ts';

/** A local pool of its own, and the place that its clients' sign-ins return to. */
export interface HostedStand extends UserPoolApi {
  callback: string;
  /** Makes a user pool whose client returns to the callback. */
  createHostedPool(settings?: ChallengePoolSettings): Promise<ChallengePool>;
}

export const test = base.extend<Record<never, never>, { stand: HostedStand }>({
  stand: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this parameter.
    async ({}, use) => {
      const running = await startUserPoolApi();
      const server = createServer((_request, response) => response.end('Back at the app'));
      await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
      const callback = `http://localhost:${(server.address() as AddressInfo).port}/callback`;
      await use({
        ...running,
        callback,
        createHostedPool: (settings = {}) =>
          createChallengePool(running, {
            ...settings,
            client: { CallbackURLs: [callback], ...settings.client },
          }),
      });
      await closed(server);
      await running.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ stand }, use) => use(stand.url),
});

/** Nothing that axe can see stands in anybody's way. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** Fills in and sends the sign-in form. */
export async function submitPassword(page: Page, username: string, secret: string): Promise<void> {
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The browser is back at the client, with a code. */
export async function expectSignedIn(page: Page, { callback }: HostedStand): Promise<void> {
  await expect(page.getByText('Back at the app')).toBeVisible();
  const { href, searchParams } = new URL(page.url());
  expect(href.startsWith(callback)).toBe(true);
  expect(searchParams.get('code')).toMatch(/^[0-9a-f-]{36}$/);
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
