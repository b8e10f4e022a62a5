import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Answer, type Browser, openBrowser } from '../../support/browser.ts';
import { formWith } from '../../support/form.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { sealedSession } from '../../support/sealed-session.ts';

let pool: HostileUserPool;
let app: RunningApp;
let browser: Browser;

const typed = { username: 'linus@example.com', note: 'a lost “phone” & a <long> story' };
const now = (): number => Math.floor(Date.now() / 1_000);

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp(pool.environment);
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});
beforeEach(() => {
  pool.reset();
  browser = openBrowser(app);
});

/** An administrator who signed in so many seconds ago, with tokens that are good. */
async function signedInAgo(seconds: number, sub = pool.sub): Promise<void> {
  const claims = { auth_time: now() - seconds, sub };
  const { access_token } = await pool.tokens({ nonce: undefined }, { access: { claims } });
  const session = { accessToken: String(access_token), claims: { sub }, refreshDueAt: now() + 900 };
  browser.jar.plant('localhost', await sealedSession(app, session, 'refresh-1'));
}

const post = (fields: Record<string, string> = typed): Promise<Answer> =>
  browser.post('/admin/sign-out', fields);

test('a form that wants a recent sign-in comes back with what was typed, after one with prompt=login', async () => {
  await signedInAgo(1_000);
  const sent = await post();
  expect(sent.status).toBe(303);
  expect(sent.location?.pathname).toBe('/sign-in');
  expect(sent.location?.searchParams.get('reason')).toBe('recent');
  for (const text of Object.values(typed))
    expect(decodeURIComponent(sent.location?.href ?? '')).not.toContain(text);

  const form = formWith(await browser.follow(sent), 'prompt');
  if (!form) throw new Error('the sign-in page does not ask for a new sign-in');
  const started = await browser.submit(form, {});
  expect(started.location?.searchParams.get('prompt')).toBe('login');
  const page = await browser.follow(started);
  expect(page.url.pathname).toBe('/admin');
  const again = formWith(page, 'note');
  expect(page.text).toContain('value="linus@example.com"');
  expect(page.text).toContain('a lost “phone” &amp; a &lt;long&gt; story');
  expect(page.text).toContain('nothing is done yet');
  expect(again?.action.pathname).toBe('/admin/sign-out');
});

test('what one person typed is not shown to another who signs in instead', async () => {
  await signedInAgo(1_000);
  const kept = (await post()).location?.searchParams.get('returnTo') ?? '';
  expect(kept).toMatch(/^\/admin\?kept=[\w-]+$/);
  await signedInAgo(0, crypto.randomUUID());
  const page = await browser.get(kept);
  expect(page.status).toBe(200);
  expect(page.text).not.toContain('linus@example.com');
});

test.each([
  ['is unknown', 'kept=unknown'],
  ['comes twice', 'kept=a&kept=b'],
  ['is long', `kept=${'k'.repeat(5_000)}`],
])('an id of a kept form that %s leaves the form empty', async (_, query) => {
  await signedInAgo(0);
  const page = await browser.get(`/admin?${query}`);
  expect(page.status).toBe(200);
  expect(formWith(page, 'note')).toBeDefined();
});

test('a form that cannot be carried out comes back with the reason and what was typed', async () => {
  await signedInAgo(0);
  const sent = await post({ ...typed, note: '' });
  expect(sent.location?.searchParams.get('error')).toBe('bad_request');
  const page = await browser.follow(sent);
  expect(page.text).toContain('value="linus@example.com"');
  expect(page.text).toContain('role="alert"');
});

test('whom the policy refuses is asked for no new sign-in: it would not help', async () => {
  const { access_token } = await pool.tokens(
    { nonce: undefined },
    { access: { claims: { 'cognito:groups': ['editors'], auth_time: now() - 1_000 } } },
  );
  const session = { accessToken: String(access_token), claims: { sub: pool.sub }, refreshDueAt: now() + 900 };
  browser.jar.plant('localhost', await sealedSession(app, session, 'refresh-1'));
  expect((await post()).status).toBe(403);
});
