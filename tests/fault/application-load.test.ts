import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningLocalPool, startLocalPool } from '../../local-pool/src/start.ts';
import { floodAnonymously } from '../bench/application/anonymous-floods.ts';
import { deepPayloads } from '../bench/application/deep-payloads.ts';
import { loadAtOnce } from '../bench/application/due-sessions.ts';
import { holdConnections, statusForHeader } from '../bench/application/hostile-connections.ts';
import { pageThatShows } from '../bench/application/page-load.ts';
import { floodWithPasswords } from '../bench/application/password-flood.ts';
import { cookieHeader } from '../bench/application/sessions.ts';
import { LOCAL_POOL } from '../bench/local-pool.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { type HostileUserPool, startHostileUserPool } from '../support/hostile-user-pool.ts';
import { sealedSession } from '../support/sealed-session.ts';

// What these hold for seconds, `npm run bench` holds for minutes and measures.
const PATIENCE = 60_000;

let pool: HostileUserPool;
let app: RunningApp;
let port: number;

beforeAll(async () => {
  pool = await startHostileUserPool();
  app = await startApp(pool.environment);
  port = Number(new URL(app.address).port);
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});
beforeEach(() => pool.reset());

const KEYS = `/us-east-1_Hostile01/.well-known/jwks.json`;
const userPoolCalls = (): number =>
  [KEYS, '/oauth2/authorize', '/oauth2/token', '/oauth2/revoke'].reduce(
    (sum, path) => sum + pool.calls(path),
    0,
  );

/** @param age of its access token, in seconds; one that is older than an hour has ended */
async function sessionAged(age: number): Promise<string> {
  const issuedAt = Math.floor(Date.now() / 1_000) - age;
  const issued = await pool.tokens({ nonce: undefined }, { issuedAt });
  const session = {
    accessToken: String(issued.access_token),
    claims: { sub: pool.sub, name: 'Mallory Example' },
    refreshDueAt: issuedAt + 2_700,
  };
  return cookieHeader(await sealedSession(app, session, String(issued.refresh_token)));
}

const sessions = (count: number, age: number): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, () => sessionAged(age)));

const application = () => ({
  server: { port },
  page: pageThatShows('Mallory Example'),
  tokenCalls: () => pool.tokenRequests.length,
});

const isWell = async (): Promise<boolean> => (await openBrowser(app).get('/')).status === 200;

it('LD-01 signed-in pages ask the user pool for nothing', { timeout: PATIENCE }, async () => {
  const fresh = await sessions(10, 0);
  await loadAtOnce(application(), fresh);
  pool.reset();
  const { pages } = await loadAtOnce(application(), [...fresh, ...fresh, ...fresh]);
  expect(pages).toMatchObject({ count: 30, failures: 0 });
  expect(userPoolCalls()).toBe(0);
});

it('LD-02 sessions that end in the same second are refreshed once each, and every page is served', {
  timeout: PATIENCE,
}, async () => {
  const ended = await sessions(50, 7_200);
  const { pages } = await loadAtOnce(
    application(),
    ended.flatMap((session) => [session, session]),
  );
  expect(pages).toMatchObject({ count: 100, failures: 0 });
  const redeemed = pool.tokenRequests.map(({ form }) => form.get('refresh_token'));
  expect(redeemed).toHaveLength(50);
  expect(new Set(redeemed).size).toBe(50);
});

describe('LD-03', () => {
  it('LD-03 what strangers send in numbers is refused, asks the user pool for nothing and logs little', {
    timeout: PATIENCE,
  }, async () => {
    // The keys have to be known: a first token fetches them, whoever sent it.
    await openBrowser(app).get('/api/ready');
    const flooded = { port, origin: app.url, userPoolCalls, output: app.output };
    for (const flood of await floodAnonymously(flooded, 200)) {
      const { name, answers, logLines, longestLine } = flood;
      expect([name, answers.count, answers.failures]).toEqual([name, 200, 0]);
      expect(flood.userPoolCalls, name).toBeLessThanOrEqual(flood.mostUserPoolCalls);
      expect(logLines, name).toBeLessThanOrEqual(200);
      expect(longestLine, name).toBeLessThan(400);
    }
    expect(await isWell()).toBe(true);
  });
});

describe('LD-04', () => {
  let local: RunningLocalPool;
  beforeAll(async () => {
    local = await startLocalPool({
      template: 'tests/bench/template.yaml',
      users: 'tests/bench/users.yaml',
    });
  });
  afterAll(() => local.close());

  it('LD-04 while passwords are tried, every attempt is refused and the other routes answer', {
    timeout: PATIENCE,
  }, async () => {
    const target = { ...LOCAL_POOL, port: Number(new URL(local.url).port) };
    const { attempts, others } = await floodWithPasswords(target, 16, 3);
    expect(attempts.count).toBeGreaterThan(100);
    expect(attempts.failures).toBe(0);
    for (const [name, { count, failures, latencies }] of Object.entries(others)) {
      expect([name, count, failures]).toEqual([name, 60, 0]);
      // The bench holds them to 200 ms; a machine that runs other tests besides gets a second.
      expect(latencies.sort((a, b) => a - b)[Math.floor(count * 0.9)], name).toBeLessThan(1_000);
    }
  });
});

describe('LD-05', () => {
  it('LD-05 idle and slow connections keep nobody from being served', { timeout: PATIENCE }, async () => {
    const held = await Promise.all([holdConnections(port, 200, 'idle'), holdConnections(port, 200, 'slow')]);
    try {
      expect(await isWell()).toBe(true);
      expect(held.map(({ open }) => open())).toEqual([200, 200]);
    } finally {
      for (const { end } of held) end();
    }
    expect(await isWell()).toBe(true);
  });

  it('LD-05 headers of 64 KB are answered with 431', { timeout: PATIENCE }, async () => {
    expect(await statusForHeader(port, 64 * 1_024)).toBe(431);
    expect(await statusForHeader(port, 1_024)).toBe(200);
    expect(await isWell()).toBe(true);
  });

  it.each(deepPayloads)(
    'LD-05 $name are refused, and the process stays up',
    {
      timeout: PATIENCE,
    },
    async ({ send }) => {
      expect(await send(app)).toBeLessThan(500);
      expect(await isWell()).toBe(true);
    },
  );
});
