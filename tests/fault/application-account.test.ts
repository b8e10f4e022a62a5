import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from '../support/app.ts';
import { type Browser, openBrowser } from '../support/browser.ts';
import { heldSession } from '../support/held-session.ts';
import { type HostileUserPool, startHostileUserPool } from '../support/hostile-user-pool.ts';
import { localCredentials } from '../support/local-pool.ts';
import { missingPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts';
import { sealedSession } from '../support/sealed-session.ts';

describe.skipIf(missingPostgres)('the account area while the database is down', () => {
  let server: PostgresServer;
  let pool: HostileUserPool;
  let app: RunningApp;
  let browser: Browser;
  let isUp = true;

  beforeAll(async () => {
    [server, pool] = await Promise.all([startPostgres(), startHostileUserPool()]);
    app = await startApp({
      ...pool.environment,
      ...localCredentials,
      DATABASE_URL: server.url,
      COGNITO_IDENTITY_POOL_ID: `us-east-1:${crypto.randomUUID()}`,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY: pool.origin,
    });
  });
  afterAll(async () => {
    await app.stop();
    await Promise.all([server.close(), pool.close()]);
  });

  const readiness = async () => JSON.parse((await browser.get('/api/ready')).text) as Record<string, string>;
  /** What readiness says is up to a second old. */
  const untilDatabaseIs = (state: string) =>
    expect.poll(async () => (await readiness()).database, { timeout: 15_000 }).toBe(state);
  const goDown = async () => {
    isUp = false;
    await server.stop();
    await untilDatabaseIs('unreachable');
  };
  /** What the registry said of a session is good for a second. */
  async function untilUnconfirmed(): Promise<void> {
    const before = app.output().length;
    const unconfirmed = async () => {
      await browser.get('/home');
      return app.output().slice(before).includes('"session_unconfirmed"');
    };
    await expect.poll(unconfirmed, { timeout: 10_000, interval: 250 }).toBe(true);
  }

  beforeEach(async () => {
    pool.reset();
    browser = openBrowser(app);
    expect((await browser.signIn()).url.pathname).toBe('/home');
  });
  afterEach(async () => {
    if (!isUp) await server.start();
    isUp = true;
    await untilDatabaseIs('reachable');
  }, 30_000);

  it('the sessions page says that the lists cannot be read, and shows the rest', async () => {
    await goDown();
    const page = await browser.get('/account/sessions');
    expect(page.status).toBe(200);
    expect(page.text).toContain('The list of your devices cannot be read at the moment.');
    expect(page.text).toContain('The events of your account cannot be read at the moment.');
    expect(page.text).toContain('Sign out everywhere');
    expect(page.text).not.toContain('No other device is signed in');
    expect((await browser.get('/account/password?kept=x')).status).toBe(200);
    expect((await browser.get('/admin?kept=x')).status).toBe(200);
  });

  it('no form does anything, and each says that it cannot be recorded', async () => {
    const forms = {
      '/account/sessions/end': { session: 'x' },
      '/account/sessions/end-others': {},
      '/account/sessions/end-everywhere': {},
      '/account/password/change': { currentPassword: 'a', newPassword: 'b' },
      '/account/aws-credentials/get': {},
      '/admin/sign-out': { username: 'bea', note: 'why' },
    };
    await goDown();
    await untilUnconfirmed();
    for (const [path, fields] of Object.entries<Record<string, string>>(forms)) {
      const answer = await browser.post(path, fields);
      expect(answer.location?.search, path).toBe('?error=database_unavailable');
      const page = await browser.follow(answer);
      expect(page.status).toBe(200);
      expect(page.text).toContain('This cannot be recorded at the moment, so it was not carried out.');
    }
    const done = pool.apiRequests.filter(({ operation }) => operation !== 'GetIdentityPoolRoles');
    expect(done).toEqual([]);
  });

  it('no AWS credentials are made for a session that the registry does not confirm', async () => {
    const path = '/account/aws-credentials';
    const asked = async () => {
      const { session, refreshToken } = await heldSession(app, browser);
      const now = Math.floor(Date.now() / 1_000);
      const marked = { ...session, refreshDueAt: now - 1, idTokenFor: { path, until: now + 60 } };
      browser.jar.plant('localhost', await sealedSession(app, marked, refreshToken));
      return (await browser.get(`${path}?done=asked`)).text;
    };
    const exchanges = () => pool.apiRequests.filter(({ operation }) => operation === 'GetId').length;
    expect(await asked()).toContain('does not answer at the moment');
    expect(exchanges()).toBe(1);
    await goDown();
    await untilUnconfirmed();
    expect(await asked()).toContain('Please ask for them again');
    expect(exchanges()).toBe(1);
  });

  it('a password that was changed before the database went down is told truthfully', async () => {
    pool.onApi(async () => {
      await goDown();
      return { body: {} };
    });
    const fields = { currentPassword: 'a', newPassword: 'b', signOutOthers: 'yes' };
    const answer = await browser.post('/account/password/change', fields);
    expect(answer.location?.search).toBe('?done=changed-unrecorded');
    const page = await browser.follow(answer);
    expect(page.text).toContain('Your password is changed. Our database does not answer at the moment');
  });

  it('an administrator’s sign-out that cannot be recorded does not reach the user pool', async () => {
    pool.onApi(async () => {
      await goDown();
      return { body: { Username: 'bea', UserAttributes: [{ Name: 'sub', Value: 'sub-of-bea' }] } };
    });
    const answer = await browser.post('/admin/sign-out', { username: 'bea', note: 'why' });
    expect(answer.location?.searchParams.get('error')).toBe('database_unavailable');
    expect(pool.apiRequests.map(({ operation }) => operation)).toEqual(['AdminGetUser']);
  });
});
