import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { openBrowser } from '../../support/browser.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { pipelined } from '../../support/pipelined.ts';
import { rawRequest } from '../../support/raw-request.ts';

let pool: HostileUserPool;
let app: RunningApp;
/** `Cookie` headers of two people who are signed in. */
let member: string;
let administrator: string;

async function cookieOf(groups: string[]): Promise<string> {
  const browser = openBrowser(app);
  pool.onToken(async (request) => ({
    body: await pool.tokens(request, { access: { claims: { 'cognito:groups': groups } } }),
  }));
  await browser.signIn();
  return browser.jar.header(new URL(app.url));
}

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp(pool.environment);
  member = await cookieOf([]);
  administrator = await cookieOf(['admins']);
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});

/** What only the administrators' page says, as HTML or in a payload for the router. */
const protectedText = 'a group that your access token names';

test('BS-14 an administrator sees the protected text, as a document and as a payload', async () => {
  const page = await rawRequest(app.address, '/admin', { cookie: administrator });
  const payload = await rawRequest(app.address, '/admin?_rsc', { cookie: administrator, rsc: '1' });
  expect([page.status, payload.status]).toEqual([200, 200]);
  expect([page, payload].map(({ text }) => text.includes(protectedText))).toEqual([true, true]);
});

test('BS-14 behind each other on one connection, without waiting, everybody is judged by their own cookies', async () => {
  const people = [administrator, member, undefined, administrator, member, administrator, undefined, member];
  const answers = await pipelined(app.address, '/admin', people);
  const expected = people.map((cookie) => (cookie === administrator ? 200 : cookie === member ? 403 : 303));
  expect(answers.map(({ status }) => status)).toEqual(expected);
  const shown = answers.map(({ text }) => text.includes(protectedText));
  expect(shown).toEqual(expected.map((status) => status === 200));
});

async function expectClosed(
  path: string,
  headers: Record<string, string | string[]> = {},
  method = 'GET',
): Promise<void> {
  for (const cookie of [undefined, member]) {
    const answer = await rawRequest(app.address, path, { ...headers, ...(cookie && { cookie }) }, method);
    expect(answer.status, `${method} ${path}`).toBeLessThan(500);
    expect(answer.text.includes(protectedText)).toBe(false);
  }
}

describe('BS-14', () => {
  test.each([
    { purpose: 'prefetch' },
    { 'sec-purpose': 'prefetch' },
    { 'next-router-prefetch': '1' },
    { rsc: '1' },
    { rsc: '1', 'next-router-prefetch': '1' },
    { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
    { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/admin/__PAGE__' },
    { rsc: '1', 'next-router-prefetch': '2' },
    {
      rsc: '1',
      'next-router-state-tree': encodeURIComponent(
        '["",{"children":["admin",{"children":["__PAGE__",{}]}]}]',
      ),
    },
    { 'x-middleware-prefetch': '1' },
    { 'x-middleware-next': '1' },
    { 'x-middleware-rewrite': '/admin' },
    { 'x-middleware-skip': '1' },
    { 'x-middleware-subrequest': Array(6).fill('middleware').join(':') },
    { 'x-middleware-subrequest': Array(6).fill('src/middleware').join(':') },
    { 'x-middleware-subrequest': 'middleware', 'x-middleware-subrequest-id': '1' },
    { 'x-middleware-invoke': '1', 'x-middleware-invoke-path': '/admin' },
    { 'x-invoke-path': '/admin', 'x-invoke-status': '200', 'x-invoke-output': '/admin' },
    { 'x-matched-path': '/admin', 'x-now-route-matches': '1' },
    { 'x-nextjs-data': '1' },
    { 'x-nextjs-rewritten-path': '/admin' },
    { 'x-original-url': '/admin', 'x-rewrite-url': '/admin' },
    { 'x-prerender-revalidate': '1' },
    { 'x-forwarded-host': 'localhost', 'x-forwarded-proto': 'https' },
    { 'x-http-method-override': 'GET' },
    { 'next-resume': '1' },
  ])('BS-14 %j opens no gated page', async (headers) => {
    await expectClosed('/admin', headers);
    await expectClosed('/admin?_rsc', headers);
    await expectClosed('/', headers);
  });

  test.each([
    '/admin.rsc',
    '/admin.txt',
    '/admin.json',
    '/admin.prefetch.rsc',
    '/admin.segments/_tree.segment.rsc',
    '/admin.segments/admin.segment.rsc',
    '/admin.segments/admin/__PAGE__.segment.rsc',
    '//admin',
    '///admin',
    '/%61dmin',
    '/%2561dmin',
    '/%2fadmin',
    '/.//admin',
    '/./admin',
    '/x/../admin',
    '/x/%2e%2e/admin',
    '/%2e/admin',
    '/api/../admin',
    '/api/%2e%2e/admin',
    '/_next/static/../../admin',
    '/_next/static/%2e%2e/%2e%2e/admin',
    '/favicon.ico/../admin',
    '/favicon.ico/admin',
    '/icon.svg/../admin',
    '/admin/',
    '/admin//',
    '/admin/.',
    '/ADMIN',
    '/Admin',
    '/admin%2f',
    '/admin%00',
    '/admin%20',
    '/admin;x=1',
    '/admin%3bx',
    '/admin\\',
    '/admin?x=/api/',
    '/admin#/api/',
    '/admin?_rsc=1',
    '/admin?nxtPadmin=1&__nextLocale=en',
    '/_next/data/build/admin.json',
    '/_next/image?url=%2Fadmin&w=64&q=75',
    '/en/admin',
    '/(gated)/admin',
    '/errors/../admin',
    '/?__nextDefaultLocale=admin',
    'http://localhost/admin',
  ])('BS-14 %s opens no gated page', async (path) => {
    await expectClosed(path);
    await expectClosed(path, { rsc: '1' });
    await expectClosed(path, {
      rsc: '1',
      'next-router-prefetch': '1',
      'next-router-segment-prefetch': '/_tree',
    });
    await expectClosed(path, { 'x-nextjs-data': '1' });
  });

  test.each(['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PURGE'])(
    'BS-14 %s opens no gated page',
    async (method) => {
      await expectClosed('/admin', {}, method);
      await expectClosed('/admin', { 'next-action': '0'.repeat(42), 'content-type': 'text/plain' }, method);
    },
  );
});

describe('BS-15', () => {
  const cookieHeader = () => ({
    'x-middleware-override-headers': 'cookie',
    'x-middleware-request-cookie': administrator,
  });

  test.each([
    ['a user', () => ({ 'x-user': 'ada', 'x-forwarded-user': 'ada', 'x-groups': 'admins', 'x-nonce': 'n' })],
    ['other cookies in the middleware’s name', cookieHeader],
    ['cookies that the middleware would set', () => ({ 'x-middleware-set-cookie': administrator })],
    ['an authorization', () => ({ authorization: `Bearer ${pool.issued.at(-3)}` })],
  ])('BS-15 a request that brings %s is still judged by its cookie', async (_, headers) => {
    const spoofed = headers();
    await expectClosed('/admin', spoofed);
    const anonymous = await rawRequest(app.address, '/admin', spoofed);
    expect(anonymous.status).toBe(303);
    const asMember = await rawRequest(app.address, '/admin', { ...spoofed, cookie: member });
    expect(asMember.status).toBe(403);
    const asAdministrator = await rawRequest(app.address, '/admin', { ...spoofed, cookie: administrator });
    expect(asAdministrator.status).toBe(200);
  });

  test('BS-15 a cookie that the sender wants set through the middleware’s header is not set', async () => {
    const answer = await rawRequest(app.address, '/', { 'x-middleware-set-cookie': 'planted=1; Path=/' });
    expect(JSON.stringify(answer.headers)).not.toContain('planted');
  });

  test('BS-15 headers and addresses of the sender’s do not come back in the answer', async () => {
    const marks = {
      'x-nonce': 'marker-a',
      'x-middleware-request-x-user': 'marker-b',
      'x-request-id': '<marker-c>',
    };
    for (const path of ['/', '/home', '/nothing-here']) {
      const answer = await rawRequest(app.address, path, { ...marks, cookie: member });
      expect(answer.text + JSON.stringify(answer.headers)).not.toContain('marker');
    }
  });
});
