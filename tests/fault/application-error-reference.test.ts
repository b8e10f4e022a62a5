import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../lib/data/database.ts';
import { freePort, type RunningApp, randomSecret, startApp } from '../support/app.ts';
import { errorPage } from '../support/broken-answers.ts';
import { type BrokenUserPool, startBrokenUserPool } from '../support/broken-user-pool.ts';
import { type Answer, type Browser, openBrowser } from '../support/browser.ts';
import { expireAccessToken } from '../support/held-session.ts';
import { people } from '../support/local-pool.ts';

const SESSION_SECRET = randomSecret();
let port: number;
let pool: BrokenUserPool;
let app: RunningApp;
let browser: Browser;

const folder = mkdtempSync(join(tmpdir(), 'cabana-error-reference-'));
const DATABASE_FILE = join(folder, 'registry.sqlite');

beforeAll(async () => {
  port = await freePort();
  pool = await startBrokenUserPool(`http://localhost:${port}`);
  app = await startApp({ ...pool.environment, SESSION_SECRET, DATABASE_FILE }, port);
  browser = openBrowser(app);
  await browser.signIn(people.grace);
});
afterEach(() => pool.reset());
afterAll(async () => {
  await app.stop();
  await pool.close();
  rmSync(folder, { recursive: true });
});

const idOf = (answer: Answer): string => String(answer.headers.get('x-request-id'));

it('pages that refuse for now or for good show which request it was', async () => {
  const refused = await browser.get('/admin');
  expect(refused.status).toBe(403);
  expect(refused.text).toContain(idOf(refused));
  await expireAccessToken(app, pool, browser);
  pool.breaks('token', errorPage(503));
  const unavailable = await browser.get('/home');
  expect(unavailable.status).toBe(503);
  expect(unavailable.text).toContain(`Reference <code class="font-mono">${idOf(unavailable)}</code>`);
});

it('API-10 a page that fails shows a reference and no reason, and the log ties it to the request', async () => {
  const database = openDatabase({ kind: 'sqlite', file: DATABASE_FILE });
  // A moment that no calendar has.
  await database.use((tables) => tables.updateTable('sessions').set({ created_at: 1e15 }).execute());
  await database.close();
  const failed = await browser.get('/account/sessions');
  expect(failed.status).toBe(500);
  const failures = () =>
    app
      .output()
      .split('\n')
      .filter((line) => line.includes('"request_failed"'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  await expect
    .poll(failures)
    .toMatchObject([{ request: idOf(failed), route: '/account/sessions', kind: 'render' }]);
  expect(failed.text).toContain(String(failures()[0]?.digest));
  expect(failed.text).not.toContain('Invalid time value');
});
