import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freePort, type RunningApp, startApp } from '../support/app.ts';
import { authorized } from '../support/authorized.ts';
import {
  type BrokenAnswer,
  byteBySecond,
  fiftyMegabytes,
  gzipBomb,
  late,
  neverEnds,
  silence,
} from '../support/broken-answers.ts';
import { type BrokenUserPool, startBrokenUserPool } from '../support/broken-user-pool.ts';
import { type Browser, openBrowser } from '../support/browser.ts';
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

const unanswered: [string, BrokenAnswer][] = [
  ['takes 30 seconds', late(30_000)],
  ['never answers', silence],
];
const unfinished: [string, BrokenAnswer][] = [
  ['sends a byte per second', byteBySecond],
  ['never ends', neverEnds],
];
const large: [string, BrokenAnswer][] = [
  ['sends 50 MB', fiftyMegabytes],
  ['sends 50 MB packed into 50 KB', gzipBomb],
];

/** In milliseconds: the five seconds that the user pool is given, and what a busy machine takes besides. */
const PATIENCE = 7_000;

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work;
  expect(performance.now() - started).toBeLessThan(milliseconds);
  return result;
}

const expectReleased = () => expect.poll(() => pool.underWay(), { timeout: 3_000 }).toBe(0);
const expectLittleSent = () => expect(pool.bytesSent()).toBeLessThan(10 * 1024 * 1024);

async function signedIn(): Promise<Browser> {
  const browser = openBrowser(app);
  expect((await browser.signIn(people.ada)).url.pathname).toBe('/home');
  return browser;
}

describe('a refresh', () => {
  test.each([...unanswered, ...unfinished, ...large])(
    'IF-02 a refresh that %s is given up after five seconds, once, and the session is kept',
    async (_, answer) => {
      const browser = await signedIn();
      await expireAccessToken(app, pool, browser);
      const before = browser.cookies();
      pool.reset();
      pool.breaks('token', answer);
      const page = await within(PATIENCE, browser.get('/home'));
      expect(page.status).toBe(503);
      expect(page.headers.get('retry-after')).toBe('5');
      expect(browser.cookies()).toEqual(before);
      expect(pool.calls.token).toBe(1);
      await expectReleased();
      expectLittleSent();
      pool.reset();
      expect((await browser.get('/home')).status).toBe(200);
    },
  );
});

describe('a refresh under load', () => {
  test('IF-02 a busy application, whose memory is cleared meanwhile, gives up bodies that trickle as well', async () => {
    const browsers: Browser[] = [];
    for (let count = 0; count < 12; count += 1) {
      const browser = await signedIn();
      await expireAccessToken(app, pool, browser);
      browsers.push(browser);
    }
    pool.reset();
    pool.breaks('token', byteBySecond);
    let busy = true;
    const visitors = (async () => {
      while (busy) await Promise.all(Array.from({ length: 10 }, () => openBrowser(app).get('/sign-in')));
    })();
    try {
      const pages = await within(15_000, Promise.all(browsers.map((browser) => browser.get('/home'))));
      expect(pages.map(({ status }) => status)).toEqual(browsers.map(() => 503));
    } finally {
      busy = false;
      await visitors;
    }
    await expectReleased();
  }, 60_000);
});

describe('a sign-in', () => {
  test.each([...unanswered, ...unfinished, ...large])(
    'IF-02 a code exchange that %s is given up after five seconds, and no session is opened',
    async (_, answer) => {
      const browser = openBrowser(app);
      const back = await authorized(browser, people.ada);
      pool.reset();
      pool.breaks('token', answer);
      const refused = await within(PATIENCE, browser.follow(back));
      expect(refused.url.pathname).toBe('/sign-in');
      // A packed answer is not unpacked: that is nonsense, and as little of a success.
      const error = answer === gzipBomb ? 'tokens_rejected' : 'user_pool_unavailable';
      expect(refused.url.searchParams.get('error')).toBe(error);
      expect(hasSession(browser)).toBe(false);
      expect(pool.calls.token).toBe(1);
      await expectReleased();
      expectLittleSent();
    },
  );
});
