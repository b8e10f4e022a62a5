import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../support/app.ts';
import { type FormBrowser, openFormBrowser } from './hosted-ui/form-browser.ts';
import { ada, pageAddress, redirectUri, userPoolId } from './hosted-ui/hosted-pool.ts';
import { type LocalPoolProcess, startLocalPoolProcess } from './local-pool-process.ts';
import { type RelyingParty, relyingParty, required, signIn, type Tokens } from './relying-party.ts';

const newcomer = { username: 'katherine@example.com', password: 'Katherine-1918!' };
const changed = { username: 'grace@example.com', password: 'Another-demo-2' };

let parent: string;
let data: string;
let port: number;
let pool: LocalPoolProcess;
let browser: FormBrowser;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'local-pool-'));
  data = join(parent, 'data');
  port = await freePort();
  pool = await startLocalPoolProcess(port, data);
  browser = openFormBrowser(pool.url);
});
afterAll(async () => {
  await pool.kill();
  await rm(parent, { recursive: true });
});

/** Ends the process without warning, and starts another on the same folder. */
async function crash(): Promise<void> {
  await pool.kill();
  pool = await startLocalPoolProcess(port, data);
}

const keys = async (): Promise<unknown> =>
  (await fetch(`${pool.url}/${userPoolId}/.well-known/jwks.json`)).json();

async function newestCode(username: string): Promise<string> {
  const { text } = await browser.get(`/inbox.json?${new URLSearchParams({ username })}`);
  const [newest] = JSON.parse(text) as { code: string }[];
  return required(newest?.code);
}

/** Signs in at the form. @returns whether the browser was sent on to the application */
async function canSignIn(person: { username: string; password: string }): Promise<boolean> {
  const other = openFormBrowser(pool.url);
  const form = await other.get(pageAddress('login'));
  return (await other.submit(form, 'login', person)).location.startsWith(`${redirectUri}?`);
}

describe('a process that is killed without warning', () => {
  it('keeps its signing keys, so that tokens of before still verify', async () => {
    const before = await keys();
    await crash();
    expect(await keys()).toEqual(before);
  });

  it('keeps sign-ins: the tokens of before are good, and what was revoked stays revoked', async () => {
    const web: RelyingParty = await relyingParty(pool.url, 'web');
    const first = await signIn(browser, web);
    await crash();
    expect(await client.fetchUserInfo(web.config, first.access_token, required(first.claims()?.sub))).toEqual(
      expect.objectContaining({ email: 'ada@example.com' }),
    );
    const second: Tokens = await client.refreshTokenGrant(web.config, required(first.refresh_token));
    expect(second.claims()?.origin_jti).toBe(first.claims()?.origin_jti);
    await client.tokenRevocation(web.config, required(second.refresh_token));
    await crash();
    await expect(client.refreshTokenGrant(web.config, required(second.refresh_token))).rejects.toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
  });

  it('keeps the hosted session of a browser', async () => {
    const signedIn = await browser.get(pageAddress('oauth2/authorize'));
    expect(signedIn.location.startsWith(`${redirectUri}?`)).toBe(true);
  });

  it('keeps a person who signed up, and the code that they have not typed yet', async () => {
    const fresh = openFormBrowser(pool.url);
    const form = await fresh.get(pageAddress('signup'));
    expect((await fresh.submit(form, 'signup', newcomer)).status).toBe(303);
    const code = await newestCode(newcomer.username);
    await crash();
    const page = await fresh.get(pageAddress('confirmUser'));
    const done = await fresh.submit(page, 'confirmUser', { username: newcomer.username, code });
    expect(done.status).toBe(303);
    await crash();
    expect(await canSignIn(newcomer)).toBe(true);
  });

  it('keeps the changed password of a demonstration user', async () => {
    const fresh = openFormBrowser(pool.url);
    const form = await fresh.get(pageAddress('forgotPassword'));
    const asked = await fresh.submit(form, 'forgotPassword', { username: changed.username });
    const code = await newestCode(changed.username);
    const { password } = changed;
    await fresh.submit(await fresh.get(asked.location), 'confirmForgotPassword', { code, password });
    await crash();
    expect(await canSignIn({ ...changed, password: ada.password })).toBe(false);
    expect(await canSignIn(changed)).toBe(true);
  });
});

describe('the data folder', () => {
  it('is open to its owner alone, and so is every file that holds a key or a hash', async () => {
    const mode = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
    expect(await mode(data)).toBe(0o700);
    const files = (await readdir(data)).filter((name) => name.startsWith('local-pool.sqlite'));
    expect(files).toContain('local-pool.sqlite');
    for (const name of files) expect([name, await mode(join(data, name))]).toEqual([name, 0o600]);
  });

  it('is left by a polite end with exit code 0 and serves the next start', async () => {
    const before = await keys();
    expect(await pool.end()).toBe(0);
    pool = await startLocalPoolProcess(port, data);
    expect(await keys()).toEqual(before);
  });
});
