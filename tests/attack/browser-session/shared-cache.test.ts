import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Answer, type Browser, openBrowser } from '../../support/browser.ts';
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

type Fields = Record<string, string>;

/** A shared cache that keeps whatever the answer's headers let it (RFC 9111 section 3), by address and Vary. */
function sharedCache() {
  const stored: { address: string; varying: [string, string][]; answer: Answer }[] = [];
  const sent = (browser: Browser, headers: Fields, name: string): string =>
    name === 'cookie' ? browser.jar.header(new URL(app.url)) : (headers[name] ?? '');
  return {
    stored,
    async get(browser: Browser, address: string, headers: Fields = {}): Promise<Answer> {
      const hit = stored.find(
        (entry) =>
          entry.address === address &&
          entry.varying.every(([name, value]) => sent(browser, headers, name) === value),
      );
      if (hit) return hit.answer;
      const answer = await browser.get(address, headers);
      if (!/no-store|private/.test(answer.headers.get('cache-control') ?? '')) {
        const names = (answer.headers.get('vary') ?? '').toLowerCase().split(/, */).filter(Boolean);
        const varying = names.map((name): [string, string] => [name, sent(browser, headers, name)]);
        stored.push({ address, varying, answer });
      }
      return answer;
    },
  };
}

async function person(name: string): Promise<Browser> {
  pool.onToken(async (request) => ({
    body: await pool.tokens(request, { id: { claims: { name, email: `${name}@example.com` } } }),
  }));
  const browser = openBrowser(app);
  await browser.signIn();
  return browser;
}

const paths = [
  '/',
  '/home',
  '/admin',
  '/pro',
  '/account/sessions',
  '/account/aws-credentials',
  '/sign-in',
  '/nothing-here',
  '/errors/forbidden',
  '/api/health',
  '/api/ready',
];

test('BS-13 behind a shared cache that keeps what it may, nobody sees a byte of somebody else', async () => {
  const cache = sharedCache();
  const [ada, bea, nobody] = [await person('adalovelace'), await person('beatrice'), openBrowser(app)];
  const visits: [Browser, RegExp][] = [
    [ada, /beatrice/],
    [bea, /adalovelace/],
    [nobody, /adalovelace|beatrice/],
    [ada, /beatrice/],
  ];
  for (const path of paths) {
    for (const headers of [{}, { rsc: '1' }] as Fields[]) {
      for (const [browser, others] of visits) {
        const answer = await cache.get(browser, path, headers);
        expect(answer.text, path).not.toMatch(others);
        expect(answer.location?.href ?? '', path).not.toMatch(others);
      }
    }
  }
});

test('BS-13 behind a shared cache a document is never answered with a payload, nor a payload with a document', async () => {
  const cache = sharedCache();
  const browser = await person('adalovelace');
  for (const path of paths.filter((path) => !path.startsWith('/api'))) {
    for (const headers of [{ rsc: '1' }, {}, { rsc: '1' }, {}] as Fields[]) {
      const answer = await cache.get(browser, path, headers);
      if (answer.status >= 300 && answer.status < 400) continue;
      const type = answer.headers.get('content-type') ?? '';
      expect(type, path).toMatch(headers.rsc ? /text\/x-component/ : /text\/html/);
    }
  }
});

test('BS-13 nothing that depends on a session or sets a cookie is ever stored', async () => {
  const cache = sharedCache();
  const browser = await person('adalovelace');
  for (const path of [...paths, '/api/v1/me', '/api/auth/callback/cognito?code=a&state=b', '/api/none'])
    await cache.get(browser, path);
  expect(cache.stored.map(({ address }) => address)).toEqual([]);
});
