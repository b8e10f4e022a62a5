import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freePort, type RunningApp, startApp } from '../support/app.ts';
import { authorized } from '../support/authorized.ts';
import { type BrokenUserPool, startBrokenUserPool } from '../support/broken-user-pool.ts';
import { type Answer, type Browser, openBrowser } from '../support/browser.ts';
import { CookieJar } from '../support/cookie-jar.ts';
import { hasSession } from '../support/held-session.ts';
import { people } from '../support/local-pool.ts';

let pool: BrokenUserPool;
let app: RunningApp;
/** A second instance at the same address, with a secret of its own by mistake. */
let misconfigured: RunningApp;

beforeAll(async () => {
  const port = await freePort();
  pool = await startBrokenUserPool(`http://localhost:${port}`);
  app = await startApp(pool.environment, port);
  misconfigured = await startApp({ ...pool.environment, APP_URL: app.url });
});
afterAll(async () => {
  await Promise.all([app.stop(), misconfigured.stop()]);
  await pool.close();
});
beforeEach(() => pool.reset());

/** Takes the user pool's cookies and none of the application's. */
class RefusingJar extends CookieJar {
  override receive(url: URL, lines: readonly string[]): void {
    if (url.origin !== app.url) super.receive(url, lines);
  }
}

/** @returns every answer on the way, to the last page */
async function journey(browser: Browser, first: Answer): Promise<Answer[]> {
  const answers = [first];
  for (let last = first; last.location && answers.length < 12; answers.push(last)) {
    last = await browser.get(last.location.href);
  }
  return answers;
}

const bounces = (answers: Answer[]): number =>
  answers.filter(({ url }) => url.pathname.startsWith('/us-east-1_Cabana001/')).length;

function expectHelp(answers: Answer[], text: string): void {
  const last = answers.at(-1);
  expect([last?.status, last?.url.pathname]).toEqual([200, '/sign-in']);
  expect(last?.text).toContain(text);
  expect(last?.text).toContain('action="/api/auth/signin/cognito"');
}

describe('a browser that refuses cookies', () => {
  test('IF-06 a browser that refuses cookies comes to a page that says to start again, and stays there', async () => {
    const browser = openBrowser(app, new RefusingJar());
    const answers = await journey(browser, await authorized(browser, people.ada));
    expectHelp(answers, 'Please start again');
    expect(answers.length).toBeLessThanOrEqual(3);
    expect(bounces(answers)).toBeLessThanOrEqual(1);
    expect(pool.calls.token).toBe(0);
    const page = await journey(browser, await browser.get('/home'));
    expect(page.map(({ status }) => status)).toEqual([303, 200]);
  });

  test('IF-06 a browser that drops the session’s cookies alone goes round no more than once', async () => {
    class ForgetfulJar extends CookieJar {
      override receive(url: URL, lines: readonly string[]): void {
        super.receive(
          url,
          lines.filter((line) => !/^(session|refresh)-\d+/.test(line)),
        );
      }
    }
    const browser = openBrowser(app, new ForgetfulJar());
    const answers = await journey(browser, await authorized(browser, people.ada));
    expect(answers.at(-1)?.url.pathname).toBe('/sign-in');
    expect(answers.at(-1)?.status).toBe(200);
    expect(pool.calls.token).toBe(1);
  });
});

describe('a callback on another host', () => {
  test('IF-06 a sign-in that began on another host ends on a page from where it works', async () => {
    const [elsewhere, here] = [openBrowser(app), openBrowser(app)];
    const back = await authorized(elsewhere, people.ada);
    const answers = await journey(here, await here.get(back.location?.href ?? ''));
    expectHelp(answers, 'Please start again');
    expect(bounces(answers)).toBe(0);
    expect(pool.calls.token).toBe(0);
    expect((await here.signIn(people.ada)).url.pathname).toBe('/home');
  });

  test('IF-06 the sign-in form of another host is refused with a sentence, and nothing is sent on', async () => {
    const { port } = new URL(app.url);
    const response = await fetch(`http://127.0.0.1:${port}/api/auth/signin/cognito`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: `http://127.0.0.1:${port}` },
      body: new URLSearchParams({ returnTo: '/home' }),
    });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('came from another site');
    expect(pool.calls.authorize).toBe(0);
  });
});

describe('a wrong secret on one instance', () => {
  test('IF-06 a session of the other instance is none here: one redirect to the sign-in page', async () => {
    const browser = openBrowser(app);
    await browser.signIn(people.ada);
    const there = openBrowser(misconfigured, browser.jar);
    const answers = await journey(there, await there.get('/home'));
    expect(answers.map(({ status }) => status)).toEqual([303, 200]);
    expect(answers.at(-1)?.text).toContain('Your session has ended');
  });

  test('IF-06 a sign-in that begins on one instance and ends on the other stops, with a page that says to start again', async () => {
    const jar = new CookieJar();
    const [here, there] = [openBrowser(app, jar), openBrowser(misconfigured, jar)];
    const back = await authorized(here, people.ada);
    const answers = await journey(there, await there.get(back.location?.href ?? ''));
    expect(answers.length).toBeLessThanOrEqual(6);
    expect(bounces(answers)).toBeLessThanOrEqual(1);
    expect(answers.at(-1)?.status).toBe(200);
    expect(['/sign-in', '/home']).toContain(answers.at(-1)?.url.pathname);
    if (answers.at(-1)?.url.pathname === '/sign-in') expectHelp(answers, 'Please start again');
    expect(hasSession(there)).toBe(answers.at(-1)?.url.pathname === '/home');
  });

  test('IF-06 a browser that reaches the instances by turns ends on a page each time', async () => {
    const jar = new CookieJar();
    const browsers = [openBrowser(app, jar), openBrowser(misconfigured, jar)];
    await browsers[0]?.signIn(people.ada);
    for (let turn = 0; turn < 6; turn += 1) {
      const browser = browsers[turn % 2] as Browser;
      const answers = await journey(browser, await browser.get('/home'));
      expect(answers.length).toBeLessThanOrEqual(2);
      expect(answers.at(-1)?.status).toBe(200);
    }
  });
});
