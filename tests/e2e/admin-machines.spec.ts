import { type DownstreamService, startDownstreamService } from '../support/downstream-service.ts';
import { startPoolAndApp } from '../support/local-pool.ts';
import { test as base, expect, signIn } from './fixtures.ts';
import { expectLooksRight } from './looks-right.ts';

/** Of this worker. */
let service: DownstreamService;

/** The application with a service to call, which takes the local pool's tokens. */
const test = base.extend<Record<never, never>, Record<never, never>>({
  stand: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from a pattern
    async ({}, use) => {
      const stand = await startPoolAndApp({}, async ({ url }) => {
        service = await startDownstreamService(`${url}/us-east-1_Cabana001`);
        return { DOWNSTREAM_URL: service.url };
      });
      await use(stand);
      await stand.stop();
      await service.close();
    },
    { scope: 'worker' },
  ],
});

test.describe.configure({ timeout: 90_000 });

for (const [colorScheme, width] of [
  ['light', 1280],
  ['dark', 390],
] as const) {
  test.describe(`in ${colorScheme} mode, ${width} pixels wide`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 } });

    test('an administrator finds the service’s answer, and then what it cost', async ({ page }) => {
      service.reset();
      await signIn(page, 'ada@example.com', '/admin');
      await page.getByRole('link', { name: 'Downstream service' }).click();
      const answer = page.getByRole('region', { name: 'What the service answered just now' });
      await expect(answer.getByText('{"caller":"cabanaservice0000000000001","notes":3}')).toBeVisible();
      await expectLooksRight(page);

      await page.goto('/admin');
      await page.getByRole('link', { name: 'Token usage' }).click();
      const usage = page.getByRole('region', { name: 'App client cabanaservice0000000000001' });
      await expect(async () => {
        await page.reload();
        await expect(usage.getByText('1 (what Cognito bills)')).toBeVisible({ timeout: 1_000 });
      }).toPass({ timeout: 20_000 });
      await expect(usage.getByRole('columnheader')).toHaveCount(6);
      await expectLooksRight(page);

      await page.getByRole('navigation', { name: 'Months' }).getByRole('link').first().click();
      await expect(page.getByText('No token was asked for in this month.')).toBeVisible();
      await expectLooksRight(page);
    });

    test('a long answer of the service stays within the page, and a refusal is told in words', async ({
      page,
    }) => {
      await signIn(page, 'ada@example.com', '/admin');
      service.reply = (response) => void response.end('x'.repeat(9_000));
      await page.goto('/admin/downstream');
      await expect(page.getByText('These are the first 4,000 of 9,000 characters.')).toBeVisible();
      await expectLooksRight(page);
      service.reply = (response) => void response.writeHead(403).end();
      await page.goto('/admin/downstream');
      await expect(
        page.getByText('The service did not accept this application’s access token.'),
      ).toBeVisible();
      await expectLooksRight(page);
    });
  });
}
