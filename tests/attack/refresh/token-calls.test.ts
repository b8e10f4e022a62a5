import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/processes.ts';
import { freePort, type RunningApp, startApp } from '../../support/app.ts';
import { changed, invalidUtf8, late } from '../../support/broken-answers.ts';
import { type BrokenUserPool, startBrokenUserPool, webClientId } from '../../support/broken-user-pool.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { expireAccessToken, heldSession } from '../../support/held-session.ts';
import { people } from '../../support/local-pool.ts';

let pool: BrokenUserPool;
let here: RunningApp;
let there: RunningApp;

beforeAll(async () => {
  const port = await freePort();
  pool = await startBrokenUserPool(`http://localhost:${port}`);
  here = await startApp(pool.environment, port);
  const { SESSION_SECRET = '' } = here.environment;
  there = await startApp({ ...pool.environment, SESSION_SECRET, APP_URL: here.url });
});
afterAll(async () => {
  await Promise.all([here.stop(), there.stop()]);
  await pool.close();
});
beforeEach(() => pool.reset());

/** A browser whose next page load refreshes. */
async function arrive(person: { username: string; password: string }): Promise<Browser> {
  const browser = openBrowser(here);
  expect((await browser.signIn(person)).url.pathname).toBe('/home');
  await expireAccessToken(here, pool, browser);
  return browser;
}

/** Tempts every cache on the way. */
const keepable = changed((body) => body, {
  'cache-control': 'public, max-age=31536000, immutable',
  etag: '"one-for-all"',
  pragma: '',
});

describe('RR-14', () => {
  test('RR-14 the refreshes of several people at once bring each their own tokens', async () => {
    const everyone = Object.values(people);
    const browsers = [];
    for (const person of everyone) browsers.push(await arrive(person));
    pool.reset();
    pool.breaks('token', late(500));
    const pages = await Promise.all(browsers.map((browser) => browser.get('/home')));
    expect(pool.calls.token).toBe(3);
    for (const [index, { username }] of everyone.entries()) {
      expect(pages[index]?.status).toBe(200);
      const { session } = await heldSession(here, browsers[index] as Browser);
      expect(session.claims.email).toBe(username);
      for (const other of everyone)
        expect(pages[index]?.text.includes(other.username)).toBe(other.username === username);
    }
  });

  test('RR-14 an answer that offers itself to every cache is asked for again, and is on no disk', async () => {
    const client = pool.pool.appClient(webClientId);
    if (client) client.refreshTokenRotation = { enabled: false, graceSeconds: 0 };
    const browser = await arrive(people.ada);
    const copy = openBrowser(there);
    copy.jar.plant('localhost', browser.cookies());
    pool.reset();
    pool.breaks('token', keepable);
    pool.breaks('jwks', keepable);
    expect((await browser.get('/home')).status).toBe(200);
    expect((await copy.get('/home')).status).toBe(200);
    expect(pool.calls.token).toBe(2);
    const [one, other] = [await heldSession(here, browser), await heldSession(here, copy)];
    expect(one.refreshToken).toBe(other.refreshToken);
    expect(one.session.accessToken).not.toBe(other.session.accessToken);
    const kept = globSync('.next/cache/**/*', { cwd: root, withFileTypes: true }).filter(
      (entry) => entry.isFile() && entry.parentPath.includes('fetch-cache'),
    );
    for (const entry of kept) {
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      expect([...pool.issued].filter((secret) => text.includes(secret))).toEqual([]);
    }
  });

  test('RR-14 a redirect of the token endpoint is not followed, and no token goes there', async () => {
    const browser = await arrive(people.ada);
    pool.reset();
    for (const status of [301, 302, 303, 307, 308]) {
      pool.breaks('token', (response) => void response.writeHead(status, { location: '/elsewhere' }).end());
      expect((await browser.get('/home')).status).toBe(503);
    }
    expect(pool.calls).toMatchObject({ token: 5, pages: 0 });
  });

  test('RR-14 an answer that is not UTF-8 is none, however good the rest of it is', async () => {
    const browser = await arrive(people.ada);
    pool.breaks('token', invalidUtf8);
    expect((await browser.get('/home')).status).toBe(503);
    pool.reset();
    expect((await browser.get('/home')).status).toBe(200);
  });
});
