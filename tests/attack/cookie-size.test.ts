import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { AppError } from '../../lib/errors.ts';
import { readSessionCookies, writeSessionCookies } from '../../lib/session/session-cookies.ts';
import { browserCookies } from '../support/browser-cookies.ts';
import { httpsConfiguration } from '../support/configuration.ts';
import { namesOf } from '../support/cookie-names.ts';
import { sessionOf } from '../support/session-contents.ts';
import { cognitoClaims, makeSigningKey, signToken, sub } from '../support/signed-tokens.ts';

const config = httpsConfiguration();
const now = 1_800_000_000;
const key = makeSigningKey('sVq9mN8bT1kYc0oXh2uJrW4eZfLgPa7DxQiRtCyBvMw=');
/** As long as those that Cognito issues. */
const refreshToken = randomBytes(1_340).toString('base64url');

const groups = Array.from({ length: 25 }, (_, index) => `department-${index}-members`);
const customClaims = Object.fromEntries(
  Array.from({ length: 20 }, (_, index) => [`custom:attribute_${index}`, `a value of some length ${index}`]),
);

function largeSession() {
  const { access } = cognitoClaims(config.issuer, now);
  const accessToken = signToken({ ...access, 'cognito:groups': groups }, key);
  const session = sessionOf(accessToken, now);
  return {
    ...session,
    claims: { ...session.claims, name: 'Ada Lovelace', locale: 'en-GB', ...customClaims },
  };
}

const bytes = (text: string): number => new TextEncoder().encode(text).length;

it('BS-02 the tokens of 25 groups and 20 custom claims fit, each Set-Cookie within 4,096 bytes', async () => {
  const browser = browserCookies();
  const session = largeSession();
  const set = await browser.request((cookies) => writeSessionCookies(cookies, config, session, refreshToken));
  for (const header of set) expect(bytes(header)).toBeLessThanOrEqual(4_096);
  const sent = [...browser.held].map(([name, value]) => `${name}=${value}`).join('; ');
  expect(bytes(sent)).toBeLessThanOrEqual(12_288);
  await browser.request(async (cookies) => {
    expect(await readSessionCookies(cookies, config)).toEqual({ kind: 'session', session, refreshToken });
  });
});

it('BS-02 usual tokens need two cookies and no more', async () => {
  const accessToken = signToken(cognitoClaims(config.issuer, now).access, key);
  const set = await browserCookies().request((cookies) =>
    writeSessionCookies(cookies, config, sessionOf(accessToken, now), refreshToken),
  );
  expect(set).toHaveLength(2);
  for (const header of set) expect(bytes(header)).toBeLessThanOrEqual(4_096);
});

it('BS-02 a session that shrinks leaves no piece of the larger one behind', async () => {
  const browser = browserCookies();
  await browser.request((cookies) => writeSessionCookies(cookies, config, largeSession(), refreshToken));
  expect([...browser.held.keys()].some((name) => name.endsWith('.1'))).toBe(true);
  const shrunk = sessionOf(signToken(cognitoClaims(config.issuer, now).access, key), now);
  const small = { ...shrunk, generation: now + 1 };
  await browser.request((cookies) => writeSessionCookies(cookies, config, small, refreshToken));
  expect(namesOf(Object.fromEntries(browser.held))).toEqual(['__Host-refresh', '__Host-session']);
  await browser.request(async (cookies) => {
    expect(await readSessionCookies(cookies, config)).toMatchObject({ session: small });
  });
});

it('BS-02 claims that do not fit fail with a code, and leave no cookie', async () => {
  const session = { ...largeSession(), claims: { sub, 'custom:essay': 'x'.repeat(16_000) } };
  const browser = browserCookies({ '__Host-session-1': 'earlier', '__Host-refresh-1': 'earlier' });
  const writing = browser.request((cookies) => writeSessionCookies(cookies, config, session, refreshToken));
  await expect(writing).rejects.toThrow(AppError);
  await expect(writing).rejects.toMatchObject({ code: 'session_too_large' });
  expect(browser.held.size).toBe(0);
});
