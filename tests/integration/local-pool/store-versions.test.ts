import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as client from 'openid-client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type RunningLocalPool, startLocalPool } from '../../../local-pool/src/start.ts';
import { toldBy } from './authentication-methods/methods-pool.ts';
import { openFormBrowser } from './hosted-ui/form-browser.ts';
import { relyingParty, required, signIn } from './relying-party.ts';

let dataDir: string;
let running: RunningLocalPool | undefined;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'cabana-store-'));
});
afterEach(async () => {
  await running?.close();
  running = undefined;
  rmSync(dataDir, { recursive: true });
});

async function start(): Promise<string> {
  running = await startLocalPool({ dataDir });
  return running.url;
}

/** Changes the closed store. */
function rewrite(statements: string): void {
  const database = new DatabaseSync(join(dataDir, 'local-pool.sqlite'));
  database.exec(statements);
  database.close();
}

async function stop(): Promise<void> {
  await running?.close();
  running = undefined;
}

it('a store of version 2 is brought up to date: its sign-ins stand, and are not told of', async () => {
  const url = await start();
  const before = await signIn(openFormBrowser(url), await relyingParty(url, 'web'));
  await stop();
  rewrite(`ALTER TABLE hosted_sessions DROP COLUMN methods; ALTER TABLE authorization_codes DROP COLUMN methods;
    ALTER TABLE token_families DROP COLUMN methods; PRAGMA user_version = 2`);

  const again = await start();
  const web = await relyingParty(again, 'web');
  const refreshed = await client.refreshTokenGrant(web.config, required(before.refresh_token));
  expect(toldBy(refreshed.access_token)).toEqual({});
  const after = await signIn(openFormBrowser(again), web);
  expect(toldBy(after.access_token)).toEqual({ acr: 'urn:cognito:loa:1', amr: ['pwd'] });
  await stop();
  // What was brought up to date stays so.
  await start();
});

it.each([1, 99])('a store of version %i is refused by the name of its file', async (version) => {
  await start();
  await stop();
  rewrite(`PRAGMA user_version = ${version}`);
  await expect(start()).rejects.toThrow(
    new RegExp(`${dataDir}/local-pool\\.sqlite was written by another version .*\\(${version}, this is 3\\)`),
  );
});
