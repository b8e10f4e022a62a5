import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openFormBrowser } from '../integration/local-pool/hosted-ui/form-browser.ts';
import { relyingParty, signIn } from '../integration/local-pool/relying-party.ts';
import { type PoolAndApp, startPoolAndApp } from '../support/local-pool.ts';
import { expect, test } from './fixtures.ts';

test.describe.configure({ timeout: 60_000 });

/** Of Ada, at the mobile app client. */
async function accessToken({ pool }: PoolAndApp): Promise<string> {
  const mobile = await relyingParty(pool.url, 'mobile');
  const { access_token } = await signIn(openFormBrowser(pool.url), mobile, { scope: 'openid' });
  return access_token;
}

const tokenField = (page: Page) => page.getByRole('textbox', { name: 'Token', exact: true });
const tryForm = (page: Page, id: string) => page.getByRole('form', { name: `Try ${id}`, exact: true });
const send = (page: Page, id: string) => tryForm(page, id).getByRole('button').click();

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
}

test('without a script, everything can be read, and nothing is there that would not work', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ baseURL: baseURL ?? '', javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('link', { name: 'API reference' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('API reference');
  await page
    .getByRole('navigation', { name: 'Operations' })
    .getByRole('link', { name: 'Sign one browser out' })
    .click();
  expect(new URL(page.url()).hash).toBe('#endOwnSession');
  const operation = page.getByRole('article', { name: 'Sign one browser out' });
  await expect(operation).toBeInViewport();
  await expect(operation.getByRole('region', { name: 'endOwnSession with curl' })).toContainText(
    'curl -i -X DELETE',
  );
  await expect(operation.getByText('not_found')).toBeHidden();
  await operation.getByText(/ways to be refused/).click();
  await expect(operation.getByText('404 not_found')).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await expect(page.getByRole('button')).toHaveCount(0);
  await context.close();
});

test('a call is made with the token that was pasted, and the token is in the field and nowhere else', async ({
  page,
  stand,
}) => {
  const token = await accessToken(stand);
  const asked: { url: string; cookie: string | undefined }[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => asked.push({ url: request.url(), cookie: request.headers().cookie }));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto('/reference', { waitUntil: 'networkidle' });
  await tokenField(page).fill(token);
  await tryForm(page, 'getMe').getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(tryForm(page, 'getMe').getByRole('status')).toContainText('200 OK');
  const body = tryForm(page, 'getMe').getByRole('region', { name: 'Body of the answer to getMe' });
  await expect(body).toContainText('"openid"');
  await expect(tryForm(page, 'getMe').getByText('ratelimit', { exact: true })).toBeVisible();

  const kept = await page.evaluate(() => [
    document.documentElement.outerHTML,
    location.href,
    JSON.stringify({ ...localStorage }),
    JSON.stringify({ ...sessionStorage }),
    document.cookie,
    JSON.stringify(history.state),
  ]);
  for (const place of kept) expect(place).not.toContain(token.slice(-40));
  expect(new Set(asked.map(({ url }) => new URL(url).origin))).toEqual(new Set([stand.app.url]));
  for (const { url } of asked) expect(url).not.toContain(token.slice(-40));
  expect(complaints).toEqual([]);
  await expect(tokenField(page)).toHaveAttribute('type', 'password');
  await page.reload();
  await expect(tokenField(page)).toHaveValue('');
});

test('a browser that is signed in sends its token and not its cookies', async ({ page, stand }) => {
  await page.context().addCookies([{ name: 'session-1', value: 'x', url: stand.app.url }]);
  await page.goto('/reference');
  const request = page.waitForRequest('**/api/v1/me');
  await send(page, 'getMe');
  expect((await (await request).allHeaders()).cookie).toBeUndefined();
  await expect(tryForm(page, 'getMe').getByRole('status')).toContainText(/401 .*Paste a token/);
});

test('what is typed reaches the operation as it is: address, and body', async ({ page, stand }) => {
  await page.goto('/reference');
  await tokenField(page).fill(await accessToken(stand));
  const form = tryForm(page, 'signUserOut');
  await form.getByRole('button').click();
  await expect(form.getByLabel('username')).toBeFocused();
  await form.getByLabel('username').fill('no/body?at=all#1');
  const sent = page.waitForRequest('**/sign-out');
  await send(page, 'signUserOut');
  await expect(form.getByRole('status')).toContainText('404 Not Found');
  await expect(form.getByRole('region')).toContainText('unknown_user');
  expect(new URL((await sent).url()).pathname).toBe('/api/v1/admin/users/no%2Fbody%3Fat%3Dall%231/sign-out');
  await form.getByLabel('Body', { exact: true }).fill('{"note":');
  await send(page, 'signUserOut');
  await expect(form.getByRole('status')).toContainText('400 Bad Request');
});

test('waiting, too many calls, a token that cannot be sent and a network that is down are told in words', async ({
  page,
}) => {
  const stand = await startPoolAndApp({}, () => ({ API_REQUESTS_PER_USER: '2' }));
  await page.goto(`${stand.app.url}/reference`);
  await tokenField(page).fill(await accessToken(stand));
  const form = tryForm(page, 'getToken');

  let pass = () => {};
  const held = new Promise<void>((resolve) => {
    pass = resolve;
  });
  await page.route('**/api/v1/token', async (route) => {
    await held;
    await route.continue();
  });
  await send(page, 'getToken');
  await expect(form.getByRole('button')).toHaveText('Waiting for the answer…');
  pass();
  await expect(form.getByRole('status')).toContainText('200 OK');
  for (let calls = 0; calls < 2; calls += 1) {
    await send(page, 'getToken');
    await expect(form.getByRole('button')).toHaveText('Send GET');
  }
  await expect(form.getByRole('status')).toContainText(/429 Too Many Requests.*Wait \d+ seconds/);

  await tokenField(page).fill('日本');
  await send(page, 'getToken');
  await expect(form.getByRole('alert')).toContainText('cannot be sent');
  await tokenField(page).fill('nonsense');
  await send(page, 'getToken');
  await expect(form.getByRole('status')).toContainText('The token was not accepted.');
  await stand.stop();
  await send(page, 'getToken');
  await expect(form.getByRole('alert')).toContainText('Nothing came back');
  await expectNoViolations(page);
});

for (const [name, width, colorScheme] of [
  ['a wide light screen', 1_280, 'light'],
  ['a narrow dark screen', 390, 'dark'],
] as const) {
  test(`on ${name} nothing is cut off, and everybody can use it`, async ({ page, stand }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    await page.goto('/reference#getToken');
    await expect(page.getByRole('article', { name: 'What the presented token is' })).toBeInViewport();
    await tokenField(page).fill(await accessToken(stand));
    await send(page, 'getToken');
    await expect(tryForm(page, 'getToken').getByRole('status')).toContainText('200 OK');
    for (const fold of await page.locator('summary').all()) await fold.click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await expectNoViolations(page);
  });
}
