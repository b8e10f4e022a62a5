import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, signIn, test } from './fixtures.ts';

const publicPages = [
  '/',
  '/sign-in',
  '/sign-in?error=user_pool_unavailable',
  '/sign-in?reason=ended',
  '/no-such-page',
  '/errors/unavailable',
  '/errors/unauthorized',
  '/reference',
];
const gatedPages = [
  '/home',
  '/notes',
  '/notes/new',
  '/admin',
  '/admin/token-usage',
  '/admin/downstream',
  '/pro',
  '/account/sessions',
  '/account/password',
  '/account/aws-credentials',
];
const COMPRESSED_JAVASCRIPT = 120_000;

async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} mode`, () => {
    test.use({ colorScheme });

    test('axe finds nothing serious on any page', async ({ page }) => {
      test.slow();
      for (const path of publicPages) {
        await page.goto(path);
        expect(await seriousFindings(page), path).toEqual([]);
      }
      await signIn(page, 'grace@example.com');
      for (const path of gatedPages) {
        await page.goto(path);
        expect(await seriousFindings(page), path).toEqual([]);
      }
    });

    test('axe finds nothing serious on the user pool’s pages', async ({ page, stand }) => {
      await page.goto('/sign-in');
      await page.getByRole('button', { name: /sign in/i }).click();
      const query = new URL(page.url()).search;
      const issuer = stand.pool.pool.userPools()[0]?.issuer;
      for (const path of ['login', 'signup', 'forgotPassword']) {
        await page.goto(`${issuer}/${path}${query}`);
        expect(await seriousFindings(page), path).toEqual([]);
      }
      await page.goto(`${stand.pool.url}/inbox`);
      expect(await seriousFindings(page), 'inbox').toEqual([]);
    });
  });
}

test('no page is wider than a 320 pixel screen', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await signIn(page, 'grace@example.com');
  for (const path of [...publicPages, ...gatedPages]) {
    await page.goto(path);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});

const scriptBytes = (page: Page): Promise<number> =>
  page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter((entry) => entry.name.includes('.js'))
      .reduce((sum, entry) => sum + entry.encodedBodySize, 0),
  );

const layoutShift = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let total = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            total += (entry as PerformanceEntry & { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(total), 200);
      }),
  );

test('pages load under 120 kB of compressed JavaScript and do not jump', async ({ page }) => {
  await signIn(page, 'grace@example.com');
  for (const path of ['/', '/reference', ...gatedPages]) {
    await page.goto(path, { waitUntil: 'networkidle' });
    const scripts = await scriptBytes(page);
    expect(scripts, path).toBeGreaterThan(0);
    expect(scripts, path).toBeLessThan(COMPRESSED_JAVASCRIPT);
    expect(await layoutShift(page), path).toBe(0);
  }
});

test('the sign-in page and the home can be used by keyboard alone', async ({ page }) => {
  await page.goto('/sign-in');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /skip/i })).toBeFocused();
  for (let tabs = 0; tabs < 20; tabs += 1) {
    await page.keyboard.press('Tab');
    if (
      await page
        .getByRole('button', { name: /sign in/i })
        .evaluate((button) => button === document.activeElement)
    )
      break;
  }
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
});
