import { withoutGeneration } from '../support/cookie-names.ts';
import { expect, signIn, submitCredentials, test } from './fixtures.ts';

test('BS-21 after sign-out, Back shows nothing of the session', async ({ page }) => {
  await signIn(page, 'ada@example.com');
  await page.goto('/admin');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/');
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByText('ada@example.com')).toHaveCount(0);
});

test('LO-07 after sign-out the next sign-in asks for a password again', async ({ page }) => {
  await signIn(page, 'ada@example.com');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/');
  await page.goto('/sign-in');
  await page.getByRole('button', { name: /sign in/i }).click();
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
  await submitCredentials(page, 'grace@example.com');
  await expect(page.getByRole('main')).toContainText('grace@example.com');
});

test('LO-05 the browser really drops the cookies', async ({ page, context }) => {
  await signIn(page, 'ada@example.com');
  const names = async () => (await context.cookies()).map(({ name }) => withoutGeneration(name));
  expect(await names()).toEqual(expect.arrayContaining(['session', 'refresh']));
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/');
  for (const name of await names()) expect(name).not.toMatch(/session|refresh|flow|^cognito$/);
});

test('BS-21 a second tab is signed out with its next request', async ({ page, context }) => {
  await signIn(page, 'ada@example.com');
  const second = await context.newPage();
  await second.goto('/home');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/');
  await second.reload();
  await expect(second).toHaveURL(/\/sign-in/);
});
