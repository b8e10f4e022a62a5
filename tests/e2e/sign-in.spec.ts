import { expect, password, signIn, submitCredentials, test } from './fixtures.ts';

test('a person signs in through the user pool and sees who they are', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Sign in' }).first().click();
  await page.getByRole('button', { name: /sign in/i }).click();
  await submitCredentials(page, 'grace@example.com');
  await expect(page).toHaveURL('/home');
  await expect(page.getByRole('main')).toContainText('grace@example.com');
  await expect(page.getByRole('main')).toContainText('editors');
  await expect(page.getByRole('main')).toContainText('acme');
});

test('a deep link returns after sign-in, query and all', async ({ page }) => {
  await page.goto('/pro?month=11&view=list');
  await page.getByRole('button', { name: /sign in/i }).click();
  await submitCredentials(page, 'grace@example.com');
  await expect(page).toHaveURL('/pro?month=11&view=list');
});

test('a wrong password stays with the user pool and says so', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: /sign in/i }).click();
  await submitCredentials(page, 'linus@example.com', 'not-the-password');
  await expect(page.getByRole('alert')).toContainText('Incorrect username or password.');
  await submitCredentials(page, 'linus@example.com', password);
  await expect(page).toHaveURL('/home');
});

test('a sign-in that was started elsewhere ends on a page that says what to do', async ({ page }) => {
  await page.goto('/api/auth/callback/cognito?code=stolen&state=unknown');
  await expect(page).toHaveURL(/\/sign-in\?error=sign_in_expired/);
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await expect(page.getByRole('button', { name: /sign in/i })).toBeVisible();
});

test('a sign-in that failed still ends on the page it was meant for when it is tried again', async ({
  page,
}) => {
  await page.goto('/pro?month=11');
  await page
    .getByRole('main')
    .getByRole('button', { name: /sign in/i })
    .click();
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
  await page.goto('/api/auth/callback/cognito?code=stolen&state=unknown');
  await page
    .getByRole('main')
    .getByRole('button', { name: /sign in/i })
    .click();
  await submitCredentials(page, 'grace@example.com');
  await expect(page).toHaveURL('/pro?month=11');
});

test('somebody signed in already is not asked again', async ({ page }) => {
  await signIn(page, 'ada@example.com');
  await page.goto('/sign-in?returnTo=/admin');
  await expect(page).toHaveURL('/admin');
});

test('the lifetime of each token is drawn and described', async ({ page }) => {
  await signIn(page, 'ada@example.com');
  for (const token of ['ID token', 'Access token', 'Refresh token']) {
    await expect(page.getByRole('img', { name: new RegExp(token, 'i') })).toBeVisible();
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('sign-in, the gated pages and sign-out work', async ({ page }) => {
    await signIn(page, 'ada@example.com', '/admin');
    await expect(page).toHaveURL('/admin');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL('/');
    await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
  });
});
