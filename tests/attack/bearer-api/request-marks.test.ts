import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type AppAndRegistry, startAppAndRegistry } from '../../support/app-and-registry.ts';
import { openBrowser } from '../../support/browser.ts';
import { rawRequest } from '../../support/raw-request.ts';
import { sealedSession } from '../../support/sealed-session.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const spoofed = { 'x-forwarded-for': '203.0.113.9, 198.51.100.7', 'x-request-id': 'chosen-by-the-sender' };

let own: AppAndRegistry;
let app: RunningApp;
let behindProxy: RunningApp;

beforeAll(async () => {
  own = await startAppAndRegistry();
  app = own.app;
  behindProxy = await startApp({ ...own.pool.environment, TRUSTED_PROXIES: '1' });
});
afterAll(async () => {
  await behindProxy.stop();
  await own.stop();
});

/** The addresses that the person is said to be signed in from, after a sign-in whose requests carry these headers. */
async function addressesSeen(at: RunningApp, headers: Record<string, string>): Promise<unknown[]> {
  const sub = crypto.randomUUID();
  const claims = { access: { claims: { sub } }, id: { claims: { sub } } };
  own.pool.onToken(async (request) => ({ body: await own.pool.tokens(request, claims) }));
  const browser = openBrowser(at);
  const callback = await browser.get(
    (await browser.post('/api/auth/signin/cognito', { returnTo: '/home' })).location?.href ?? '',
  );
  const opened = await browser.get(callback.location?.href ?? '', headers);
  expect(opened.location?.pathname).toBe('/home');
  const { access_token } = await own.pool.tokens({ nonce: undefined }, claims);
  const answer = await fetch(`${at.address}/api/v1/sessions`, {
    headers: { authorization: `Bearer ${access_token}` },
  });
  const { sessions } = (await answer.json()) as { sessions: { address: unknown }[] };
  return sessions.map(({ address }) => address);
}

describe('API-09', () => {
  const loopback = /^(127\.0\.0\.1|::1)$/;

  test('API-09 the address of a sign-in is the connection’s, whatever X-Forwarded-For says', async () => {
    for (const headers of [{}, spoofed])
      expect(await addressesSeen(app, headers)).toEqual([expect.stringMatching(loopback)]);
  });

  test('API-09 behind one proxy it is what that proxy wrote, and nothing before it', async () => {
    expect(await addressesSeen(behindProxy, spoofed)).toEqual(['198.51.100.7']);
  });
});

/** The lines that were logged for a request. */
const linesFor = (output: string, request: string) =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line.request === request);

describe('API-10', () => {
  test.each([
    ['a page', '/'],
    ['a page that is turned away', '/home'],
    ['a page that is not there', '/nothing-here'],
    ['the API', '/api/v1/me'],
    ['an address of the API that is not there', '/api/v1/nothing'],
    ['a file', '/icon.svg'],
    ['a callback that nobody asked for', '/api/auth/callback/cognito?code=a&state=b'],
  ])('API-10 the answer of %s names its request by an id of our own', async (_, path) => {
    const [first, second] = [
      await rawRequest(app.address, path, spoofed),
      await rawRequest(app.address, path, spoofed),
    ];
    const ids = [first.headers['x-request-id'], second.headers['x-request-id']];
    for (const id of ids) expect(id).toMatch(uuid);
    expect(ids[0]).not.toBe(ids[1]);
  });

  test('API-10 what the API logs for a request carries the id of its answer', async () => {
    const answer = await rawRequest(app.address, '/api/v1/me', {
      authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.AAAA',
    });
    const id = String(answer.headers['x-request-id']);
    await expect
      .poll(() => linesFor(app.output(), id))
      .toMatchObject([{ event: 'token_rejected', request: id }]);
  });

  test('API-10 what the middleware logs for a request carries the id of its answer, each its own', async () => {
    own.pool.onToken(() => ({ status: 503, delay: 200 }));
    const ask = async () => {
      const issued = await own.pool.tokens(
        { nonce: undefined },
        { issuedAt: Math.floor(Date.now() / 1_000) - 7_200 },
      );
      const browser = openBrowser(app);
      const session = { accessToken: String(issued.access_token), claims: { sub: own.pool.sub } };
      browser.jar.plant('localhost', await sealedSession(app, session, String(issued.refresh_token)));
      const answer = await browser.get('/home');
      expect(answer.status).toBe(503);
      return String(answer.headers.get('x-request-id'));
    };
    const ids = await Promise.all([ask(), ask(), ask()]);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids)
      await expect
        .poll(() => linesFor(app.output(), id))
        .toMatchObject([{ event: 'refresh_unavailable', request: id }]);
  });
});
