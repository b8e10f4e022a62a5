import { expect, signIn, test } from './fixtures.ts';

test('LO-03 a link followed after the session ended elsewhere leads to the sign-in page', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  await signIn(page, 'ada@example.com');
  const elsewhere = await browser.newContext({
    storageState: await context.storageState(),
    baseURL: baseURL ?? '',
  });
  const other = await elsewhere.newPage();
  await other.goto('/home');
  await other.getByRole('button', { name: 'Sign out' }).first().click();
  await other.waitForURL((url) => url.pathname === '/');
  await elsewhere.close();

  await page.getByRole('link', { name: 'Home', exact: true }).first().click();
  await page.waitForURL((url) => url.pathname === '/sign-in');
  await expect(page.getByRole('heading', { name: 'Your session has ended' })).toBeVisible();
  expect((await context.cookies()).filter(({ name }) => /^(session|refresh)/.test(name))).toEqual([]);
  expect(new URL(page.url()).searchParams.get('returnTo')).toBe('/home');
});
