import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseConfig } from '../../../lib/config.ts';
import { handOver } from '../../../lib/session/id-token-hand-over.ts';
import { freePort, type RunningApp, startApp } from '../../support/app.ts';
import { assumedRole } from '../../support/assumed-role.ts';
import { type BrokenAnswer, errorPage } from '../../support/broken-answers.ts';
import { type BrokenUserPool, startBrokenUserPool } from '../../support/broken-user-pool.ts';
import { type Answer, type Browser, openBrowser } from '../../support/browser.ts';
import { heldSession } from '../../support/held-session.ts';
import { localCredentials, people } from '../../support/local-pool.ts';
import { sealedSession } from '../../support/sealed-session.ts';

const page = '/account/aws-credentials';
const form = `${page}/get`;

let pool: BrokenUserPool;
let app: RunningApp;

const environment = () => ({
  ...pool.environment,
  COGNITO_IDENTITY_POOL_ID: 'us-east-1:cabacaba-0000-4000-8000-000000000001',
  AWS_ENDPOINT_URL_COGNITO_IDENTITY: pool.url,
});

beforeAll(async () => {
  const port = await freePort();
  pool = await startBrokenUserPool(`http://localhost:${port}`);
  app = await startApp({ ...environment(), ...localCredentials }, port);
});
afterAll(async () => {
  await app.stop();
  await pool.close();
});
beforeEach(() => pool.reset());

type Contents = Parameters<typeof sealedSession>[1];

/** Puts a change into a session: its tokens are a minute old, so that fresh ones may be asked for. */
async function age(browser: Browser, changes: Partial<Contents> = {}): Promise<void> {
  const { session, refreshToken } = await heldSession(app, browser);
  const aged = { ...session, refreshedAt: session.refreshedAt - 60, ...changes };
  browser.jar.plant('localhost', await sealedSession(app, aged, refreshToken));
}

async function signedIn(person: keyof typeof people = 'grace', of = app): Promise<Browser> {
  const browser = openBrowser(of);
  expect((await browser.signIn({ ...people[person] })).url.pathname).toBe('/home');
  return browser;
}

const ask = (browser: Browser): Promise<Answer> => browser.post(form);

function shown({ text }: Answer) {
  const value = (name: string) => new RegExp(`export ${name}=([\\w+/=.-]+)`).exec(text)?.[1] ?? '';
  return {
    accessKeyId: value('AWS_ACCESS_KEY_ID'),
    secretAccessKey: value('AWS_SECRET_ACCESS_KEY'),
    sessionToken: value('AWS_SESSION_TOKEN'),
  };
}

const nothing = { accessKeyId: '', secretAccessKey: '', sessionToken: '' };

/** Everything that a script or a proxy can read of an answer. */
const visible = ({ text, headers }: Answer): string =>
  [text, ...[...headers].filter(([name]) => name !== 'set-cookie').flat()].join('\n');

test.each([
  ['ada', 'AdministratorRole'],
  ['grace', 'ProRole'],
  ['linus', 'MemberRole'],
] as const)('%s sees the role %s, asks, and is shown credentials of it once', async (person, role) => {
  const browser = await signedIn(person);
  await age(browser);
  const before = await browser.get(page);
  expect(before.text).toMatch(new RegExp(`arn:aws:iam::\\d{12}:role/[\\w-]*${role}`));
  expect(shown(before)).toEqual(nothing);
  pool.reset();

  const answer = await ask(browser);
  expect([answer.status, answer.location?.href]).toEqual([303, `${app.url}${page}?done=asked`]);
  expect(pool.calls.token).toBe(0);
  const after = await browser.follow(answer);
  expect([after.status, after.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
  expect(pool.calls.token).toBe(1);
  expect(await assumedRole(pool.url, shown(after))).toContain(`${role}/CognitoIdentityCredentials`);

  const again = await browser.get(`${page}?done=asked`);
  expect(shown(again)).toEqual(nothing);
  expect(again.text).toContain('Credentials are shown once');
});

describe('BS-18', () => {
  test('BS-18 the fresh ID token and its seal reach no browser, no log, and no other page', async () => {
    const browser = await signedIn();
    await age(browser);
    const answers = [await ask(browser)];
    answers.push(await browser.get(`${page}?done=asked`));
    const keys = shown(answers[1] as Answer);
    expect(keys.accessKeyId).toMatch(/^ASIA/);
    answers.push(await browser.get(page), await browser.get('/home'), await browser.payload('/home'));
    const pieces = [...pool.issued]
      .flatMap((secret) => secret.split('.'))
      .filter((piece) => piece.length > 30);
    expect(pieces.length).toBeGreaterThan(5);
    for (const answer of answers) {
      expect(pieces.filter((piece) => visible(answer).includes(piece))).toEqual([]);
      expect(visible(answer)).not.toMatch(/Fe26\.2|x-id-token|x-middleware/);
    }
    const elsewhere = [...answers.slice(2).map(visible), app.output(), JSON.stringify(browser.cookies())];
    for (const text of elsewhere)
      for (const secret of Object.values(keys)) expect(text).not.toContain(secret);
    for (const piece of pieces) expect(app.output()).not.toContain(piece);
  });
});

describe('BS-15', () => {
  test('BS-15 a hand-over that the sender puts into the request is taken away, even one of our own seals', async () => {
    const browser = await signedIn();
    const { session } = await heldSession(app, browser);
    const idToken = [...pool.issued].findLast((text) => text.split('.').length === 3) ?? '';
    const headers = new Headers();
    await handOver(parseConfig(app.environment), headers, session, idToken);
    const planted = Object.fromEntries(headers);
    expect(Object.keys(planted)).toEqual(['x-id-token-hand-over']);
    const calls = pool.calls.api;
    for (const more of [{}, { 'x-middleware-override-headers': 'x-id-token-hand-over' }]) {
      const answer = await browser.get(page, {
        ...planted,
        'x-middleware-request-x-id-token-hand-over': planted['x-id-token-hand-over'] ?? '',
        ...more,
      });
      expect([answer.status, shown(answer)]).toEqual([200, nothing]);
      expect(visible(answer)).not.toContain('Fe26.2');
    }
    // The rules at the most.
    expect(pool.calls.api - calls).toBeLessThanOrEqual(1);
  });
});

test('BS-10 another site can neither ask nor have the page show anything', async () => {
  const browser = await signedIn();
  await age(browser);
  expect((await browser.post(form, {}, { origin: 'https://evil.example' })).status).toBe(403);
  expect(shown(await browser.get(`${page}?done=asked`))).toEqual(nothing);
  expect((await browser.get(form)).status).toBe(405);
  expect(pool.calls.token).toBe(1);
});

test('whoever has just signed in gets credentials at once, and is asked to wait a little for the next', async () => {
  const browser = await signedIn();
  const signedInAt = Math.floor(Date.now() / 1_000) - 1;
  await age(browser, { openedAt: signedInAt, refreshedAt: signedInAt });
  expect(shown(await browser.follow(await ask(browser)))).not.toEqual(nothing);
  const answer = await ask(browser);
  expect(answer.location?.searchParams.get('error')).toBe('too_many_requests');
  expect((await browser.follow(answer)).text).toContain('Please wait a little');
});

test('another page that is opened first takes the mark with it, and shows nothing', async () => {
  const browser = await signedIn();
  await age(browser);
  const answer = await ask(browser);
  const home = await browser.get('/home');
  expect([home.status, shown(home)]).toEqual([200, nothing]);
  expect(shown(await browser.follow(answer))).toEqual(nothing);
});

test('a mark that is older than a minute shows nothing', async () => {
  const browser = await signedIn();
  const now = Math.floor(Date.now() / 1_000);
  const idTokenFor = { path: page, until: now - 1 };
  await age(browser, { refreshDueAt: now - 5, idTokenFor });
  pool.reset();
  expect(shown(await browser.get(page))).toEqual(nothing);
  expect(pool.calls.token).toBe(1);
});

test('two tabs that come at once are shown the same credentials, for one refresh', async () => {
  const browser = await signedIn();
  await age(browser);
  const answer = await ask(browser);
  pool.reset();
  const address = answer.location?.href ?? '';
  const [first, second] = await Promise.all([browser.get(address), browser.get(address)]);
  expect(shown(first).accessKeyId).toMatch(/^ASIA/);
  expect(shown(second)).toEqual(shown(first));
  expect(pool.calls.token).toBe(1);
});

describe('when it fails', () => {
  const refusing =
    (type: string): BrokenAnswer =>
    (response) =>
      void response.writeHead(400).end(JSON.stringify({ __type: type, message: 'no' }));

  const refusals = [
    ['NotAuthorizedException', 'gives no AWS credentials to this account'],
    ['TooManyRequestsException', 'is asked too often'],
    ['InternalErrorException', 'does not answer at the moment'],
    ['InvalidIdentityPoolConfigurationException', 'Its settings need attention'],
  ] as const;
  test.each(refusals)('%s is told in words, and the person stays signed in', async (type, words) => {
    const browser = await signedIn();
    await age(browser);
    await browser.get(page);
    const answer = await ask(browser);
    pool.breaks('api', refusing(type));
    const told = await browser.follow(answer);
    expect([told.status, shown(told)]).toEqual([200, nothing]);
    expect(told.text).toContain(words);
    expect((await browser.get('/home')).status).toBe(200);
  });

  test('while the user pool refreshes nothing, nothing is shown and nobody is signed out', async () => {
    const browser = await signedIn();
    await age(browser);
    const answer = await ask(browser);
    pool.breaks('token', errorPage(503));
    const told = await browser.follow(answer);
    expect([told.status, shown(told)]).toEqual([200, nothing]);
    expect(told.text).toContain('Please ask for them again');
  });

  test('without AWS credentials the rules cannot be read, and people are handed theirs all the same', async () => {
    const port = await freePort();
    const unsigned = await startApp(
      {
        ...environment(),
        APP_URL: app.url,
        SESSION_SECRET: app.environment.SESSION_SECRET ?? '',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
      port,
    );
    try {
      const browser = await signedIn('linus');
      await age(browser);
      const other = openBrowser(unsigned, browser.jar);
      const told = await other.follow(await ask(other));
      expect(told.text).toContain('may not read the identity pool’s rules');
      expect(await assumedRole(pool.url, shown(told))).toContain('MemberRole');
    } finally {
      await unsigned.stop();
    }
  });
});
