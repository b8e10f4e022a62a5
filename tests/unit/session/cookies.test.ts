import { afterEach, expect, it, vi } from 'vitest';
import { parseConfig } from '../../../lib/config.ts';
import { readSessionCookies, writeSessionCookies } from '../../../lib/session/session-cookies.ts';
import { type BrowserCookies, browserCookies } from '../../support/browser-cookies.ts';
import { realUserPool, sessionSecret } from '../../support/configuration.ts';
import { sessionOf } from '../../support/session-contents.ts';

const newer = 'Zx3Vb6Nm9Qw2Er5Ty8Ui1Op4As7Df0Gh';
const configWith = (secret: string) => parseConfig({ ...realUserPool, SESSION_SECRET: secret });
const contents = sessionOf('an.access.token', 1_800_000_000);

async function readWith(secret: string, browser: BrowserCookies) {
  let kind: string | undefined;
  await browser.request(async (cookies) => {
    kind = (await readSessionCookies(cookies, configWith(secret))).kind;
  });
  return kind;
}

async function sealedWith(secret: string) {
  const browser = browserCookies();
  await browser.request((cookies) => writeSessionCookies(cookies, configWith(secret), contents, 'refresh-1'));
  return browser;
}

afterEach(() => void vi.restoreAllMocks());

it('many requests that bring the same cookies at once open them once', async () => {
  const browser = await sealedWith(sessionSecret);
  const derivations = vi.spyOn(crypto.subtle, 'deriveBits');
  const keys = vi.spyOn(crypto.subtle, 'deriveKey');
  const opened = async (requests: number) => {
    const config = configWith(sessionSecret);
    const before = derivations.mock.calls.length + keys.mock.calls.length;
    await browser.request(async (cookies) => {
      const read = () => readSessionCookies(cookies, config);
      const results = await Promise.all(Array.from({ length: requests }, read));
      expect(new Set(results.map(({ kind }) => kind))).toEqual(new Set(['session']));
    });
    return derivations.mock.calls.length + keys.mock.calls.length - before;
  };
  const once = await opened(1);
  expect(once).toBeGreaterThan(0);
  expect(await opened(100)).toBe(once);
});

it('without cookies there is no session', async () => {
  expect(await readWith(sessionSecret, browserCookies())).toBe('none');
});

it('a session opens with the secret that sealed it, numbered or not', async () => {
  const browser = await sealedWith(sessionSecret);
  expect(await readWith(sessionSecret, browser)).toBe('session');
  expect(await readWith(`1:${sessionSecret}`, browser)).toBe('session');
});

it('BS-08 while a newer secret comes in, sessions of the older one go on', async () => {
  const browser = await sealedWith(sessionSecret);
  expect(await readWith(`2:${newer},1:${sessionSecret}`, browser)).toBe('session');
  expect(await readWith(`1:${sessionSecret},2:${newer}`, browser)).toBe('session');
});

it('BS-08 the highest number seals, whatever the order', async () => {
  for (const secrets of [`2:${newer},1:${sessionSecret}`, `1:${sessionSecret},2:${newer}`]) {
    const browser = await sealedWith(secrets);
    expect(await readWith(`2:${newer}`, browser)).toBe('session');
    expect(await readWith(`1:${sessionSecret}`, browser)).toBe('unreadable');
  }
});

it('BS-08 once the older secret is gone, its sessions are over without an error', async () => {
  const browser = await sealedWith(sessionSecret);
  expect(await readWith(`2:${newer}`, browser)).toBe('unreadable');
  expect(await readWith(newer, browser)).toBe('unreadable');
});

it('a session cookie without its refresh cookie is a session that cannot be refreshed', async () => {
  const browser = await sealedWith(sessionSecret);
  browser.held.delete('__Host-refresh-1800000000');
  await browser.request(async (cookies) => {
    expect(await readSessionCookies(cookies, configWith(sessionSecret))).toMatchObject({
      kind: 'session',
      refreshToken: undefined,
    });
  });
});

it.each([
  ['accessToken', ''],
  ['sessionId', 'short'],
  ['claims', 'none'],
  ['openedAt', 'yesterday'],
  ['refreshDueAt', undefined],
])('a seal whose %s is %j is unreadable', async (name, value) => {
  const browser = browserCookies();
  const broken = { ...contents, [name]: value };
  await browser.request((cookies) =>
    writeSessionCookies(cookies, configWith(sessionSecret), broken, 'refresh-1'),
  );
  expect(await readWith(sessionSecret, browser)).toBe('unreadable');
});
