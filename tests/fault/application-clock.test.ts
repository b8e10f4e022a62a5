import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freePort, type RunningApp, startApp } from '../support/app.ts';
import { authorized } from '../support/authorized.ts';
import { type BrokenUserPool, startBrokenUserPool } from '../support/broken-user-pool.ts';
import { openBrowser } from '../support/browser.ts';
import { expireAccessToken, hasSession } from '../support/held-session.ts';
import { people } from '../support/local-pool.ts';

let pool: BrokenUserPool;
let app: RunningApp;

beforeAll(async () => {
  const port = await freePort();
  pool = await startBrokenUserPool(`http://localhost:${port}`);
  app = await startApp(pool.environment, port);
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});
beforeEach(() => pool.reset());

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** What has been written since then. */
const loggedSince = (offset: number): string => app.output().slice(offset);

describe('IF-05', () => {
  test.each([
    ['50 seconds ahead', 50 * SECOND],
    ['50 seconds behind', -50 * SECOND],
    // Tokens that seem older than they are end earlier and are good until then.
    ['2 minutes behind', -2 * MINUTE],
    ['10 minutes behind', -10 * MINUTE],
  ])('IF-05 a user pool whose clock is %s signs people in, and keeps them', async (_, skew) => {
    pool.skewClock(skew);
    const browser = openBrowser(app);
    expect((await browser.signIn(people.ada)).url.pathname).toBe('/home');
    await expireAccessToken(app, pool, browser);
    expect((await browser.get('/home')).status).toBe(200);
    expect((await browser.get('/home')).status).toBe(200);
    expect(pool.calls.token).toBe(2);
  });

  test.each([
    ['2 minutes ahead', 2 * MINUTE],
    ['10 minutes ahead', 10 * MINUTE],
  ])(
    'IF-05 at a user pool whose clock is %s a sign-in stops with a page, and the log says why',
    async (_, skew) => {
      pool.skewClock(skew);
      const browser = openBrowser(app);
      const back = await authorized(browser, people.ada);
      const before = app.output().length;
      const page = await browser.follow(back);
      expect(page.url.pathname + page.url.search).toBe('/sign-in?error=tokens_rejected&returnTo=%2Fhome');
      expect(page.text).toContain('The sign-in could not be verified');
      expect(hasSession(browser)).toBe(false);
      expect(pool.calls.token).toBe(1);
      await expect.poll(() => loggedSince(before)).toContain('"clock skew"');
      // Of another browser: what the user pool remembers of this one's sign-in is dated ahead.
      pool.skewClock(0);
      expect((await openBrowser(app).signIn(people.ada)).url.pathname).toBe('/home');
    },
  );

  test.each([
    ['2 minutes ahead', 2 * MINUTE],
    ['10 minutes ahead', 10 * MINUTE],
  ])(
    'IF-05 a refresh at a user pool whose clock is %s is one call and one redirect, no loop',
    async (_, skew) => {
      const browser = openBrowser(app);
      await browser.signIn(people.ada);
      await expireAccessToken(app, pool, browser);
      pool.reset();
      pool.skewClock(skew);
      const before = app.output().length;
      const page = await browser.follow(await browser.get('/home'));
      expect(page.status).toBe(200);
      expect(pool.calls.token).toBe(1);
      await expect.poll(() => loggedSince(before)).toContain('"clock skew"');
    },
  );

  test('IF-05 tokens that have ended when they arrive open no session, and nothing goes round', async () => {
    pool.skewClock(-2 * 60 * MINUTE);
    const browser = openBrowser(app);
    const page = await browser.signIn(people.ada);
    expect(page.url.searchParams.get('error')).toBe('tokens_rejected');
    expect(hasSession(browser)).toBe(false);
    expect(pool.calls.token).toBe(1);
  });

  test('IF-05 a clock that jumps ahead and back again leaves signed-in people signed in', async () => {
    const browser = openBrowser(app);
    await browser.signIn(people.ada);
    for (const skew of [10 * MINUTE, -10 * MINUTE, 0]) {
      pool.skewClock(skew);
      expect((await browser.get('/home')).status).toBe(200);
    }
    await expireAccessToken(app, pool, browser);
    expect((await browser.get('/home')).status).toBe(200);
  });
});
