import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../../lib/data/database.ts';
import { recentEvents } from '../../../lib/session/security-events.ts';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type AppAndRegistry, startAppAndRegistry } from '../../support/app-and-registry.ts';
import { type Answer, type Browser, openBrowser } from '../../support/browser.ts';
import type { ApiRequest, HostileUserPool } from '../../support/hostile-user-pool.ts';
import { localCredentials } from '../../support/local-pool.ts';

const note = 'Laptop lost on the train';
const noCredentials = {
  AWS_ACCESS_KEY_ID: '',
  AWS_SECRET_ACCESS_KEY: '',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  AWS_CONFIG_FILE: '/nonexistent',
};

let stand: AppAndRegistry;
let pool: HostileUserPool;
let database: Database;
let app: RunningApp;
let administrator: Browser;
let person: Browser;
let personSub: string;

beforeAll(async () => {
  stand = await startAppAndRegistry(localCredentials);
  ({ app, database, pool } = stand);
});
afterAll(() => stand.stop());

interface Someone {
  sub?: string;
  groups?: string[];
  /** Seconds. */
  signedInAgo?: number;
}

/** Signs somebody in, an administrator if nothing is said, on this instance or on another. */
async function signedIn({ sub = pool.sub, groups = ['admins'], signedInAgo = 0 }: Someone = {}, at = app) {
  const claims = { sub, 'cognito:groups': groups, auth_time: Math.floor(Date.now() / 1_000) - signedInAgo };
  pool.onToken(async (request) => ({
    body: await pool.tokens(request, { access: { claims }, id: { claims } }),
  }));
  const browser = openBrowser(at);
  expect((await browser.signIn()).url.pathname).toBe('/home');
  return browser;
}

beforeEach(async () => {
  pool.reset();
  personSub = crypto.randomUUID();
  person = await signedIn({ sub: personSub, groups: [] });
  administrator = await signedIn();
  pool.onApi(({ operation }) => ({ body: operation === 'AdminGetUser' ? thePerson() : {} }));
});

const thePerson = () => ({ Username: 'bea', UserAttributes: [{ Name: 'sub', Value: personSub }] });

const signOut = (browser: Browser, username = 'bea@example.com'): Promise<Answer> =>
  browser.post('/admin/sign-out', { username, note });

const operations = () => pool.apiRequests.map(({ operation }) => operation);
const events = async () =>
  (await recentEvents(personSub, 50, database)).filter(({ kind }) => kind !== 'signed in');
const signedOut = async () => (await person.get('/home')).location?.pathname === '/api/session/ended';

test('LO-08 the person is found, loses every session, and the user pool revokes the rest', async () => {
  const answer = await signOut(administrator);
  expect([answer.status, answer.location?.href]).toEqual([303, `${app.url}/admin?done=signed-out`]);
  expect(pool.apiRequests).toMatchObject([
    { operation: 'AdminGetUser', input: { Username: 'bea@example.com' } },
    { operation: 'AdminUserGlobalSignOut', input: { Username: 'bea' } },
  ]);
  expect(await signedOut()).toBe(true);
  expect((await events()).map(({ kind, detail, address }) => [kind, detail, address]).sort()).toEqual([
    ['session ended', 'administrator', null],
    ['signed out by administrator', note, null],
  ]);
  expect((await administrator.follow(answer)).text).toContain('The person is signed out everywhere.');
  expect(app.output()).toMatch(
    `"signed_out_by_administrator","administrator":"${pool.sub}","sub":"${personSub}"`,
  );
  expect(app.output()).not.toContain(note);
});

test.each<[string, string]>([
  ['UserNotFoundException', 'unknown_user'],
  ['AccessDeniedException', 'aws_access_denied'],
  ['InternalErrorException', 'user_pool_unavailable'],
])(
  'when the search ends in %s nothing has happened, and what was typed is still there',
  async (type, code) => {
    pool.onApi(() => ({ status: 400, body: { __type: type, message: 'no' } }));
    const answer = await signOut(administrator, 'nobody@example.com');
    expect(answer.location?.pathname).toBe('/admin');
    expect(answer.location?.searchParams.get('error')).toBe(code);
    expect(answer.location?.href).not.toContain('nobody');
    const page = await administrator.follow(answer);
    expect(page.text).toContain('That was not done.');
    expect(page.text).toContain('value="nobody@example.com"');
    expect(page.text).toContain(`value="${note}"`);
    expect(await signedOut()).toBe(false);
    expect(await events()).toEqual([]);
  },
);

test('what the user pool did not revoke is said, and the sessions have ended', async () => {
  pool.onApi(({ operation }: ApiRequest) =>
    operation === 'AdminGetUser' ? { body: thePerson() } : { status: 500 },
  );
  const answer = await signOut(administrator);
  expect(answer.location?.search).toBe('?done=unrevoked');
  expect((await administrator.follow(answer)).text).toContain('mobile apps may still be signed in');
  expect(await signedOut()).toBe(true);
});

test('BS-16 somebody who is no administrator is refused, and the user pool is not asked', async () => {
  for (const groups of [[], ['editors'], ['Admins']])
    expect((await signOut(await signedIn({ groups }))).status).toBe(403);
  expect((await signOut(openBrowser(app))).status).toBe(401);
  expect(pool.apiRequests).toEqual([]);
  expect(await signedOut()).toBe(false);
});

test('an administrator whose sign-in is fifteen minutes old signs in once more, and finds what was typed', async () => {
  const browser = await signedIn({ signedInAgo: 900 });
  const answer = await signOut(browser);
  expect([answer.status, answer.location?.pathname]).toEqual([303, '/sign-in']);
  expect(answer.location?.searchParams.get('reason')).toBe('recent');
  expect(pool.apiRequests).toEqual([]);
  expect(await signedOut()).toBe(false);
  const page = await browser.get(answer.location?.searchParams.get('returnTo') ?? '');
  expect(page.text).toContain('nothing is done yet');
  expect(page.text).toContain('value="bea@example.com"');
  expect(page.text).toContain(`value="${note}"`);
});

test('LO-06 a GET is answered 405, and a form of another site is refused', async () => {
  expect((await administrator.get('/admin/sign-out?username=bea&note=x')).status).toBe(405);
  const fields = { username: 'bea', note };
  const foreign = await administrator.post('/admin/sign-out', fields, { origin: 'https://evil.example' });
  expect(foreign.status).toBe(403);
  expect(operations()).toEqual([]);
});

test('a note that is missing, blank or too long is asked for again', async () => {
  for (const typed of ['', '   ', 'n'.repeat(201)]) {
    const answer = await administrator.post('/admin/sign-out', { username: 'bea', note: typed });
    expect(answer.location?.searchParams.get('error')).toBe('bad_request');
  }
  expect(operations()).toEqual([]);
});

test('without AWS credentials the page says so, and nothing has happened', async () => {
  const bare = await startApp({ ...pool.environment, ...noCredentials });
  const browser = await signedIn({}, bare);
  const answer = await signOut(browser);
  expect(answer.location?.searchParams.get('error')).toBe('aws_credentials_missing');
  expect((await browser.follow(answer)).text).toContain('no AWS credentials');
  expect(operations()).toEqual([]);
  await bare.stop();
});
