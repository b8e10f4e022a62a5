import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DatabaseLocation } from '../../lib/config.ts';
import { openDatabase } from '../../lib/data/database.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { type Browser, openBrowser } from '../support/browser.ts';
import { type Machines, serviceClient, startMachines } from '../support/machines.ts';
import { missingPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts';

const client_id = serviceClient.COGNITO_SERVICE_CLIENT_ID;

let machines: Machines;
let app: RunningApp;

beforeAll(async () => {
  machines = await startMachines();
});
afterAll(() => machines.close());
beforeEach(() => {
  machines.pool.reset();
  machines.onMachine();
  machines.service.reset();
});
afterEach(() => app.stop());

const start = async (environment: Record<string, string> = {}) => {
  app = await startApp({ ...machines.environment, ...environment });
};

/** Asks the API as an administrator, unless the claims of the token say otherwise. */
async function ask(path: string, claims: Record<string, unknown> = {}) {
  const { access_token } = await machines.pool.tokens({ nonce: undefined }, { access: { claims } });
  const answer = await fetch(new URL(`/api/v1/admin/${path}`, app.address), {
    headers: { authorization: `Bearer ${access_token}` },
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

async function administrator(): Promise<Browser> {
  const browser = openBrowser(app);
  await browser.signIn();
  return browser;
}

const counted = async () => (await ask('token-usage')).body.clients?.[0]?.total;

it('one token does for the page and the route, and administrators see what it cost', async () => {
  await start();
  const browser = await administrator();
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask('downstream')));
  const body = JSON.stringify({ caller: client_id, notes: 3 });
  expect(answers.map(({ body }) => body)).toEqual(
    Array(20).fill({ status: 200, content_type: 'application/json', body }),
  );
  const page = await browser.get('/admin/downstream');
  expect(page.text).toContain(body.replaceAll('"', '&quot;'));
  expect(machines.tokenRequests()).toBe(1);

  const total = { calls: 21, cache_hits: 20, token_requests: 1, tokens_issued: 1, failures: 0 };
  await expect.poll(counted, { timeout: 20_000, interval: 250 }).toEqual(total);
  const day = new Date().toISOString().slice(0, 10);
  expect((await ask(`token-usage?month=${day.slice(0, 7)}`)).body).toEqual({
    month: day.slice(0, 7),
    clients: [{ client_id, total, days: [{ day, ...total }] }],
  });
  expect((await ask('token-usage?month=2020-01')).body).toEqual({ month: '2020-01', clients: [] });
  expect((await browser.get('/admin/token-usage')).text).toContain('1 (what Cognito bills)');
  expect((await browser.get('/admin/token-usage?month=2020-01')).text).toContain('No token was asked for');
});

it.each(['downstream', 'token-usage'])('API-01 %s is for administrators with the scope', async (path) => {
  await start();
  const anonymous = await fetch(new URL(`/api/v1/admin/${path}`, app.address));
  expect([anonymous.status, anonymous.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  expect(await ask(path, { 'cognito:groups': ['editors'] })).toMatchObject({
    status: 403,
    body: { code: 'forbidden' },
  });
  expect(await ask(path, { scope: 'email' })).toMatchObject({
    status: 403,
    body: { code: 'insufficient_scope' },
  });
  expect(machines.service.tokens).toHaveLength(0);
  expect(machines.tokenRequests()).toBe(0);
});

it.each(['2026-13', '2026-1', 'now', '2026-11-01'])('API-07 the month %s is refused', async (month) => {
  await start();
  expect(await ask(`token-usage?month=${month}`)).toMatchObject({
    status: 400,
    body: { code: 'invalid_input', errors: [{ in: 'query', field: 'month' }] },
  });
});

it('a throttled token request is told as such, is not repeated at once, and recovers', async () => {
  await start();
  const browser = await administrator();
  machines.onMachine(() => ({ status: 429, headers: { 'retry-after': '2' }, body: '<h1>Slow down</h1>' }));
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask('downstream')));
  for (const { status, headers, body } of answers) {
    expect([status, headers.get('retry-after'), body.code]).toEqual([503, '5', 'machine_token_unavailable']);
  }
  expect((await browser.get('/admin/downstream')).text).toContain('The user pool gives no token');
  expect(machines.tokenRequests()).toBe(1);
  machines.onMachine();
  await expect
    .poll(async () => (await ask('downstream')).status, { timeout: 15_000, interval: 200 })
    .toBe(200);
  expect(machines.tokenRequests()).toBe(2);
});

it('a wrong secret is the operator’s trouble: one request, a code, a line in the log, and no secret anywhere', async () => {
  await start();
  const browser = await administrator();
  machines.onMachine(() => ({ status: 400, body: { error: 'invalid_client' } }));
  for (let call = 0; call < 5; call += 1)
    expect(await ask('downstream')).toMatchObject({ status: 500, body: { code: 'machine_client_refused' } });
  const page = await browser.get('/admin/downstream');
  expect(page.text).toContain('The user pool refuses this application’s own app client');
  expect(machines.tokenRequests()).toBe(1);
  expect(app.output()).toContain(`"machine_client_refused","client":"${client_id}","error":"invalid_client"`);
});

it('IF-11 neither the token nor the secret of the app client is in a page, an answer or the log', async () => {
  await start();
  const browser = await administrator();
  machines.service.reply = (response, token) => void response.end(`authorization: Bearer ${token}`);
  const seen = [
    JSON.stringify((await ask('downstream')).body),
    (await browser.get('/admin/downstream')).text,
    (await browser.payload('/admin/downstream')).text,
  ];
  machines.service.reply = (response, token) => void response.writeHead(401).end(token);
  expect(await ask('downstream')).toMatchObject({ status: 502, body: { code: 'downstream_refused' } });
  expect((await browser.get('/admin/downstream')).text).toContain('did not accept');
  const shown = new Set(machines.service.tokens);
  expect(shown.size).toBe(2);
  for (const secret of [...shown, serviceClient.COGNITO_SERVICE_CLIENT_SECRET])
    for (const text of [...seen, app.output()]) expect(text).not.toContain(secret);
});

it('a service that is not there or not configured is told in words, and the page stands', async () => {
  await start({ DOWNSTREAM_URL: 'http://127.0.0.1:9/status' });
  expect(await ask('downstream')).toMatchObject({ status: 504, body: { code: 'downstream_unreachable' } });
  expect((await (await administrator()).get('/admin/downstream')).text).toContain('did not answer');
  await app.stop();
  await start({ DOWNSTREAM_URL: '' });
  expect(await ask('downstream')).toMatchObject({ status: 404, body: { code: 'downstream_missing' } });
  expect((await (await administrator()).get('/admin/downstream')).text).toContain('DOWNSTREAM_URL');
});

describe('at the end of the process', () => {
  const callsIn = async (location: DatabaseLocation): Promise<number> => {
    const database = openDatabase(location);
    const rows = await database.use((tables) => tables.selectFrom('token_usage').selectAll().execute());
    await database.close();
    return rows.reduce((sum, { calls }) => sum + calls, 0);
  };

  it.each(['SIGTERM', 'SIGINT'] as const)('IF-09 %s: what was counted last is written', async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), 'cabana-machines-'));
    const file = join(folder, 'registry.sqlite');
    await start({ DATABASE_FILE: file });
    await Promise.all(Array.from({ length: 7 }, () => ask('downstream')));
    expect(await app.end(signal)).toBe(signal === 'SIGTERM' ? 0 : 130);
    expect(await callsIn({ kind: 'sqlite', file })).toBe(7);
    rmSync(folder, { recursive: true, force: true });
  });

  describe.skipIf(missingPostgres)('with Postgres', () => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await startPostgres();
    });
    afterAll(() => server.close());

    it('IF-09 what was counted while the database was down is written by the end', async () => {
      await start({ DATABASE_URL: server.url });
      const browser = await administrator();
      expect((await ask('downstream')).status).toBe(200);
      await server.stop();
      for (let call = 0; call < 3; call += 1) expect((await ask('downstream')).status).toBe(200);
      await expect
        .poll(async () => (await ask('token-usage')).body.code, { timeout: 10_000 })
        .toBe('database_unavailable');
      expect((await browser.get('/admin/token-usage')).text).toContain('cannot be read at the moment');
      await server.start();
      await expect
        .poll(async () => (await ask('token-usage')).status, { timeout: 15_000, interval: 500 })
        .toBe(200);
      for (let call = 0; call < 5; call += 1) await ask('downstream');
      expect(await app.end('SIGTERM')).toBe(0);
      expect(await callsIn({ kind: 'postgres', url: server.url })).toBe(9);
    });
  });
});
