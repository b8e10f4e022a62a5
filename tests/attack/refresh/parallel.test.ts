import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../../support/app.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { CookieJar } from '../../support/cookie-jar.ts';
import { type HostileUserPool, startHostileUserPool } from '../../support/hostile-user-pool.ts';
import { sealedSession } from '../../support/sealed-session.ts';

let pool: HostileUserPool;
const apps: RunningApp[] = [];

beforeAll(async () => {
  pool = await startHostileUserPool();
});
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.stop()));
});
afterAll(async () => {
  await pool.close();
});

/** Instances of one deployment: one secret, one address in people's eyes. */
async function deploy(instances: number): Promise<RunningApp[]> {
  const first = await startApp(pool.environment);
  const { SESSION_SECRET = '' } = first.environment;
  apps.push(first);
  for (let count = 1; count < instances; count += 1) {
    apps.push(await startApp({ ...pool.environment, SESSION_SECRET, APP_URL: first.url }));
  }
  return apps;
}

/** Refresh token rotation as Cognito does it: a spent token is good again for so many seconds, then no more. */
function rotateWithGrace(graceSeconds: number): void {
  const spentAt = new Map<string, number>();
  pool.reset();
  pool.onToken(async (request) => {
    const token = request.form.get('refresh_token') ?? '';
    const spent = spentAt.get(token);
    spentAt.set(token, spent ?? Date.now());
    if (spent !== undefined && Date.now() - spent >= graceSeconds * 1_000) {
      return { status: 400, body: { error: 'invalid_grant' }, delay: 50 };
    }
    return { body: await pool.tokens(request), delay: 50 };
  });
}

async function expiredSession(app: RunningApp): Promise<Record<string, string>> {
  const issuedAt = Math.floor(Date.now() / 1_000) - 7_200;
  const issued = await pool.tokens({ nonce: undefined }, { issuedAt });
  const session = { accessToken: String(issued.access_token), claims: { sub: pool.sub } };
  return await sealedSession(app, session, String(issued.refresh_token));
}

/** Fifty page loads of one browser at once, spread over the instances. @returns how many answers had each status */
async function fiftyAtOnce(browsers: readonly Browser[]): Promise<Record<number, number>> {
  const loads = Array.from({ length: 50 }, (_, index) => browsers[index % browsers.length]?.get('/home'));
  const statuses = (await Promise.all(loads)).map((answer) => answer?.status ?? 0);
  return Object.fromEntries(
    [...new Set(statuses)].map((status) => [status, statuses.filter((s) => s === status).length]),
  );
}

/** One browser that reaches either instance: a load balancer between them. */
function oneBrowserAt(instances: readonly RunningApp[], cookies: Record<string, string>): Browser[] {
  const jar = new CookieJar();
  jar.plant('localhost', cookies);
  return instances.map((instance) => openBrowser(instance, jar));
}

describe('RR-02', () => {
  test.each([0, 60])(
    'RR-02 one process, grace %i s: fifty parallel requests make one grant call and all are signed in',
    async (grace) => {
      const instances = await deploy(1);
      const [browser] = oneBrowserAt(instances, await expiredSession(instances[0] as RunningApp));
      rotateWithGrace(grace);
      expect(await fiftyAtOnce([browser as Browser])).toEqual({ 200: 50 });
      expect(pool.tokenRequests).toHaveLength(1);
      expect(await fiftyAtOnce([browser as Browser])).toEqual({ 200: 50 });
      expect(pool.tokenRequests).toHaveLength(1);
    },
  );

  test('RR-02 one process, grace 0 s: a request that left with the older cookie still gets the newer one', async () => {
    const instances = await deploy(1);
    const cookies = await expiredSession(instances[0] as RunningApp);
    rotateWithGrace(0);
    for (let count = 0; count < 5; count += 1) {
      const [late] = oneBrowserAt(instances, cookies);
      expect((await late?.get('/home'))?.status).toBe(200);
    }
    expect(pool.tokenRequests).toHaveLength(1);
  });

  test('RR-02 two processes, grace 60 s: one grant call each, and all are signed in', async () => {
    const instances = await deploy(2);
    const browsers = oneBrowserAt(instances, await expiredSession(instances[0] as RunningApp));
    rotateWithGrace(60);
    expect(await fiftyAtOnce(browsers)).toEqual({ 200: 50 });
    expect(pool.tokenRequests).toHaveLength(2);
    expect(await fiftyAtOnce(browsers)).toEqual({ 200: 50 });
    expect(pool.tokenRequests).toHaveLength(2);
  });

  test('RR-02 two processes, grace 0 s: one grant call each, at the worst one clean sign-in, and no loop', async () => {
    const instances = await deploy(2);
    const browsers = oneBrowserAt(instances, await expiredSession(instances[0] as RunningApp));
    rotateWithGrace(0);
    const statuses = await fiftyAtOnce(browsers);
    expect(Object.keys(statuses).every((status) => ['200', '303'].includes(status))).toBe(true);
    expect(statuses[200]).toBeGreaterThanOrEqual(25);
    expect(pool.tokenRequests).toHaveLength(2);
    for (const browser of browsers) {
      const page = await browser.follow(await browser.get('/home'));
      expect(['/home', '/sign-in']).toContain(page.url.pathname);
      if (page.url.pathname === '/sign-in') expect((await browser.signIn()).url.pathname).toBe('/home');
    }
    expect(await fiftyAtOnce(browsers)).toEqual({ 200: 50 });
  });
});
