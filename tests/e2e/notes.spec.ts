import {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { localCredentials } from '../support/local-pool.ts';
import { expect, type Stand, signIn, test } from './fixtures.ts';
import { expectNothingSerious } from './looks-right.ts';

/** Several sign-ins on a busy machine take their time. */
test.describe.configure({ timeout: 90_000 });

/** Writes a note through the page, and stays on the note's own. @returns its address */
async function write(page: Page, title: string, text = 'Some text'): Promise<string> {
  await page.goto('/notes/new');
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Text').fill(text);
  await page.getByRole('button', { name: 'Write it down' }).click();
  await expect(page.getByRole('status')).toHaveText('The note is written down.');
  return new URL(page.url()).pathname;
}

const listed = (page: Page) => page.getByRole('list', { name: 'Notes' }).getByRole('listitem');
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const alert = (page: Page) => page.getByRole('main').getByRole('alert');

async function isAsWideAsItsWindow(page: Page): Promise<boolean> {
  return await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
}

async function pageOf(browser: Browser, stand: Stand, username: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: stand.app.url });
  const page = await context.newPage();
  await signIn(page, username);
  return page;
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, () => {
    test.use({ javaScriptEnabled });

    test('a note is written, found in the list, changed, shared, taken back and deleted', async ({
      page,
    }) => {
      await signIn(page, 'grace@example.com');
      await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Notes' }).click();
      await page.getByRole('link', { name: 'Write a note' }).click();
      await expect(page.getByText('Everybody of acme reads it; only you can change it.')).toBeVisible();
      const title = `Packing <list> ${javaScriptEnabled}`;
      await write(page, title, 'Tent\n  Lamp 🏖️');
      await expect(heading(page, title)).toBeVisible();
      await expect(page.getByRole('article')).toContainText('Yours · changed');

      await page.goto('/notes');
      await expect(listed(page).first()).toContainText('read by everybody of acme');
      await page.getByRole('link', { name: title }).click();
      await page.getByLabel('Text').fill('Tent\nRope');
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByRole('status')).toHaveText('Your changes are saved.');
      await expect(page.getByRole('article')).toContainText('Rope');

      await page.getByRole('button', { name: 'Share with editors' }).click();
      await expect(page.getByRole('status')).toHaveText('The note is shared.');
      await expect(page.getByRole('article')).toContainText('everybody of acme and the group editors');
      await page.getByRole('button', { name: 'Take back from editors' }).click();
      await expect(page.getByRole('status')).toHaveText('The note is taken back from the group.');

      await page.getByText('Delete this note …').click();
      await page.getByRole('button', { name: 'Delete for good' }).click();
      await expect(page).toHaveURL('/notes?done=deleted');
      await expect(page.getByRole('status')).toHaveText('The note is deleted.');
      await expect(page.getByRole('link', { name: title })).toHaveCount(0);
    });
  });
}

test('whoever has nothing to read is told so, and the page below has a way back', async ({ page }) => {
  await signIn(page, 'ada@example.com', '/notes');
  await expect(page.getByText('There is nothing to read yet')).toBeVisible();
  await page.getByRole('link', { name: 'Only yours' }).click();
  await expect(page.getByText('You have not written a note yet.')).toBeVisible();
  await page.goto('/notes?cursor=nonsense');
  await expect(page.getByText('There is nothing to read yet')).toBeVisible();
  await expectNothingSerious(page);
});

/** @returns a second device that shows a note as it was before the first one changed it */
async function overtaken(page: Page, context: BrowserContext): Promise<Page> {
  await signIn(page, 'grace@example.com');
  const address = await write(page, 'Plan', 'The first text');
  const other = await context.newPage();
  await other.goto(address);
  await page.getByLabel('Text').fill('What the first device typed');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status')).toBeVisible();
  return other;
}

test('of two changes at once, the second sees both texts and loses neither', async ({ page, context }) => {
  const other = await overtaken(page, context);

  await other.getByLabel('Title').fill('Plan B');
  await other.getByLabel('Text').fill('What the second device typed');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(alert(other)).toHaveText('That was not done. This has been changed since you read it.');
  await expect(other.getByRole('article')).toContainText('What the first device typed');
  await expect(other.getByLabel('Title')).toHaveValue('Plan B');
  await expect(other.getByLabel('Text')).toHaveValue('What the second device typed');
  await expectNothingSerious(other);

  await other.getByRole('button', { name: 'Save mine in its place' }).click();
  await expect(other.getByRole('status')).toHaveText('Your changes are saved.');
  await expect(other.getByRole('article')).toContainText('What the second device typed');
});

test('what cannot be saved is no reason to save over what somebody else saved meanwhile', async ({
  page,
  context,
}) => {
  const other = await overtaken(page, context);

  await other.getByLabel('Text').fill('x'.repeat(10_001));
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(alert(other)).toContainText('That was not done.');
  await expect(other.getByRole('heading', { name: 'What you typed' })).toBeVisible();
  await expect(other.getByRole('button', { name: 'Save mine in its place' })).toBeVisible();
  await expect(other.getByRole('article')).toContainText('What the first device typed');
});

test('what was typed into a note that was deleted meanwhile can be written as a new one', async ({
  page,
  context,
}) => {
  await signIn(page, 'grace@example.com');
  const address = await write(page, 'Short-lived');
  const other = await context.newPage();
  await other.goto(address);
  await page.getByText('Delete this note …').click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByRole('status')).toHaveText('The note is deleted.');
  await other.getByLabel('Text').fill('Typed too late');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(alert(other)).toContainText('It was deleted while you changed it.');
  await other.getByRole('button', { name: 'Write it down' }).click();
  await expect(other.getByRole('status')).toHaveText('The note is written down.');
  await expect(other.getByRole('article')).toContainText('Typed too late');
});

test('a group that a note is shared with reads it and changes nothing; nobody else finds it', async ({
  page,
  browser,
  stand,
}) => {
  const userPool = stand.pool.pool.userPools()[0];
  const client = new CognitoIdentityProviderClient({
    endpoint: stand.pool.url,
    region: 'local',
    credentials: {
      accessKeyId: localCredentials.AWS_ACCESS_KEY_ID,
      secretAccessKey: localCredentials.AWS_SECRET_ACCESS_KEY,
    },
  });
  await client.send(
    new AdminAddUserToGroupCommand({
      UserPoolId: userPool?.id ?? '',
      Username: 'linus@example.com',
      GroupName: 'editors',
    }),
  );
  await signIn(page, 'grace@example.com');
  const address = await write(page, 'For editors');
  const linus = await pageOf(browser, stand, 'linus@example.com');
  await linus.goto(address);
  await expect(heading(linus, 'Nothing stands here')).toBeVisible();

  await page.getByRole('button', { name: 'Share with editors' }).click();
  await expect(page.getByRole('status')).toBeVisible();
  await linus.goto('/notes');
  await linus.getByRole('link', { name: 'For editors' }).click();
  await expect(heading(linus, 'For editors')).toBeVisible();
  await expect(linus.getByRole('article')).toContainText('By Grace Hopper');
  await expect(linus.getByRole('main').getByRole('button')).toHaveCount(0);

  const ada = await pageOf(browser, stand, 'ada@example.com');
  expect((await ada.goto(address))?.status()).toBe(404);
  await linus.context().close();
  await ada.context().close();
});

test('what cannot be a note is told in words, and the form is as it was', async ({ page }) => {
  await signIn(page, 'grace@example.com', '/notes/new');
  const text = `${'é'.repeat(10_001)}`;
  await page.getByLabel('Title').fill('Too long');
  await page.getByLabel('Text').fill(text);
  await page.getByRole('button', { name: 'Write it down' }).click();
  await expect(alert(page)).toContainText('Something is missing or too long.');
  await expect(page.getByLabel('Title')).toHaveValue('Too long');
  await expect(page.getByLabel('Text')).toHaveValue(text);
  await page.getByLabel('Text').fill('🏖'.repeat(10_000));
  await page.getByRole('button', { name: 'Write it down' }).click();
  await expect(page.getByRole('status')).toHaveText('The note is written down.');
});

test('a form that is sent twice writes one note; sent once more with other words, another', async ({
  page,
}) => {
  await signIn(page, 'grace@example.com', '/notes/new');
  const once = await page.locator('input[name=once]').inputValue();
  const send = async (title: string) => {
    const answer = await page.request.post('/notes/create', {
      form: { once, title, text: '' },
      headers: { origin: new URL(page.url()).origin },
    });
    return new URL(answer.url()).pathname;
  };
  const [first, second, third] = [await send('twice'), await send('twice'), await send('other')];
  expect(first).toMatch(/^\/notes\/[\da-f-]{36}$/);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test('a long list has pages', async ({ page }) => {
  await signIn(page, 'grace@example.com', '/notes/new');
  for (let count = 0; count < 21; count += 1)
    await page.request.post('/notes/create', {
      form: { once: crypto.randomUUID(), title: `Note ${count}`, text: '' },
      headers: { origin: new URL(page.url()).origin },
    });
  await page.goto('/notes?owner=me');
  await expect(listed(page)).toHaveCount(20);
  await expect(listed(page).first()).toContainText('Note 20');
  await page.getByRole('link', { name: 'Older notes' }).click();
  await expect(page).toHaveURL(/owner=me&cursor=/);
  await expect(listed(page).first()).toContainText('Note 0');
  await page.getByRole('link', { name: 'Newest notes' }).click();
  await expect(listed(page).first()).toContainText('Note 20');
});

test('a note is deleted by keyboard alone', async ({ page }) => {
  await signIn(page, 'grace@example.com');
  await write(page, 'By keyboard');
  const summary = page.getByText('Delete this note …');
  for (let tabs = 0; tabs < 40; tabs += 1) {
    await page.keyboard.press('Tab');
    if (await summary.evaluate((element) => element === document.activeElement)) break;
  }
  await expect(summary).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Delete for good' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toHaveText('The note is deleted.');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the longest words fit a narrow screen, and axe finds nothing serious, in ${colorScheme} mode`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 320, height: 640 });
    await signIn(page, 'grace@example.com');
    const address = await write(page, 'W'.repeat(200), `${'w'.repeat(2_000)}\n‮right to left`);
    for (const path of [address, '/notes', '/notes/new']) {
      await page.goto(path);
      expect(await isAsWideAsItsWindow(page), path).toBe(true);
      await expectNothingSerious(page);
    }
  });
}
