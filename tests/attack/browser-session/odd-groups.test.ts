import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { openBrowser } from '../../support/browser.ts';
import type { Claims } from '../../support/hostile-tokens.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';

let pool: HostileUserPool;
let app: RunningApp;

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp(pool.environment);
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});
beforeEach(() => pool.reset());

/** Signs in with these claims. @returns where the sign-in ended, and the statuses of the gated pages then */
async function signInWith(access: Claims, id: Claims = {}) {
  pool.onToken(async (request) => ({
    body: await pool.tokens(request, { access: { claims: access }, id: { claims: id } }),
  }));
  const browser = openBrowser(app);
  const { url } = await browser.signIn();
  const [admin, pro] = [await browser.get('/admin'), await browser.get('/pro')];
  return { end: url.pathname + url.search, admin: admin.status, pro: pro.status };
}

const group = 'cognito:groups';

test('BS-17 the group and the claim as the policies name them open both pages', async () => {
  expect(await signInWith({ [group]: ['admins'] }, { 'custom:plan': 'pro' })).toEqual({
    end: '/home',
    admin: 200,
    pro: 200,
  });
});

test.each([
  [['Admins']],
  [['ADMINS']],
  [['admins ']],
  [[' admins']],
  [['admins\u0000']],
  [['admins\u200b']],
  [['ａdmins']],
  [['admin']],
  [['xadmins']],
  [['admins-of-nothing']],
  [['admins,editors']],
  [['admins editors']],
  [['*']],
  [['__proto__']],
  [['constructor']],
  [[]],
])('BS-17 the groups %j are not the group admins', async (groups) => {
  expect(await signInWith({ [group]: groups })).toMatchObject({ end: '/home', admin: 403 });
});

test.each([
  ['admins'],
  ['["admins"]'],
  [{ 0: 'admins', length: 1 }],
  [[['admins']]],
  [['admins', 1]],
  [['admins', null]],
  [['']],
  [true],
  [null],
  [Array(101).fill('admins')],
])('BS-17 groups of another form, %j, are refused at the sign-in', async (groups) => {
  expect(await signInWith({ [group]: groups })).toEqual({
    end: '/sign-in?error=tokens_rejected&returnTo=%2Fhome',
    admin: 303,
    pro: 303,
  });
});

test('BS-17 a group that only the ID token names opens nothing: pages go by the access token', async () => {
  expect(await signInWith({ [group]: [] }, { [group]: ['admins'] })).toMatchObject({
    end: '/home',
    admin: 403,
  });
});

test.each([
  [true],
  [1],
  [null],
  [['pro']],
  [{ value: 'pro' }],
  ['Pro'],
  ['pro '],
  ['professional'],
  ['not pro'],
  [''],
  [undefined],
])('BS-17 the plan %j is not the plan pro', async (plan) => {
  expect(await signInWith({}, { 'custom:plan': plan })).toMatchObject({ end: '/home', pro: 403 });
});

test('BS-17 what people may write about themselves opens nothing', async () => {
  const own = {
    name: 'admins',
    nickname: 'admins',
    profile: 'pro',
    plan: 'pro',
    groups: ['admins'],
    'custom:groups': 'admins',
  };
  expect(await signInWith({ [group]: [] }, { 'custom:plan': 'free', ...own })).toEqual({
    end: '/home',
    admin: 403,
    pro: 403,
  });
});

test('BS-17 claims by the name of an object’s own members change nothing', async () => {
  const member = JSON.parse('{"__proto__": {"cognito:groups": ["admins"], "custom:plan": "pro"}}') as Claims;
  const odd = { ...member, constructor: 'pro', toString: 'pro', hasOwnProperty: 'pro', [group]: [] };
  expect(await signInWith(odd, { ...odd, 'custom:plan': undefined })).toEqual({
    end: '/home',
    admin: 403,
    pro: 403,
  });
});
