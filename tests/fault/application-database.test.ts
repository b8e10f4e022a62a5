import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../lib/data/database.ts';
import { recentEvents } from '../../lib/session/security-events.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { type Browser, openBrowser } from '../support/browser.ts';
import { type HostileUserPool, startHostileUserPool } from '../support/hostile-user-pool.ts';
import { notesClient } from '../support/notes-client.ts';
import { missingPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts';

describe.skipIf(missingPostgres)('while the database is down', () => {
  let server: PostgresServer;
  let pool: HostileUserPool;
  let app: RunningApp;
  let signedIn: Browser;
  let leaving: Browser;

  beforeAll(async () => {
    [server, pool] = await Promise.all([startPostgres(), startHostileUserPool()]);
    app = await startApp({ ...pool.environment, DATABASE_URL: server.url });
    [signedIn, leaving] = [openBrowser(app), openBrowser(app)];
    await signedIn.signIn();
    await leaving.signIn();
    await server.stop();
  });
  afterAll(async () => {
    await app.stop();
    await Promise.all([server.close(), pool.close()]);
  });
  beforeEach(() => pool.reset());

  const readiness = async () => JSON.parse((await signedIn.get('/api/ready')).text) as Record<string, string>;

  it('readiness says so, and health that the application is up', async () => {
    // An answer is given out for a second.
    await expect.poll(readiness, { timeout: 10_000 }).toEqual({
      status: 'not ready',
      userPool: 'reachable',
      database: 'unreachable',
    });
    expect((await signedIn.get('/api/ready')).status).toBe(503);
    const health = await signedIn.get('/api/health');
    expect([health.status, JSON.parse(health.text)]).toEqual([200, { status: 'ok' }]);
  });

  it('IF-01 who is signed in goes on reading, in pages and in the API', async () => {
    expect((await signedIn.get('/home')).status).toBe(200);
    const [accessToken] = pool.issued.slice(-3);
    const answer = await signedIn.get('/api/v1/me', { authorization: `Bearer ${accessToken}` });
    expect(answer.status).toBe(200);
    expect(app.output()).toContain('"session_unconfirmed"');
  });

  it('notes can be neither read nor written, and pages and API say so', async () => {
    const id = crypto.randomUUID();
    for (const path of ['/notes', `/notes/${id}`]) {
      const page = await signedIn.get(path);
      expect([page.status, page.text.includes('cannot be read at the moment')]).toEqual([200, true]);
    }
    const form = { once: id, title: 'x', text: '' };
    const posted = await signedIn.post('/notes/create', form);
    expect(posted.location?.href).toBe(`${app.url}/notes/new?error=database_unavailable`);
    const client = await notesClient(app, pool);
    const body = { title: 'x', text: '' };
    for (const answer of [
      await client.ask('GET'),
      await client.ask('GET', `/${id}`),
      await client.ask('POST', '', { body }),
    ]) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      expect(answer.body).toMatchObject({ code: 'database_unavailable' });
    }
  });

  it('a sign-in says that it cannot be recorded, opens no session and leaves no refresh token behind', async () => {
    const newcomer = openBrowser(app);
    const page = await newcomer.signIn();
    expect(page.url.pathname).toBe('/sign-in');
    expect(page.url.searchParams.get('error')).toBe('database_unavailable');
    expect(page.text).toContain('cannot be recorded');
    expect(newcomer.cookies()).toEqual({});
    expect(pool.revoked).toEqual([pool.issued.at(-1)]);
  });

  it('a sign-in over a session that stands leaves that session alone', async () => {
    await signedIn.signIn();
    expect((await signedIn.get('/home')).status).toBe(200);
  });

  it('a sign-out signs this browser out, revokes its refresh token and says that it is not recorded', async () => {
    const copy = openBrowser(app);
    copy.jar.plant('localhost', leaving.cookies());
    const answer = await leaving.post('/sign-out');
    expect([answer.status, answer.location?.pathname]).toEqual([303, '/sign-out/unrecorded']);
    expect(leaving.cookies()).toEqual({});
    expect(pool.revoked).toHaveLength(1);
    const page = await leaving.follow(answer);
    expect(page.text).toContain('You are signed out of this browser');
    expect(page.text).toContain('/logout?client_id=');
    expect((await copy.get('/home')).location?.pathname).toBe('/api/session/ended');
  });

  it('it comes back without a restart of the application', async () => {
    await server.start();
    await expect.poll(async () => (await readiness()).database, { timeout: 10_000 }).toBe('reachable');
    const newcomer = openBrowser(app);
    expect((await newcomer.signIn()).url.pathname).toBe('/home');
    expect((await signedIn.get('/home')).status).toBe(200);
  });

  it('the sign-out that could not be recorded is recorded now', async () => {
    const database = openDatabase({ kind: 'postgres', url: server.url });
    const ends = async () =>
      (await recentEvents(pool.sub, 50, database)).filter(({ kind }) => kind === 'signed out').length;
    await expect.poll(ends, { timeout: 12_000 }).toBe(1);
    expect(app.output()).toContain('"sign_out_recorded_late"');
    await database.close();
  });
});

describe.skipIf(missingPostgres)('a database that is not there at the start', () => {
  it('IF-01 the application starts, and public pages are served', async () => {
    const pool = await startHostileUserPool();
    const app = await startApp({ ...pool.environment, DATABASE_URL: 'postgres://cabana@127.0.0.1:9/none' });
    expect((await openBrowser(app).get('/')).status).toBe(200);
    expect(app.output()).toContain('"database_failed"');
    await app.stop();
    await pool.close();
  });
});
