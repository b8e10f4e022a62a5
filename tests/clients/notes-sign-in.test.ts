import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startLocalPool } from '../../local-pool/src/start.ts';
import { root } from '../../scripts/lib/processes.ts';
import { openJarBrowser } from '../support/jar-browser.ts';
import { type PoolAndApp, people, startPoolAndApp } from '../support/local-pool.ts';
import { type NotesProgram, notesProgram, type Run } from './notes-program.ts';

const userPool = 'us-east-1_Cabana001';

let both: PoolAndApp;
let program: NotesProgram;

beforeAll(async () => {
  both = await startPoolAndApp();
});
afterAll(() => both.stop());
beforeEach(() => {
  program = notesProgram();
});
afterEach(() => program.remove());

const where = (): string[] => ['--api', both.app.url, '--issuer', `${both.pool.url}/${userPool}`];
const signIn = (...args: string[]): Run => program.start('sign-in', ...where(), ...args);

/** The address that is printed for somebody to open. */
async function printedAddress(run: Run): Promise<string> {
  await expect.poll(run.said, { timeout: 20_000 }).toMatch(/\nhttp:\S+\n/);
  return /\n(http:\S+)\n/.exec(run.said())?.[1] ?? '';
}

/** Signs in on the user pool's pages. @returns where they send the browser */
async function throughPages(address: string): Promise<URL> {
  const browser = openJarBrowser(both.pool.url);
  const page = await browser.follow(await browser.get(address), both.pool.url);
  return (await browser.submit(page, 'password', people.grace)).location;
}

const isPrivate = (): [number, number] => [
  statSync(program.file).mode & 0o777,
  statSync(dirname(program.file)).mode & 0o777,
];

/** Signed in as Grace, with all that the guide goes on to do. */
async function expectGrace(): Promise<void> {
  const { code, stdout } = await program.run(['me']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    groups: ['editors'],
    scopes: expect.arrayContaining(['openid', 'notes/read', 'notes/write']),
    tenant: 'acme',
  });
  expect(await program.run(['create', '--title', 'Packing list', '--text', 'Tent, lamp'])).toMatchObject({
    code: 0,
    stderr: '',
  });
  expect((await program.run(['list'])).stdout).toMatch(/^[\w-]{36} {2}Packing list\n/);
}

describe('through a browser', () => {
  test('the system’s browser is opened and comes back over loopback', async () => {
    const run = signIn();
    const address = new URL(await program.openedAddress());
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      response_type: 'code',
      redirect_uri: 'http://localhost:8400/callback',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    const callback = await throughPages(address.href);
    const answer = await fetch(callback);
    expect([answer.status, answer.headers.get('content-security-policy')]).toEqual([
      200,
      "default-src 'none'",
    ]);
    const { code, stdout, stderr } = await run.ended;
    expect([code, stdout]).toEqual([0, '']);
    expect(isPrivate()).toEqual([0o600, 0o700]);
    const kept = program.readFile();
    for (const secret of [kept.accessToken, kept.refreshToken, callback.searchParams.get('code')])
      expect(stderr).not.toContain(secret);
    await expectGrace();
  });

  test('the address of the custom scheme is handed over by hand', async () => {
    const run = signIn('--print', '--redirect', 'scheme');
    const callback = await throughPages(await printedAddress(run));
    expect(callback.href).toMatch(/^cabana:\/\/callback\?/);
    run.type(callback.href);
    expect((await run.ended).code).toBe(0);
    expect(isPrivate()).toEqual([0o600, 0o700]);
    await expectGrace();
  });

  test('what another page sends to loopback is answered with 404 and forgotten', async () => {
    const run = signIn('--print');
    const callback = await throughPages(await printedAddress(run));
    const forged = new URL(callback);
    forged.searchParams.set('state', 'of-somebody-else');
    for (const address of [forged, 'http://localhost:8400/', 'http://127.0.0.1:8400/callback'])
      expect((await fetch(address)).status).toBe(404);
    expect((await fetch(callback, { method: 'POST' })).status).toBe(404);
    expect((await fetch(callback)).status).toBe(200);
    expect((await run.ended).code).toBe(0);
  });

  test('an address of another sign-in is not taken', async () => {
    const first = signIn('--print', '--redirect', 'scheme');
    const foreign = await throughPages(await printedAddress(first));
    const second = signIn('--print', '--redirect', 'scheme');
    await printedAddress(second);
    second.type(foreign.href);
    expect(await second.ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('That is not the address that this sign-in ends with.'),
    });
    first.type('nonsense');
    expect((await first.ended).code).toBe(1);
    expect(existsSync(program.file)).toBe(false);
  });

  test('a refusal and a code that was redeemed before end it with one sentence', async () => {
    const refused = signIn('--print');
    const state = new URL(await printedAddress(refused)).searchParams.get('state');
    await fetch(`http://localhost:8400/callback?error=access_denied&state=${state}`);
    const spent = await refused.ended;
    expect(spent.code).toBe(1);
    expect(spent.stderr).toContain('The user pool did not complete the sign-in (access_denied).\n');

    const late = signIn('--print');
    const address = new URL(await printedAddress(late));
    await fetch(`http://localhost:8400/callback?code=spent&state=${address.searchParams.get('state')}`);
    const { code, stderr } = await late.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('The user pool did not complete the sign-in (invalid_grant).\n');
    expect(existsSync(program.file)).toBe(false);
  });

  test('a port that is taken is said', async () => {
    const server = createServer().listen(8_400, '127.0.0.1');
    await once(server, 'listening');
    try {
      expect(await signIn('--print').ended).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^Port 8400, .* is taken/),
      });
    } finally {
      server.close();
    }
  });
});

describe('without a browser', () => {
  const headless = (password: string, username: string = people.grace.username) =>
    program.run(['sign-in', '--headless', '--username', username, ...where()], `${password}\n`);

  test('a password that is piped in signs in by SRP', async () => {
    const { code, stderr } = await headless(people.grace.password);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('lacks')]);
    expect(isPrivate()).toEqual([0o600, 0o700]);
    await expectGrace();
  });

  test('the scopes that a user pool without the trigger leaves out are said', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cabana-infra-'));
    cpSync(join(root, 'infra'), folder, { recursive: true });
    const template = join(folder, 'template.yaml');
    const bare = readFileSync(template, 'utf8').replace(/ {6}LambdaConfig:\n( {8}.*\n)+/, '');
    writeFileSync(template, bare);
    const pool = await startLocalPool({ port: 0, template, users: join(folder, 'demonstration-users.yaml') });
    const at = ['--api', both.app.url, '--issuer', `${pool.url}/${userPool}`];
    const { username, password } = people.grace;
    const args = ['sign-in', '--headless', '--username', username, ...at];
    const { code, stderr } = await program.run(args, `${password}\n`);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('lacks the scopes openid notes/read notes/write'),
    ]);
    const { stdout } = await program.run(['token']);
    expect(decodeJwt(stdout.trim()).scope).toBe('aws.cognito.signin.user.admin');
    await pool.close();
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['a wrong password', people.grace.username],
    ['an unknown user', 'nobody@example.com'],
  ])('%s is refused with one sentence', async (_, username) => {
    expect(await headless('Wrong-password-1', username)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'The user pool refused the sign-in: NotAuthorizedException\n',
    });
    expect(existsSync(program.file)).toBe(false);
  });

  test('nothing piped in is said', async () => {
    expect(await program.run(['sign-in', '--headless', '--username', 'ada', ...where()])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('standard input has ended'),
    });
  });
});

describe('one sentence and exit code 1', () => {
  test.each<[string, string[], RegExp]>([
    ['for no command', [], /^Usage:/],
    ['for an unknown command', ['constructor'], /^Usage:/],
    ['for an unknown flag', ['me', '--loud'], /^Unknown option '--loud'/],
    ['for a flag of another command', ['me', '--limit', '3'], /^me takes no --limit/],
    ['for a missing operand', ['show'], /^show wants ID after it/],
    ['for two ways at once', ['sign-in', '--headless', '--print'], /^Of --print and --headless, take one/],
    ['for an unknown redirect', ['sign-in', '--redirect', 'post'], /^--redirect must be loopback or scheme/],
    [
      'for an API without TLS',
      ['sign-in', '--api', 'http://api.example.com'],
      /^--api must be an https address/,
    ],
    ['for no user pool', ['sign-in', '--issuer', 'http://localhost:1/x'], /^There is no user pool at/],
    ['for nobody signed in', ['me'], /^Nobody is signed in/],
    ['for nobody signed in', ['sign-out'], /^Nobody is signed in/],
  ])('%s: %j', async (_, args, sentence) => {
    expect(await program.run(args)).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(sentence) });
  });

  test('for a file that others can read', async () => {
    await program.run(
      ['sign-in', '--headless', '--username', people.ada.username, ...where()],
      people.ada.password,
    );
    chmodSync(program.file, 0o640);
    expect(await program.run(['token'])).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^Others on this machine can read/),
    });
  });
});
