import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { flowCookie } from '../../support/flows.ts';
import { formWith } from '../../support/form.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';

let pool: HostileUserPool;
let app: RunningApp;
let signedIn: Browser;

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp(pool.environment);
  signedIn = openBrowser(app);
  await signedIn.signIn();
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});

const host = 'evil.example';
const outside = [
  `https://${host}`,
  `http://${host}/home`,
  `HTTPS://${host}`,
  `https:${host}`,
  `https:/${host}`,
  `https:///${host}`,
  `https:\\\\${host}`,
  `//${host}`,
  `///${host}`,
  `////${host}`,
  `/\\${host}`,
  `\\/${host}`,
  `\\\\${host}`,
  `/\t/${host}`,
  `/\n/${host}`,
  `/\r\n/${host}`,
  `/\u0000/${host}`,
  `\t//${host}`,
  ` //${host}`,
  `/ /${host}`,
  `/./\\${host}`,
  `/.//${host}`,
  `/..//${host}`,
  `/../\\${host}`,
  `/home/..//${host}`,
  `/home/../..//${host}`,
  `/%2f${host}`,
  `/%2F%2F${host}`,
  `/%5c${host}`,
  `/%5C%5C${host}`,
  `/%09/${host}`,
  `/%0a/${host}`,
  `/%0d%0aLocation:%20https://${host}`,
  `/%2e%2e//${host}`,
  `/%252f%252f${host}`,
  `/%E3%80%82${host}`,
  `//${host}%2f..`,
  `//${host}\\@localhost`,
  `//localhost@${host}`,
  `//localhost:3000@${host}`,
  `https://localhost@${host}`,
  `https://localhost.${host}`,
  `https://${host}#localhost`,
  `https://${host}?localhost`,
  `//${host}:80`,
  `//①②③.example`,
  `//evil。example`,
  `／／${host}`,
  `@${host}`,
  `:80@${host}`,
  `.${host}`,
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'blob:https://evil.example/x',
  'file:///etc/passwd',
  'ftp://evil.example',
  'about:blank',
  '/api/auth/callback/cognito?code=x&state=y',
  '/api/v1/me',
  '/sign-out',
  '/sign-in?returnTo=/sign-in',
  'cabana://callback',
  '?x=//evil.example',
  '#//evil.example',
  'home',
  '/home\u2028//evil.example',
  `/${'a'.repeat(5_000)}`,
];
const payloads = outside.flatMap((text) => [text, encodeURIComponent(text)]);

/** Where a browser would be taken: on this application, and to one slash, as a second redirect could drop more. */
function expectOwn(address: string | URL | null | undefined, payload: string): void {
  const url = new URL(String(address), app.url);
  expect(url.origin, payload).toBe(app.url);
  expect(url.pathname.startsWith('//'), payload).toBe(false);
  expect(url.pathname, payload).not.toMatch(/^\/(%2f|%5c|\\)/i);
}

/** Takes a sign-in to its end and returns where it sends the browser. */
async function endOfSignIn(
  browser: Browser,
  fields: Record<string, string>,
  cookie?: string,
): Promise<string | null> {
  const started = await browser.post('/api/auth/signin/cognito', fields);
  const callback = (await browser.get(started.location?.href ?? '')).location?.href ?? '';
  if (cookie !== undefined) {
    const name = flowCookie(browser);
    const record = JSON.parse(decodeURIComponent(browser.cookies()[name] ?? ''));
    const changed = encodeURIComponent(JSON.stringify({ ...record, to: cookie }));
    browser.jar.plant('localhost', { [name]: changed });
  }
  return (await browser.get(callback)).headers.get('location');
}

test.each([
  '/pro?x=1&y=%2F%2Fa#part',
  '/home?share=100%25',
  '/home?x=%2525&y=%C3%A9',
  '/home?q=a+b;c=d',
  '/',
])(
  'OF-10 a path of this application, %s, is where a sign-in ends: from the query, the body and the cookie',
  async (own) => {
    const page = await openBrowser(app).get(`/sign-in?returnTo=${encodeURIComponent(own)}`);
    expect(formWith(page, 'returnTo')?.hidden.returnTo).toBe(own);
    expect(await endOfSignIn(openBrowser(app), { returnTo: own })).toBe(`${app.url}${own}`);
    expect(await endOfSignIn(openBrowser(app), {}, own)).toBe(`${app.url}${own}`);
  },
);

test('OF-10 returnTo in the query: the form of the sign-in page carries none of them out', async () => {
  const browser = openBrowser(app);
  for (const payload of payloads) {
    const page = await browser.get(`/sign-in?${new URLSearchParams({ returnTo: payload })}`);
    expect(page.status).toBe(200);
    expectOwn(formWith(page, 'returnTo')?.hidden.returnTo, payload);
  }
});

test('OF-10 returnTo in the query: somebody who is signed in already is sent out by none of them', async () => {
  for (const payload of payloads) {
    const answer = await signedIn.get(`/sign-in?${new URLSearchParams({ returnTo: payload })}`);
    expect(answer.status).toBe(307);
    expectOwn(answer.location, payload);
  }
});

test('OF-10 returnTo in the body: a sign-in ends outside by none of them', async () => {
  const browser = openBrowser(app);
  for (const payload of payloads) expectOwn(await endOfSignIn(browser, { returnTo: payload }), payload);
});

test('OF-10 the cookie that remembers the way back: a sign-in ends outside by none of them', async () => {
  const browser = openBrowser(app);
  for (const payload of payloads) {
    expectOwn(await endOfSignIn(browser, {}, payload.slice(0, 1_000)), payload);
  }
});

test.each([
  ['two', 'returnTo=/pro&returnTo=//evil.example'],
  ['an array', 'returnTo[]=//evil.example'],
  ['an object', 'returnTo[x]=//evil.example'],
  ['next-auth’s own name', 'callbackUrl=https://evil.example&redirect=https://evil.example'],
])('OF-10 %s in query and body leads to a page of this application', async (_, query) => {
  expectOwn(formWith(await openBrowser(app).get(`/sign-in?${query}`), 'returnTo')?.hidden.returnTo, query);
  const browser = openBrowser(app);
  const started = await browser.post(
    `/api/auth/signin/cognito?${query}`,
    Object.fromEntries(new URLSearchParams(query)),
  );
  const callback = (await browser.get(started.location?.href ?? '')).location;
  expectOwn((await browser.get(`${callback?.href}&${query}`)).headers.get('location'), query);
});
