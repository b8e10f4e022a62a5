import { sealData } from 'iron-session';
import { decode, encode } from 'next-auth/jwt';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { passwordsFor } from '../../lib/session/cookies.ts';
import { flowCookieOptions } from '../../lib/session/flow-cookies.ts';
import {
  clearSessionCookies,
  type ReadResult,
  readSessionCookies,
  writeSessionCookies,
} from '../../lib/session/session-cookies.ts';
import { browserCookies } from '../support/browser-cookies.ts';
import { httpsConfiguration, loopbackConfiguration } from '../support/configuration.ts';
import { sessionOf } from '../support/session-contents.ts';

const config = httpsConfiguration();
const contents = sessionOf('an.access.token', 1_800_000_000);
const { sessionId, generation } = contents;
const refreshContents = { purpose: 'refresh', sessionId, generation, refreshToken: 'refresh-1' };

let session: string;
let refresh: string;

beforeAll(async () => {
  const browser = browserCookies();
  await browser.request((cookies) => writeSessionCookies(cookies, config, contents, 'refresh-1'));
  session = browser.held.get('__Host-session-1800000000') ?? '';
  refresh = browser.held.get('__Host-refresh-1800000000') ?? '';
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const sealFor = (data: unknown, purpose: string) =>
  sealData(data, { password: passwordsFor(config, purpose), ttl: config.sessionLifetime });

/** What the application makes of these two cookies. */
async function read(sessionCookie: string, refreshCookie = ''): Promise<ReadResult> {
  const browser = browserCookies({
    ...(sessionCookie && { '__Host-session-1800000000': sessionCookie }),
    ...(refreshCookie && { '__Host-refresh-1800000000': refreshCookie }),
  });
  let result: ReadResult = { kind: 'none' };
  await browser.request(async (cookies) => {
    result = await readSessionCookies(cookies, config);
  });
  return result;
}

const whole = { kind: 'session', session: contents, refreshToken: 'refresh-1' };

it('BS-01 on https both cookies are __Host-, Secure, HttpOnly, SameSite=Lax, for the whole site and no other', async () => {
  const set = await browserCookies().request((cookies) =>
    writeSessionCookies(cookies, config, contents, 'r'),
  );
  expect(set.map((header) => header.split('=')[0])).toEqual([
    '__Host-session-1800000000',
    '__Host-refresh-1800000000',
  ]);
  for (const header of set) {
    const attributes = header
      .split('; ')
      .slice(1)
      .map((text) => text.toLowerCase());
    expect(attributes.sort()).toEqual(['httponly', 'max-age=2591940', 'path=/', 'samesite=lax', 'secure']);
  }
});

it('BS-01 on http, which is loopback alone, both cookies lack the prefix and Secure and keep the rest', async () => {
  const local = loopbackConfiguration();
  const set = await browserCookies().request((cookies) => writeSessionCookies(cookies, local, contents, 'r'));
  expect(set.map((header) => header.split('=')[0])).toEqual(['session-1800000000', 'refresh-1800000000']);
  for (const header of set) {
    const attributes = header
      .split('; ')
      .slice(1)
      .map((text) => text.toLowerCase());
    expect(attributes.sort()).toEqual(['httponly', 'max-age=2591940', 'path=/', 'samesite=lax']);
  }
});

it.each([
  ['https', '__Host-', config],
  ['http', '', loopbackConfiguration()],
])('BS-01 on %s the cookies of a sign-in under way have the same protection', (_, prefix, settings) => {
  const secure = prefix !== '';
  for (const { name, options } of Object.values(flowCookieOptions(settings, '0123456789'))) {
    expect(name).toMatch(new RegExp(`^${prefix}flow-0123456789-`));
    expect(options).toEqual({ httpOnly: true, secure, sameSite: 'lax', path: '/' });
  }
});

it('BS-01 a cookie is deleted under the name and attributes that it was set with', async () => {
  const browser = browserCookies({ '__Host-session-7': session, '__Host-refresh-7': refresh });
  const set = await browser.request(async (cookies) => clearSessionCookies(cookies, config));
  for (const header of set) {
    const attributes = header
      .split('; ')
      .slice(1)
      .map((text) => text.toLowerCase());
    const expected = [
      'expires=thu, 01 jan 1970 00:00:00 gmt',
      'httponly',
      'max-age=0',
      'path=/',
      'samesite=lax',
      'secure',
    ];
    expect(attributes.sort()).toEqual(expected);
  }
  expect(browser.held.size).toBe(0);
});

it('BS-05 the two seals open in their own places', async () => {
  expect(await read(session, refresh)).toEqual(whole);
});

it('BS-05 a refresh seal is no session', async () => {
  expect(await read(refresh, refresh)).toMatchObject({ kind: 'unreadable' });
});

it('BS-05 a session seal is no refresh token', async () => {
  expect(await read(session, session)).toEqual({ ...whole, refreshToken: undefined });
});

it('BS-05 swapped seals are neither', async () => {
  expect(await read(refresh, session)).toMatchObject({ kind: 'unreadable' });
});

it('BS-05 a refresh seal alone is no session', async () => {
  expect(await read('', refresh)).toMatchObject({ kind: 'unreadable' });
});

it.each(['flow', 'refresh', '', 'session '])(
  'BS-05 a session sealed with the password for "%s" is none',
  async (purpose) => {
    expect(await read(await sealFor(contents, 'session'))).toMatchObject({ kind: 'session' });
    expect(await read(await sealFor(contents, purpose))).toMatchObject({ kind: 'unreadable' });
  },
);

it('BS-05 a session sealed with the bare secret is none', async () => {
  const seal = await sealData(contents, { password: { ...config.sessionSecrets } });
  expect(await read(seal)).toMatchObject({ kind: 'unreadable' });
});

it.each(['refresh', 'flow', '', 'Session', undefined, null, true])(
  'BS-05 the purpose %j inside a seal of the session password makes it no session',
  async (purpose) => {
    expect(await read(await sealFor({ ...contents, purpose }, 'session'))).toMatchObject({
      kind: 'unreadable',
    });
  },
);

it('BS-05 the purpose inside a seal of the refresh password has to be refresh', async () => {
  const seal = await sealFor({ ...refreshContents, purpose: 'session' }, 'refresh');
  expect(await read(session, seal)).toEqual({ ...whole, refreshToken: undefined });
});

it("BS-05 another session's refresh token is not taken along", async () => {
  const stranger = { ...refreshContents, sessionId: '00000000-0000-4000-8000-000000000000' };
  expect(await read(session, await sealFor(stranger, 'refresh'))).toEqual({
    ...whole,
    refreshToken: undefined,
  });
});

const flowSecret = () => Object.values(passwordsFor(config, 'flow')).at(-1) as string;

it("BS-05 a cookie of next-auth's sign-in flow is no session and no refresh token", async () => {
  const flowCookie = await encode({ token: { ...contents }, secret: flowSecret(), maxAge: 900 });
  expect(await decode({ token: flowCookie, secret: flowSecret() })).toMatchObject({ purpose: 'session' });
  expect(await read(flowCookie, flowCookie)).toMatchObject({ kind: 'unreadable' });
  expect(await read(session, flowCookie)).toEqual({ ...whole, refreshToken: undefined });
});

it("BS-05 a session seal is no cookie of next-auth's sign-in flow", async () => {
  await expect(decode({ token: session, secret: flowSecret() })).rejects.toThrow();
});

// The last character of a part has bits that say nothing, so what is changed are bits that say something everywhere.
it('BS-06 a seal with any one character changed is unreadable', async () => {
  const body = session.slice(0, session.lastIndexOf('~'));
  const changed = [...body].map(
    (character, at) => body.slice(0, at) + (character === 'A' ? 'Q' : 'A') + body.slice(at + 1),
  );
  for (const seal of changed) expect(await read(seal, refresh)).toMatchObject({ kind: 'unreadable' });
});

it('BS-06 a seal with any one bit flipped is unreadable', async () => {
  const body = session.slice(0, session.lastIndexOf('~'));
  for (let at = 0; at < body.length; at += 1) {
    const bit = 1 << (4 + (at % 3));
    const seal = body.slice(0, at) + String.fromCharCode(body.charCodeAt(at) ^ bit) + body.slice(at + 1);
    expect(await read(seal, refresh)).toMatchObject({ kind: 'unreadable' });
  }
});

it('BS-06 a seal cut off anywhere is unreadable', async () => {
  const body = session.slice(0, session.lastIndexOf('~'));
  for (let length = 1; length < body.length; length += 1)
    expect(await read(body.slice(0, length), refresh)).toMatchObject({ kind: 'unreadable' });
});

it.each([
  ['asterisks', '*******'],
  ['only the prefix', 'Fe26.2*'],
  ['an unknown version', 'Fe26.1*1*a*b*c*d*e*f'],
  ['eight empty fields', 'Fe26.2********'],
  ['the text of JSON', JSON.stringify(contents)],
  ['a percent sign', '%'],
  ['a broken escape', '%E0%A4%A'],
  ['a NUL', 'a\0b'],
  ['another script', 'сессия'],
  ['__proto__', '__proto__'],
  ['only the version', '~2'],
  ['8,000 letters', 'x'.repeat(8_000)],
  ['8,000 asterisks', '*'.repeat(8_000)],
])('BS-06 a cookie of %s is unreadable', async (_, value) => {
  expect(await read(value, value)).toMatchObject({ kind: 'unreadable' });
  expect(await read(session, value)).toEqual({ ...whole, refreshToken: undefined });
});

it.each(['2', '0', '-1', '01', '__proto__', 'constructor', 'x', ''])(
  'BS-06 a seal that names password "%s" is unreadable',
  async (id) => {
    const seal = session.replace('Fe26.2*1*', `Fe26.2*${id}*`);
    expect(seal).not.toBe(session);
    expect(await read(seal, refresh)).toMatchObject({ kind: 'unreadable' });
  },
);

it('BS-06 a seal of a password that is in use no longer is unreadable', async () => {
  const seal = await sealData(contents, { password: { 7: 'Zx3Vb6Nm9Qw2Er5Ty8Ui1Op4As7Df0Gh' } });
  expect(await read(seal)).toMatchObject({ kind: 'unreadable' });
});

it('BS-06 a seal ends by the time inside it, whatever the browser keeps', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const browser = browserCookies();
  await browser.request((cookies) => writeSessionCookies(cookies, config, contents, 'refresh-1'));
  const [sealed, refreshSealed] = [...browser.held.values()];
  vi.advanceTimersByTime((config.sessionLifetime - 1) * 1_000);
  expect(await read(sealed ?? '', refreshSealed)).toEqual(whole);
  // iron allows a clock to be off by sixty seconds.
  vi.advanceTimersByTime(62_000);
  expect(await read(sealed ?? '', refreshSealed)).toMatchObject({ kind: 'unreadable' });
});

it('BS-06 what could not be read is deleted from the browser', async () => {
  const browser = browserCookies({
    '__Host-session-7': '*******',
    '__Host-refresh-7': session,
    '__Host-session-7.0': 'x',
  });
  await browser.request(async (cookies) => clearSessionCookies(cookies, config));
  expect(browser.held.size).toBe(0);
});

it('BS-06 each seal that is rejected leaves one line in the log, without the cookie', async () => {
  // The tests above have used up this minute's lines.
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
  const lines: string[] = [];
  const spy = vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
  await read(`${session.slice(0, 60)}x${session.slice(61)}`, refresh);
  spy.mockRestore();
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ event: 'seal_rejected', purpose: 'session', reason: 'invalid' }),
  ]);
  expect(lines[0]).not.toContain(session.slice(0, 40));
});

it.each([
  ['~1', (seal: string) => seal.replace(/~2$/, '~1')],
  ['nothing', (seal: string) => seal.replace(/~2$/, '')],
  ['~0', (seal: string) => seal.replace(/~2$/, '~0')],
  ['~999', (seal: string) => seal.replace(/~2$/, '~999')],
  ['~', (seal: string) => seal.replace(/~2$/, '~')],
  ['~2~1', (seal: string) => `${seal}~1`],
])('BS-07 the version marker changed to %s yields the same session', async (_, change) => {
  expect(change(session)).not.toBe(session);
  expect(await read(change(session), change(refresh))).toEqual(whole);
});

it('BS-07 what an older version would have read as the session is not one', async () => {
  const seal = await sealFor({ persistent: contents }, 'session');
  for (const end of ['~2', '~1', ''])
    expect(await read(seal.replace(/~2$/, end))).toMatchObject({ kind: 'unreadable' });
});
