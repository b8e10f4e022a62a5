import { addGroupMember } from '../../local-pool/src/store/groups.ts';
import { expect, type Stand, signIn, test } from './fixtures.ts';

const ACCESS_TOKEN_SECONDS = 6;
const DUE_MS = ACCESS_TOKEN_SECONDS * 750 + 500;
/** The verifier tolerates a minute of clock difference, so a token is past use only after that. */
test.use({ accessTokenValidity: ACCESS_TOKEN_SECONDS });

const issuedRefreshTokens = ({ pool }: Stand): number =>
  Number(pool.pool.store.sql('SELECT count(*) AS n FROM refresh_tokens').get()?.n);

test('a session goes on past the life of its access token', async ({ page, stand }) => {
  await signIn(page, 'ada@example.com');
  for (let round = 0; round < 3; round += 1) {
    const before = issuedRefreshTokens(stand);
    await page.waitForTimeout(DUE_MS);
    expect((await page.goto('/admin'))?.status()).toBe(200);
    expect(issuedRefreshTokens(stand)).toBe(before + 1);
  }
});

test('claims that a refresh brings are in the page that caused it', async ({ page, stand }) => {
  await signIn(page, 'linus@example.com');
  expect((await page.goto('/admin'))?.status()).toBe(403);
  const userPoolId = stand.pool.pool.userPools()[0]?.id ?? '';
  const sub = String(
    stand.pool.pool.store
      .sql("SELECT sub FROM users WHERE username = ? OR attributes LIKE '%linus@%'")
      .get('linus')?.sub,
  );
  addGroupMember(stand.pool.pool, userPoolId, sub, 'admins');
  await page.waitForTimeout(DUE_MS);
  expect((await page.goto('/admin'))?.status()).toBe(200);
});

test('twenty parallel requests with one due session make one token call', async ({ page, stand }) => {
  await signIn(page, 'grace@example.com');
  await page.waitForTimeout(DUE_MS);
  const before = issuedRefreshTokens(stand);
  const statuses = await page.evaluate(async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => fetch('/pro', { cache: 'no-store' })));
    return answers.map((answer) => answer.status);
  });
  expect(statuses).toEqual(Array.from({ length: 20 }, () => 200));
  expect(issuedRefreshTokens(stand)).toBe(before + 1);
});

test('BS-11 links on a page spend no refresh token until one is clicked', async ({ page, stand }) => {
  await signIn(page, 'ada@example.com');
  await page.waitForTimeout(DUE_MS);
  const before = issuedRefreshTokens(stand);
  for (const link of await page.getByRole('navigation').getByRole('link').all()) await link.hover();
  await page.waitForTimeout(300);
  expect(issuedRefreshTokens(stand)).toBe(before);
  await page.getByRole('navigation').getByRole('link', { name: /admin/i }).click();
  await expect(page).toHaveURL('/admin');
  expect(issuedRefreshTokens(stand)).toBe(before + 1);
});
