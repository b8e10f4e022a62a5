import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { openBrowser } from '../../support/browser.ts';
import { withoutGeneration } from '../../support/cookie-names.ts';
import { flowsUnderWay } from '../../support/flows.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';

let pool: HostileUserPool;
let local: RunningApp;
let https: RunningApp;

beforeAll(async () => {
  pool = await startHostileUserPool();
  [local, https] = await Promise.all([
    startApp(pool.environment),
    startApp({ ...pool.environment, APP_URL: 'https://app.example.test' }),
  ]);
});
afterAll(async () => {
  await Promise.all([local.stop(), https.stop()]);
  await pool.close();
});
beforeEach(() => pool.reset());

/** Every `Set-Cookie` line of a sign-in, from its start to the page at its end, and of the sign-out after it. */
async function everySetCookie(app: RunningApp): Promise<string[]> {
  const browser = openBrowser(app);
  let answer = await browser.post('/api/auth/signin/cognito', { returnTo: '/home' });
  const lines = answer.headers.getSetCookie();
  while (answer.location) {
    answer = await browser.get(answer.location.href);
    lines.push(...answer.headers.getSetCookie());
  }
  lines.push(...(await browser.post('/sign-out')).headers.getSetCookie());
  return lines;
}

const nameOf = (line: string): string => line.slice(0, line.indexOf('='));
const attributesOf = (line: string): string[] =>
  line
    .split(';')
    .slice(1)
    .map((part) => part.trim().toLowerCase());

describe('BS-01', () => {
  test('BS-01 on https every cookie is __Host-, Secure, HttpOnly, Lax, on / and of no domain', async () => {
    const lines = await everySetCookie(https);
    const parts = lines.map((line) => withoutGeneration(nameOf(line)).replace(/flow-[0-9a-f]{10}/, 'flow'));
    const expected = ['session', 'refresh', 'flow', 'flow-state', 'flow-nonce', 'flow-pkce', 'flow-csrf'];
    expect(new Set(parts)).toEqual(new Set(expected.map((name) => `__Host-${name}`)));
    for (const line of lines) {
      const attributes = attributesOf(line);
      expect(attributes, nameOf(line)).toEqual(
        expect.arrayContaining(['secure', 'httponly', 'samesite=lax', 'path=/']),
      );
      expect(attributes.filter((attribute) => attribute.startsWith('domain'))).toEqual([]);
    }
  });

  test('BS-01 on http://localhost every cookie is HttpOnly and Lax, and none claims to be Secure', async () => {
    const lines = await everySetCookie(local);
    expect(lines.length).toBeGreaterThan(6);
    for (const line of lines) {
      expect(nameOf(line)).not.toMatch(/^__/);
      expect(attributesOf(line)).toEqual(expect.arrayContaining(['httponly', 'samesite=lax', 'path=/']));
      expect(attributesOf(line)).not.toContain('secure');
    }
  });
});

describe('BS-02', () => {
  const groups = Array.from({ length: 25 }, (_, index) => `department-of-long-names-${index}`);
  const custom = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`custom:attribute${index}`, `value number ${index} of twenty`]),
  );

  test('BS-02 the largest realistic tokens fit: each Set-Cookie within 4,096 bytes, all cookies within 12 KB', async () => {
    pool.onToken(async (request) => ({
      body: await pool.tokens(request, {
        access: { claims: { 'cognito:groups': groups } },
        id: { claims: { 'cognito:groups': groups, ...custom } },
        refreshToken: 'r'.repeat(1_800),
      }),
    }));
    for (const app of [local, https]) {
      const lines = await everySetCookie(app);
      expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(4_096);
      const browser = openBrowser(app);
      expect((await browser.signIn()).status).toBe(200);
      expect(browser.jar.header(new URL(app.url)).length).toBeLessThanOrEqual(12_288);
    }
  });

  test.each([4, 8, 10, 12, 16, 40])(
    'BS-02 claims of %i KB end in a session that works, or in a coded error and no cookie',
    async (kilobytes) => {
      pool.onToken(async (request) => ({
        body: await pool.tokens(request, {
          access: { claims: { 'cognito:groups': groups, 'custom:note': 'n'.repeat(4_000) } },
          id: { claims: { 'custom:note': 'n'.repeat(Math.min(kilobytes * 1_024, 40_000)) } },
          refreshToken: 'r'.repeat(1_800),
        }),
      }));
      const browser = openBrowser(local);
      const page = await browser.signIn();
      expect(page.status).toBe(200);
      if (page.url.pathname === '/home') {
        expect(browser.jar.header(page.url).length).toBeLessThanOrEqual(12_288);
      } else {
        expect(page.url.pathname + page.url.search).toMatch(
          /^\/sign-in\?error=(session_too_large|tokens_rejected)&returnTo=%2Fhome$/,
        );
        expect(browser.cookies()).toEqual({});
      }
    },
  );

  test('BS-02 a hundred abandoned sign-ins leave five at the most, and the last one still works', async () => {
    const browser = openBrowser(local);
    for (let count = 0; count < 100; count += 1) {
      await browser.post('/api/auth/signin/cognito', { returnTo: `/home?attempt=${count}` });
    }
    expect(flowsUnderWay(browser)).toBeGreaterThanOrEqual(3);
    expect(flowsUnderWay(browser)).toBeLessThanOrEqual(5);
    expect(browser.jar.header(new URL(local.url)).length).toBeLessThan(8_192);
    expect((await browser.signIn({ returnTo: '/pro' })).url.pathname).toBe('/pro');
    expect(browser.jar.header(new URL(local.url)).length).toBeLessThan(8_192);
    await browser.post('/sign-out');
    expect(browser.cookies()).toEqual({});
  });

  test('BS-02 abandoned sign-ins that would return to very long addresses stay below 8 KB together', async () => {
    const browser = openBrowser(local);
    for (let count = 0; count < 10; count += 1) {
      await browser.post('/api/auth/signin/cognito', { returnTo: `/pro?${count}=${'x'.repeat(2_000)}` });
      expect(browser.jar.header(new URL(local.url)).length).toBeLessThan(8_192);
    }
    expect((await browser.signIn({ returnTo: '/pro' })).url.pathname).toBe('/pro');
  });
});
