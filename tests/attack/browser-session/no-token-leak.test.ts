import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/processes.ts';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Answer, type Browser, openBrowser } from '../../support/browser.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { sealedSession } from '../../support/sealed-session.ts';

let pool: HostileUserPool;
let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp(pool.environment);
  browser = openBrowser(app);
  await browser.signIn();
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});

/**
 * Every piece of what must not be found: tokens as a whole and by part, because a page could carry a payload without
 * its signature; codes, secrets and the cookies themselves.
 */
function secretPieces(): string[] {
  const secrets = [...pool.issued, app.environment.SESSION_SECRET ?? '', ...Object.values(browser.cookies())];
  return secrets.flatMap((secret) => [secret, ...secret.split('.')]).filter((piece) => piece.length > 30);
}

const found = (text: string): string[] => secretPieces().filter((piece) => text.includes(piece));

/** Everything an answer gives to scripts: body and headers, without the cookies that no script can read. */
const visible = ({ text, headers, location }: Answer): string =>
  [text, location?.href, ...[...headers].filter(([name]) => name !== 'set-cookie').flat()].join('\n');

test('BS-18 the search finds a token where there is one', () => {
  expect(secretPieces().length).toBeGreaterThan(10);
  expect(found(`<p>${pool.issued.at(-1)}</p>`).length).toBeGreaterThan(0);
});

const pages = [
  '/',
  '/home',
  '/admin',
  '/pro',
  '/account/sessions',
  '/account/aws-credentials',
  '/sign-in',
  '/sign-in?reason=recent',
  '/nothing-here',
  '/errors/forbidden',
  '/errors/unavailable',
];

test.each(pages)('BS-18 %s shows no token as a document, nor in the payload for the router', async (path) => {
  for (const answer of [await browser.get(path), await browser.payload(path)]) {
    expect(answer.text.length).toBeGreaterThan(1_000);
    expect(found(visible(answer))).toEqual([]);
  }
});

test('BS-18 there is no session to fetch for a script', async () => {
  for (const path of ['/api/auth/session', '/api/auth/csrf', '/api/auth/providers']) {
    const answer = await browser.get(path);
    expect(answer.status).toBe(404);
    expect(found(visible(answer))).toEqual([]);
  }
});

test('BS-18 the answers of a whole sign-in and sign-out show no token', async () => {
  const own = openBrowser(app);
  let answer = await own.post('/api/auth/signin/cognito', { returnTo: '/home' });
  const answers = [answer];
  while (answer.location) {
    answer = await own.get(answer.location.href);
    // The redirect back carries the code: that is its way, and it is the user pool's answer.
    if (answer.url.origin === app.url) answers.push(answer);
  }
  answers.push(await own.post('/sign-out'));
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 200, 303]);
  expect(found(answers.map(visible).join('\n'))).toEqual([]);
});

test.each([
  ['a refused callback', '/api/auth/callback/cognito?error=access_denied&error_description=secret'],
  ['a callback without its cookies', '/api/auth/callback/cognito?code=stolen&state=guessed'],
  ['the API without a token', '/api/v1/me'],
])('BS-18 %s shows no token', async (_, path) => {
  expect(found(visible(await browser.follow(await browser.get(path))))).toEqual([]);
});

test('BS-18 a render with freshly refreshed tokens, and one that cannot refresh, show none', async () => {
  const issuedAt = Math.floor(Date.now() / 1_000) - 7_200;
  const expired = await pool.tokens({ nonce: undefined }, { issuedAt });
  const session = { accessToken: String(expired.access_token), claims: { sub: pool.sub } };
  for (const [reply, status] of [
    [{ status: 503 }, 503],
    [undefined, 200],
  ] as const) {
    const own = openBrowser(app);
    own.jar.plant('localhost', await sealedSession(app, session, String(expired.refresh_token)));
    pool.onToken(reply && (() => reply));
    const page = await own.get('/home');
    expect(page.status).toBe(status);
    expect(found(visible(page))).toEqual([]);
  }
});

test('BS-18 the bundles for the browser hold no secret, and nothing that reads the environment or a cookie seal', () => {
  const files = globSync('.next/static/**/*.{js,css,map,json}', { cwd: root });
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    expect(found(text), file).toEqual([]);
    expect(text, file).not.toMatch(/SESSION_SECRET|COGNITO_|Fe26\.2|client_secret|refresh_token/);
  }
});

test('BS-18 nothing of it stands in the log either', () => {
  expect(app.output()).toContain('session_opened');
  expect(found(app.output())).toEqual([]);
});
