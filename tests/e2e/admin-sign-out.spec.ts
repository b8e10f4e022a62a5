import type { Page } from '@playwright/test';
import { expect, signIn, test } from './fixtures.ts';
import { expectNothingSerious } from './looks-right.ts';

/** Several sign-ins on a busy machine take their time. */
test.describe.configure({ timeout: 90_000 });

async function signOut(page: Page, username: string, why: string): Promise<void> {
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Why').fill(why);
  await page.getByRole('button', { name: 'Sign this person out' }).click();
}

test('LO-08 an administrator signs a person out everywhere, who reads why at the next sign-in', async ({
  page,
  browser,
  baseURL,
}) => {
  const elsewhere = await browser.newContext({ baseURL: baseURL ?? '' });
  const person = await elsewhere.newPage();
  await signIn(person, 'linus@example.com');
  await signIn(page, 'ada@example.com', '/admin');
  await signOut(page, 'linus@example.com', 'Laptop lost <b>on the train</b>');
  await expect(page.getByRole('status')).toHaveText('The person is signed out everywhere.');
  expect(page.url()).not.toContain('linus');
  await expect
    .poll(async () => {
      await person.goto('/home');
      return new URL(person.url()).pathname;
    })
    .toBe('/sign-in');
  // The hosted UI still knows the browser.
  await person.goto('/sign-in?returnTo=/account/sessions');
  await person
    .getByRole('main')
    .getByRole('button', { name: /sign in/i })
    .click();
  await expect(person).toHaveURL('/account/sessions');
  await expect(person.getByText('Signed out everywhere by an administrator')).toBeVisible();
  await expect(person.getByText('“Laptop lost <b>on the train</b>”')).toBeVisible();
  await elsewhere.close();
});

test('a name that nobody has is told in words, and the form is as it was', async ({ page }) => {
  await signIn(page, 'ada@example.com', '/admin');
  await signOut(page, 'nobody@example.com', 'Laptop lost');
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(
    'That was not done. The user pool has no user of this name.',
  );
  await expect(page.getByLabel('User name')).toHaveValue('nobody@example.com');
  await expect(page.getByLabel('User name')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Why')).toHaveValue('Laptop lost');
  await expectNothingSerious(page);
});
