import { expect, signIn, test } from './fixtures.ts';

const open = {
  'ada@example.com': { '/home': 200, '/admin': 200, '/pro': 403 },
  'grace@example.com': { '/home': 200, '/admin': 403, '/pro': 200 },
  'linus@example.com': { '/home': 200, '/admin': 403, '/pro': 403 },
} as const;

for (const [user, pages] of Object.entries(open)) {
  test(`the gates for ${user}`, async ({ page }) => {
    await signIn(page, user);
    for (const [path, status] of Object.entries(pages)) {
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(status);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    }
  });
}

test('a refused page keeps its address and offers a way on', async ({ page }) => {
  await signIn(page, 'linus@example.com');
  await page.goto('/admin');
  await expect(page).toHaveURL('/admin');
  await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
});

test('an address that does not exist answers 404 with a page of ours', async ({ page }) => {
  const response = await page.goto('/no-such-page');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('moving between gated pages by their links works', async ({ page }) => {
  await signIn(page, 'ada@example.com');
  await page.getByRole('navigation').getByRole('link', { name: /admin/i }).click();
  await expect(page).toHaveURL('/admin');
  await page.getByRole('navigation').getByRole('link', { name: /pro/i }).click();
  await expect(page).toHaveURL('/pro');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
