import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** That axe finds nothing serious on a page as it stands. */
export async function expectNothingSerious(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
}

/** The same, and that nothing on the page is wider than its window. */
export async function expectLooksRight(page: Page): Promise<void> {
  await expectNothingSerious(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}
