import type { Page } from '@playwright/test';
import { type Browser as Device, openBrowser } from '../support/browser.ts';
import { expect, password, type Stand, signIn, test } from './fixtures.ts';
import { expectLooksRight } from './looks-right.ts';

/** Several sign-ins on a busy machine take their time. */
test.describe.configure({ timeout: 90_000 });

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0';

/** Another device of the same person, which tells nothing about itself. */
async function onAnotherDevice({ app }: Stand, username: string): Promise<Device> {
  const device = openBrowser(app);
  expect((await device.signIn({ username, password })).url.pathname).toBe('/home');
  return device;
}

const devices = (page: Page) => page.getByRole('region', { name: 'Signed-in devices' }).getByRole('listitem');

async function expectTurnedOut(device: Device): Promise<void> {
  await expect
    .poll(async () => (await device.follow(await device.get('/home'))).url.pathname)
    .toBe('/sign-in');
}

test('a person finds their devices from the header, this one first, and signs another out', async ({
  page,
  browser,
  baseURL,
}) => {
  const elsewhere = await browser.newContext({ baseURL: baseURL ?? '', userAgent: firefox });
  const other = await elsewhere.newPage();
  await signIn(other, 'ada@example.com');
  await signIn(page, 'ada@example.com');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Account' }).click();
  await expect(page).toHaveURL('/account/sessions');
  await expect(page.getByRole('navigation', { name: 'Account' }).getByRole('link')).toHaveText([
    'Sessions',
    'Password',
    'AWS credentials',
  ]);
  await expect(page.locator('[aria-current=page]')).toHaveText(['Account', 'Sessions']);

  await expect(devices(page).first()).toContainText('Chrome');
  await expect(devices(page).first()).toContainText('This device');
  await expect(devices(page).first().getByRole('button')).toHaveCount(0);
  const firefoxes = page.getByRole('button', { name: 'Sign out Firefox on Windows' });
  await expect(firefoxes).toHaveAccessibleDescription(/Last seen .*UTC.*Signed in .*with a password/);
  await firefoxes.click();
  await expect(page.getByRole('status')).toHaveText('The device is signed out.');
  await expect(firefoxes).toHaveCount(0);
  await expect(page.getByText('Session ended from another device').first()).toBeVisible();
  await other.getByRole('link', { name: 'Home', exact: true }).first().click();
  await expect(other).toHaveURL(/\/sign-in\?.*reason=ended/);
  await elsewhere.close();
});

test('all other devices are signed out with one button, which then is not there any more', async ({
  page,
  stand,
}) => {
  const others = [
    await onAnotherDevice(stand, 'grace@example.com'),
    await onAnotherDevice(stand, 'grace@example.com'),
  ];
  await signIn(page, 'grace@example.com', '/account/sessions');
  await page.getByRole('button', { name: 'Sign out all other devices' }).click();
  await expect(page.getByRole('status')).toHaveText('All your other devices are signed out.');
  await expect(devices(page)).toHaveCount(1);
  await expect(page.getByText('No other device is signed in.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign out all other devices' })).toHaveCount(0);
  for (const other of others) await expectTurnedOut(other);
});

test('LO-08 signing out everywhere ends every session and the hosted UI’s own', async ({
  page,
  context,
  stand,
}) => {
  const other = await onAnotherDevice(stand, 'linus@example.com');
  await signIn(page, 'linus@example.com', '/account/sessions');
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page).toHaveURL('/');
  for (const { name } of await context.cookies()) expect(name).not.toMatch(/session|refresh|flow|^cognito$/);
  await expectTurnedOut(other);
  await page.goto('/sign-in');
  await page
    .getByRole('main')
    .getByRole('button', { name: /sign in/i })
    .click();
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('devices are listed and signed out', async ({ page, stand }) => {
    const other = await onAnotherDevice(stand, 'linus@example.com');
    await signIn(page, 'linus@example.com', '/account/sessions');
    await page.getByRole('button', { name: 'Sign out Unknown device' }).first().click();
    await expect(page.getByRole('status')).toHaveText('The device is signed out.');
    await expectTurnedOut(other);
  });
});

test('a device is signed out by keyboard alone', async ({ page, stand }) => {
  await onAnotherDevice(stand, 'ada@example.com');
  await signIn(page, 'ada@example.com', '/account/sessions');
  const button = page.getByRole('button', { name: 'Sign out Unknown device' }).first();
  for (let tabs = 0; tabs < 20; tabs += 1) {
    await page.keyboard.press('Tab');
    if (await button.evaluate((element) => element === document.activeElement)) break;
  }
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toHaveText('The device is signed out.');
});

test('a long list of devices unfolds, fits a narrow screen, and axe finds nothing serious', async ({
  page,
  stand,
}) => {
  for (let count = 0; count < 9; count += 1) await onAnotherDevice(stand, 'grace@example.com');
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page, 'grace@example.com', '/account/sessions');
  await page.getByText(/Show \d+ more devices/).click();
  await expect(devices(page).last()).toBeVisible();
  await expectLooksRight(page);
});
