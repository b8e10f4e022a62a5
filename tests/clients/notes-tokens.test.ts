import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PoolAndApp } from '../support/local-pool.ts';
import { people, startPoolAndApp } from '../support/local-pool.ts';
import { startTokenRelay, type TokenRelay } from '../support/token-relay.ts';
import { type Ended, type NotesProgram, notesProgram } from './notes-program.ts';

const userPool = 'us-east-1_Cabana001';
const LIFETIME_MS = 3_600_000;

let both: PoolAndApp;
let relay: TokenRelay;
let program: NotesProgram;

beforeAll(async () => {
  both = await startPoolAndApp();
  relay = await startTokenRelay(both.pool.url);
});
afterAll(async () => {
  await relay.close();
  await both.stop();
});

beforeEach(async () => {
  relay.calls.length = 0;
  program = notesProgram();
  const where = ['--api', both.app.url, '--issuer', `${both.pool.url}/${userPool}`];
  const args = ['sign-in', '--headless', '--username', people.ada.username, ...where];
  expect((await program.run(args, people.ada.password)).code).toBe(0);
  program.change({ domain: `${relay.url}/${userPool}` });
});
afterEach(() => program.remove());

/** Makes the access token as old as it is after a share of its life. */
const age = (share: number): void => program.change({ askedAt: Date.now() - LIFETIME_MS * share });

const succeeded = { code: 0, stderr: '' };
const sentence = (pattern: RegExp): Ended => ({
  code: 1,
  stdout: '',
  stderr: expect.stringMatching(pattern) as unknown as string,
});

describe('tokens', () => {
  test('are not refreshed before 75 % of their life, and are after it, into a file as private as before', async () => {
    const before = program.readFile();
    age(0.74);
    expect(await program.run(['me'])).toMatchObject(succeeded);
    expect(relay.calls).toEqual([]);
    age(0.76);
    expect(await program.run(['me'])).toMatchObject(succeeded);
    expect(relay.calls).toMatchObject([{ grantType: 'refresh_token', status: 200 }]);
    expect(program.readFile().accessToken).not.toBe(before.accessToken);
    expect(statSync(program.file).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(program.file)).sort()).toEqual(['notes.json', 'notes.json.lock']);
    expect(await program.run(['me'])).toMatchObject(succeeded);
    expect(relay.calls).toHaveLength(1);
  });

  test('are refreshed once by several processes at a time, all of which go on with the new ones', async () => {
    age(0.8);
    let open = () => {};
    const held = new Promise<void>((resolve) => {
      open = resolve;
    });
    relay.beforeAnswer = () => held;
    const runs = Array.from({ length: 4 }, () => program.start('token'));
    await expect.poll(() => relay.calls.length, { timeout: 20_000 }).toBe(1);
    // While the first waits for its answer, the others come to the lock.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    open();
    relay.beforeAnswer = () => {};
    const ends = await Promise.all(runs.map(({ ended }) => ended));
    const { accessToken } = program.readFile();
    for (const end of ends) expect(end).toEqual({ ...succeeded, stdout: `${accessToken}\n` });
    expect(relay.calls).toHaveLength(1);
  });

  test('that the API refuses are refreshed once, and the call is repeated', async () => {
    const genuine = String(program.readFile().accessToken);
    const flipped = genuine.endsWith('A') ? `${genuine.slice(0, -4)}BBBA` : `${genuine.slice(0, -4)}AAAA`;
    program.change({ accessToken: flipped });
    expect(await program.run(['me'])).toMatchObject(succeeded);
    expect(relay.calls).toHaveLength(1);
  });

  test('that were revoked end the sign-in with one sentence', async () => {
    const { refreshToken } = program.readFile();
    const body = new URLSearchParams({
      token: String(refreshToken),
      client_id: 'cabanamobile00000000000001',
    });
    expect((await fetch(`${both.pool.url}/${userPool}/oauth2/revoke`, { method: 'POST', body })).status).toBe(
      200,
    );
    age(0.8);
    expect(await program.run(['me'])).toEqual(sentence(/^The sign-in has ended: run `sign-in` again\.\n$/));
    expect(existsSync(program.file)).toBe(false);
  });

  test('stay in use while the user pool does not answer, until they expire', async () => {
    program.change({ domain: 'http://localhost:1' });
    age(0.9);
    expect(await program.run(['me'])).toMatchObject(succeeded);
    age(1.01);
    expect(await program.run(['me'])).toEqual(sentence(/^The user pool does not answer, /));
    program.change({ domain: `${relay.url}/${userPool}` });
    expect(await program.run(['me'])).toMatchObject(succeeded);
  });
});

describe('signing out', () => {
  const redeem = async (refreshToken: unknown): Promise<number> => {
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'cabanamobile00000000000001',
      refresh_token: String(refreshToken),
    });
    return (await fetch(`${both.pool.url}/${userPool}/oauth2/token`, { method: 'POST', body })).status;
  };

  test('revokes the refresh token and deletes the file', async () => {
    const { refreshToken } = program.readFile();
    expect(await redeem(refreshToken)).toBe(200);
    expect((await program.run(['sign-out'])).code).toBe(0);
    expect(existsSync(program.file)).toBe(false);
    expect(await redeem(refreshToken)).toBe(400);
    expect(await program.run(['me'])).toEqual(sentence(/^Nobody is signed in/));
  });

  test('deletes the file as well when the user pool does not answer, and says what is left', async () => {
    program.change({ domain: 'http://localhost:1' });
    expect(await program.run(['sign-out'])).toEqual(sentence(/did not confirm that they are revoked\.\n$/));
    expect(existsSync(program.file)).toBe(false);
  });

  test('comes before the next sign-in, whoever it is', async () => {
    const { refreshToken } = program.readFile();
    const args = ['sign-in', '--headless', '--username', people.linus.username];
    const where = ['--api', both.app.url, '--issuer', `${both.pool.url}/${userPool}`];
    expect((await program.run([...args, ...where], people.linus.password)).code).toBe(0);
    expect(await redeem(refreshToken)).toBe(400);
    expect(await redeem(program.readFile().refreshToken)).toBe(200);
  });
});

test('an API that does not answer is said', async () => {
  program.change({ api: 'http://localhost:1' });
  expect(await program.run(['me'])).toEqual(
    sentence(/^The API at http:\/\/localhost:1 does not answer\.\n$/),
  );
});

test('a file that is no longer what was written is said, without its contents', async () => {
  program.change({ domain: 'nonsense' });
  expect(await program.run(['me'])).toEqual(sentence(/cannot be read: delete it and sign in again\.\n$/));
});
