import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freePort, type RunningApp, startApp } from '../support/app.ts';
import { authorized } from '../support/authorized.ts';
import {
  type BrokenAnswer,
  brokenOff,
  byteOrderMark,
  errorPage,
  gzipBomb,
  invalidUtf8,
  pageAsJson,
  redirect,
  reset,
  truncated,
} from '../support/broken-answers.ts';
import { type BrokenUserPool, startBrokenUserPool } from '../support/broken-user-pool.ts';
import { type Answer, type Browser, openBrowser } from '../support/browser.ts';
import { expireAccessToken, hasSession } from '../support/held-session.ts';
import { people } from '../support/local-pool.ts';

let pool: BrokenUserPool;
let app: RunningApp;
/** Everything that the application has answered in this file, but for cookies, which no script can read. */
const answers: string[] = [];
/** Every cookie that it has set. */
const cookies: string[] = [];

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

function noted(answer: Answer): Answer {
  const headers = [...answer.headers].filter(([name]) => name !== 'set-cookie');
  if (answer.url.origin === app.url) answers.push([answer.text, ...headers.flat()].join('\n'));
  cookies.push(...answer.headers.getSetCookie());
  return answer;
}

async function signedIn(): Promise<Browser> {
  const browser = openBrowser(app);
  expect(noted(await browser.signIn(people.ada)).url.pathname).toBe('/home');
  return browser;
}

const broken: [string, BrokenAnswer][] = [
  ['429', errorPage(429)],
  ['429 with Retry-After', errorPage(429, { 'retry-after': '1' })],
  ['500', errorPage(500)],
  ['502', errorPage(502)],
  ['503 with Retry-After', errorPage(503, { 'retry-after': '1' })],
  ['504', errorPage(504)],
  ['200 with a page of HTML', errorPage(200)],
  ['200 with a page that is said to be JSON', pageAsJson],
  ['200 with a byte order mark', byteOrderMark],
  ['200 with a byte that is no UTF-8', invalidUtf8],
  ['200 with 50 MB packed into 50 KB', gzipBomb],
  ['200 with half of the JSON', truncated],
  ['200 and a connection that breaks off', brokenOff],
  ['a redirect to where the answer is', redirect],
  ['a connection that is reset', reset],
];

describe('a refresh', () => {
  test.each(broken)(
    'IF-03 %s to a refresh is no success, is not tried again, and the session is kept',
    async (_, answer) => {
      const browser = await signedIn();
      await expireAccessToken(app, pool, browser);
      const before = browser.cookies();
      pool.reset();
      pool.breaks('token', answer);
      const page = noted(await browser.get('/home'));
      expect(page.status).toBe(503);
      expect(page.headers.get('retry-after')).toBe('5');
      expect(browser.cookies()).toEqual(before);
      expect(pool.calls.token).toBe(1);
      pool.reset();
      expect(noted(await browser.get('/home')).status).toBe(200);
    },
  );
});

describe('a sign-in', () => {
  test.each(broken.filter(([, answer]) => answer !== invalidUtf8))(
    'IF-03 %s to a code exchange is no success and is not tried again',
    async (_, answer) => {
      const browser = openBrowser(app);
      const back = noted(await authorized(browser, people.ada));
      pool.reset();
      pool.breaks('token', answer);
      const refused = noted(await browser.follow(back));
      expect(refused.url.pathname).toBe('/sign-in');
      expect(refused.url.searchParams.get('error')).toMatch(/^(user_pool_unavailable|tokens_rejected)$/);
      expect(hasSession(browser)).toBe(false);
      expect(pool.calls.token).toBe(1);
      pool.reset();
      expect(noted(await browser.signIn(people.ada)).url.pathname).toBe('/home');
    },
  );
});

describe('IF-11', () => {
  /** Tokens as a whole and by part: a log line could carry a payload without its signature. */
  const secrets = (): string[] =>
    [
      ...pool.issued,
      ...cookies.map((line) => line.slice(line.indexOf('=') + 1, line.indexOf(';'))),
      people.ada.password,
      'cabanalocalwebsecret0000000000000000000000000000001',
      app.environment.SESSION_SECRET ?? '',
    ].flatMap((secret) => [secret, ...secret.split('.').filter((part) => part.length > 30)]);

  const found = (text: string) => secrets().filter((secret) => secret !== '' && text.includes(secret));

  test('IF-11 nothing that was issued in this run stands in the log', () => {
    expect(pool.issued.size).toBeGreaterThan(100);
    expect(app.output()).toContain('refresh_unavailable');
    expect(app.output()).toContain('sign_in_failed');
    expect(found(`${app.output()}${[...pool.issued].at(-1)}`)).not.toEqual([]);
    expect(found(app.output())).toEqual([]);
  });

  test('IF-11 nothing that was issued in this run stands in an answer', () => {
    expect(answers.length).toBeGreaterThan(50);
    expect(found(answers.join('\n'))).toEqual([]);
  });
});
