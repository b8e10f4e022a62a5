import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { keptForm } from '../../../lib/access/kept-form.ts';
import { parseConfig } from '../../../lib/config.ts';
import type { Database } from '../../../lib/data/database.ts';
import { listSessions } from '../../../lib/session/registry.ts';
import { recentEvents } from '../../../lib/session/security-events.ts';
import type { RunningApp } from '../../support/app.ts';
import { type AppAndRegistry, startAppAndRegistry } from '../../support/app-and-registry.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import type { HostileUserPool, Reply } from '../../support/hostile-user-pool.ts';

const currentPassword = 'correct-horse-battery-staple';
const newPassword = 'tr0ub4dor-and-3-others';
const change = '/account/password/change';

let folder: string;
let stand: AppAndRegistry;
let pool: HostileUserPool;
let database: Database;
let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  stand = await startAppAndRegistry();
  ({ app, database, folder, pool } = stand);
});
afterAll(() => stand.stop());
beforeEach(async () => {
  pool.reset();
  browser = openBrowser(app);
  await browser.signIn();
});

const sessions = async () => (await listSessions(pool.sub, undefined, database)).length;
const kinds = async () => (await recentEvents(pool.sub, 50, database)).map(({ kind }) => kind);

const refusal = (type: string, message: string): Reply => ({
  status: 400,
  body: { __type: type, message },
});

/** Wherever a password could have been kept: the database's files and what the application wrote. */
const keptTexts = (): string[] => [
  ...readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1')),
  app.output(),
];

test('the user pool is asked with this session’s token, and the other devices are signed out', async () => {
  const other = openBrowser(app);
  await other.signIn();
  const answer = await browser.post(change, { currentPassword, newPassword, signOutOthers: 'yes' });
  expect([answer.status, answer.location?.href]).toEqual([
    303,
    `${app.url}/account/password?done=changed-and-ended`,
  ]);
  const [{ operation, input } = {}] = pool.apiRequests;
  expect(operation).toBe('ChangePassword');
  expect(input).toMatchObject({ PreviousPassword: currentPassword, ProposedPassword: newPassword });
  expect(pool.issued).toContain(input?.AccessToken);
  expect((await other.get('/home')).location?.pathname).toBe('/api/session/ended');
  expect((await browser.follow(answer)).text).toContain('your other devices are signed out');
  expect(await kinds()).toContain('password changed');
});

test('other devices stay signed in when the box is not ticked', async () => {
  const before = await sessions();
  const answer = await browser.post(change, { currentPassword, newPassword });
  expect(answer.location?.search).toBe('?done=changed');
  expect(await sessions()).toBe(before);
});

test.each([
  ['NotAuthorizedException', 'Incorrect username or password.', 'wrong_password'],
  ['InvalidPasswordException', 'Password did not conform with policy: too short', 'password_refused'],
  ['LimitExceededException', 'Attempt limit exceeded, please try after some time.', 'too_many_attempts'],
  ['NotAuthorizedException', 'User password cannot be reset in the current state.', 'no_password'],
])('IF-11 after %s "%s" no password is kept, logged or in an address', async (type, message, code) => {
  const before = await kinds();
  pool.onApi(() => refusal(type, message));
  const answer = await browser.post(change, { currentPassword, newPassword, signOutOthers: 'yes' });
  expect(answer.location?.pathname).toBe('/account/password');
  expect(answer.location?.searchParams.get('error')).toBe(code);
  const page = await browser.follow(answer);
  expect(page.text).toContain('That was not done.');
  expect(page.text).not.toContain(message);
  const texts = [...keptTexts(), page.text, answer.location?.href ?? ''];
  for (const secret of [currentPassword, newPassword])
    expect(texts.some((text) => text.includes(secret))).toBe(false);
  const owner = { sub: pool.sub, form: '/account/password' };
  const id = answer.location?.searchParams.get('kept');
  const kept = await keptForm(owner, id, parseConfig(app.environment), database);
  expect(kept).toEqual({ signOutOthers: 'yes' });
  expect(await kinds()).toEqual(before);
});

test('a box that was not ticked is not ticked either when the form comes back', async () => {
  pool.onApi(() => refusal('InvalidPasswordException', 'too short'));
  const box = /<input[^>]*name="signOutOthers"[^>]*>/;
  const isTicked = async (fields: Record<string, string>) => {
    const answer = await browser.post(change, { currentPassword, newPassword, ...fields });
    return / checked=""/.test(box.exec((await browser.follow(answer)).text)?.[0] ?? '');
  };
  expect(await isTicked({})).toBe(false);
  expect(await isTicked({ signOutOthers: 'yes' })).toBe(true);
});

test('IF-02 a user pool that does not answer leaves it open what happened, and the page says so', async () => {
  pool.onApi(() => ({ reset: true }));
  const answer = await browser.post(change, { currentPassword, newPassword, signOutOthers: 'yes' });
  expect(answer.location?.searchParams.get('error')).toBe('password_uncertain');
  const page = await browser.follow(answer);
  expect(page.text).toContain('We cannot tell whether that was done.');
  expect(page.text).not.toContain('That was not done.');
});

test('LO-06 a GET is answered 405, and a form of another site is refused; the user pool hears of neither', async () => {
  expect((await browser.get(`${change}?currentPassword=a&newPassword=b`)).status).toBe(405);
  const fields = { currentPassword, newPassword };
  expect((await browser.post(change, fields, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await openBrowser(app).post(change, fields)).status).toBe(401);
  expect(pool.apiRequests).toEqual([]);
});

test('a field that is missing or too long does not reach the user pool', async () => {
  for (const fields of [{}, { currentPassword }, { currentPassword, newPassword: 'x'.repeat(257) }]) {
    const answer = await browser.post(change, fields as Record<string, string>);
    expect(answer.location?.searchParams.get('error')).toBe('bad_request');
  }
  expect(pool.apiRequests).toEqual([]);
});
