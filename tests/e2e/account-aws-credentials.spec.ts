import type { Page } from '@playwright/test';
import { assumedRole } from '../support/assumed-role.ts';
import { expect, signIn, test } from './fixtures.ts';
import { expectLooksRight } from './looks-right.ts';

test.describe.configure({ timeout: 60_000 });

async function getCredentials(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Get credentials' }).click();
  await expect(page.getByRole('region', { name: 'Your credentials' })).toBeVisible();
}

const valueIn = (text: string, name: string): string =>
  new RegExp(`^export ${name}=(\\S+)$`, 'm').exec(text)?.[1] ?? '';

for (const [colorScheme, width] of [
  ['light', 1280],
  ['dark', 390],
] as const) {
  test.describe(`in ${colorScheme} mode, ${width} pixels wide`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 } });

    test('a person sees which role they get and why, and takes credentials of it', async ({
      page,
      stand,
      context,
    }) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await signIn(page, 'grace@example.com', '/account/sessions');
      await page.getByRole('link', { name: 'AWS credentials' }).click();
      await expect(page.getByRole('heading', { name: 'AWS credentials', level: 1 })).toBeVisible();
      const rules = page.getByRole('list', { name: 'Rules, in their order' }).getByRole('listitem');
      await expect(rules).toHaveCount(2);
      await expect(rules.first()).toContainText('Did not match');
      await expect(rules.first()).toContainText('["editors"]');
      await expect(rules.last()).toContainText('Matched');
      await expectLooksRight(page);

      await getCredentials(page);
      const card = page.getByRole('region', { name: 'Your credentials' });
      await expect(card.getByText('export AWS_SECRET_ACCESS_KEY')).toBeHidden();
      await expectLooksRight(page);
      await card.getByRole('button', { name: 'Copy as environment variables' }).click();
      await expect(card.getByRole('status')).toHaveText('Copied.');
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      const session = await assumedRole(stand.pool.url, {
        accessKeyId: valueIn(copied, 'AWS_ACCESS_KEY_ID'),
        secretAccessKey: valueIn(copied, 'AWS_SECRET_ACCESS_KEY'),
        sessionToken: valueIn(copied, 'AWS_SESSION_TOKEN'),
      });
      expect(session).toContain('ProRole/CognitoIdentityCredentials');

      await card.getByText('Show the secret key and the session token').click();
      await expect(card.getByText('export AWS_SECRET_ACCESS_KEY')).toBeVisible();
      await expectLooksRight(page);
      await page.reload();
      await expect(page.getByText('Credentials are shown once')).toBeVisible();
      await expect(card).toHaveCount(0);
      await expectLooksRight(page);
    });

    test('whoever asks twice is told, and the way by keyboard works', async ({ page }) => {
      await signIn(page, 'linus@example.com', '/account/aws-credentials');
      // What is asked for in the second of the sign-in does not count.
      await page.waitForTimeout(1_000);
      await getCredentials(page);
      await page.getByRole('button', { name: 'Get credentials' }).focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('main').getByRole('alert')).toContainText('Please wait a little');
      await expectLooksRight(page);
    });
  });
}
