import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
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

const claimsOf = (sub: string) => ({ access: { claims: { sub } }, id: { claims: { sub } } });

/** A person whose browser is signed in, and who has an access token of a mobile app besides. */
async function person(): Promise<{ browser: Browser; token: string }> {
  const sub = crypto.randomUUID();
  pool.onToken(async (request) => ({ body: await pool.tokens(request, claimsOf(sub)) }));
  const browser = openBrowser(app);
  await browser.signIn();
  const { access_token } = await pool.tokens({ nonce: undefined }, claimsOf(sub));
  return { browser, token: String(access_token) };
}

const ask = (token: string, path: string, init: RequestInit = {}) =>
  fetch(new URL(path, app.address), {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
  });

async function sessionIds(token: string): Promise<string[]> {
  const answer = await ask(token, '/api/v1/sessions');
  expect(answer.status).toBe(200);
  const { sessions } = (await answer.json()) as { sessions: { id: string }[] };
  return sessions.map(({ id }) => id);
}

/** A second and a little: what was ended is known to the guards. */
const known = () => new Promise((resolve) => setTimeout(resolve, 1_050));

test('API-06 a person sees their own sessions and nobody else’s, whatever the request says about whom', async () => {
  const [ada, grace] = [await person(), await person()];
  const [ids, others] = [await sessionIds(ada.token), await sessionIds(grace.token)];
  expect(ids).toHaveLength(1);
  expect(others).toHaveLength(1);
  expect(ids).not.toEqual(others);
  const asked = await ask(ada.token, `/api/v1/sessions?sub=${others[0]}&id=${others[0]}`, {
    headers: { cookie: grace.browser.jar.header(new URL(app.url)) },
  });
  expect(JSON.stringify(await asked.json())).not.toContain(others[0]);
});

test('API-06 a session of somebody else cannot be ended, and is answered as one that never was', async () => {
  const [ada, grace] = [await person(), await person()];
  const [other = ''] = await sessionIds(grace.token);
  const answers = await Promise.all(
    [other, crypto.randomUUID()].map((id) => ask(ada.token, `/api/v1/sessions/${id}`, { method: 'DELETE' })),
  );
  expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  const [first, second] = await Promise.all(answers.map((answer) => answer.text()));
  expect(first).toBe(second);
  await known();
  expect((await grace.browser.get('/home')).status).toBe(200);
});

test('a session of one’s own is ended, and its browser is turned out', async () => {
  const { browser, token } = await person();
  const [id = ''] = await sessionIds(token);
  const answer = await ask(token, `/api/v1/sessions/${id}`, { method: 'DELETE' });
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([204, 'no-store']);
  await known();
  expect((await browser.get('/home')).location?.pathname).toBe('/api/session/ended');
  expect(await sessionIds(token)).toEqual([]);
  expect((await ask(token, `/api/v1/sessions/${id}`, { method: 'DELETE' })).status).toBe(404);
});

describe('API-07', () => {
  const large = 'x'.repeat(12 * 1024 * 1024);

  test.each([
    ['12 MB', large, 'application/json'],
    ['half of an object', '{"__proto__":{"admin":true', 'application/json'],
    ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x00]), 'application/json'],
    ['a form', 'a=b', 'application/x-www-form-urlencoded'],
  ])('API-07 a body of %s where none is taken is refused as one JSON problem', async (_, body, type) => {
    const { token } = await person();
    for (const method of ['POST', 'PUT', 'PATCH']) {
      const answer = await ask(token, '/api/v1/me', { method, body, headers: { 'content-type': type } });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(await answer.json()).toMatchObject({ status: 405, code: 'method_not_allowed' });
    }
    expect(await sessionIds(token)).toHaveLength(1);
  });
});
