import type { Page } from '@playwright/test';
import { expect, password, signIn, submitCredentials, test } from './fixtures.ts';
import { expectNothingSerious } from './looks-right.ts';

const other = 'Cabana-demo-2!';

/** Several sign-ins on a busy machine take their time. */
test.describe.configure({ timeout: 90_000 });

async function change(page: Page, from: string, to: string, { signOutOthers = true } = {}): Promise<void> {
  await page.getByLabel('Current password').fill(from);
  await page.getByLabel('New password').fill(to);
  await page.getByLabel('Sign out my other devices').setChecked(signOutOthers);
  await page.getByRole('button', { name: 'Change password' }).click();
}

test('a password is changed, the new one signs in, and the change is among the security events', async ({
  page,
}) => {
  await signIn(page, 'ada@example.com', '/account/sessions');
  await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: 'Password' }).click();
  await expect(page.getByLabel('Sign out my other devices')).toBeChecked();
  await change(page, password, other);
  await expect(page.getByRole('status')).toHaveText(
    'Your password is changed, and your other devices are signed out.',
  );
  await expect(page).toHaveURL('/account/password?done=changed-and-ended');
  await expect(page.getByLabel('Current password')).toHaveValue('');

  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page).toHaveURL('/');
  await page.goto('/sign-in?returnTo=/account/sessions');
  await page
    .getByRole('main')
    .getByRole('button', { name: /sign in/i })
    .click();
  await submitCredentials(page, 'ada@example.com', password);
  await expect(page.getByRole('alert')).toContainText('Incorrect username or password.');
  await submitCredentials(page, 'ada@example.com', other);
  await expect(page).toHaveURL('/account/sessions');
  await expect(page.getByText('Password changed')).toBeVisible();

  await page.goto('/account/password');
  await change(page, other, password, { signOutOthers: false });
  await expect(page.getByRole('status')).toHaveText('Your password is changed.');
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a wrong current password, and a new one that the rules refuse, are told in words', async ({
      page,
    }) => {
      await signIn(page, 'grace@example.com', '/account/password');
      await change(page, 'Not-the-password-1', other, { signOutOthers: false });
      await expect(page.getByRole('main').getByRole('alert')).toHaveText(
        'That was not done. The current password is not right.',
      );
      await expect(page.getByLabel('Current password')).toHaveAttribute('aria-invalid', 'true');
      await expect(page.getByLabel('Current password')).toHaveValue('');
      await expect(page.getByLabel('Sign out my other devices')).not.toBeChecked();
      expect(page.url()).not.toMatch(/Not-the-password|Cabana-demo/);

      await change(page, password, 'short');
      await expect(page.getByRole('main').getByRole('alert')).toContainText('rules for passwords');
      await expect(page.getByLabel('New password')).toHaveAttribute('aria-invalid', 'true');
    });
  });
}

test('the user pool’s limit of attempts is told in words', async ({ page }) => {
  await signIn(page, 'linus@example.com', '/account/password');
  const alert = page.getByRole('main').getByRole('alert');
  for (let attempt = 0; attempt < 12; attempt += 1) {
    await change(page, 'Not-the-password-1', other);
    await expect(alert).toBeVisible();
    if (/too many attempts/.test((await alert.textContent()) ?? '')) break;
  }
  await expect(alert).toContainText('There were too many attempts. Please wait a while and try again.');
});

test('a password manager is told which password is which', async ({ page }) => {
  await signIn(page, 'grace@example.com', '/account/password');
  await expect(page.getByLabel('Current password')).toHaveAttribute('autocomplete', 'current-password');
  await expect(page.getByLabel('New password')).toHaveAttribute('autocomplete', 'new-password');
  await expect(page.locator('input[autocomplete=username]')).toHaveValue('grace@example.com');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on the answers of the form, in ${colorScheme} mode`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await signIn(page, 'grace@example.com');
    for (const query of ['error=wrong_password', 'error=password_uncertain', 'done=changed-unrecorded']) {
      await page.goto(`/account/password?${query}`);
      await expectNothingSerious(page);
    }
  });
}
