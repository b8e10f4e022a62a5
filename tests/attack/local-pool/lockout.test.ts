import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ada,
  type HostedPool,
  pageAddress,
  startHostedPool,
} from '../../integration/local-pool/hosted-ui/hosted-pool.ts';

let pool: HostedPool;
beforeEach(async () => {
  pool = await startHostedPool();
});
afterEach(() => pool.close());

type Answer = 'signed in' | 'incorrect' | 'locked';

async function tryPassword(username: string, password: string): Promise<Answer> {
  const browser = pool.browse();
  const page = await browser.submit(await browser.get(pageAddress('login')), 'login', { username, password });
  if (browser.cookies.has('cognito')) return 'signed in';
  if (page.text.includes('Password attempts exceeded')) return 'locked';
  if (page.text.includes('Incorrect username or password.')) return 'incorrect';
  throw new Error(`An unexpected page came back with status ${page.status}.`);
}

const fail = (username: string) => tryPassword(username, 'Wrong-pass-1');

async function failTimes(username: string, times: number): Promise<void> {
  for (let failure = 1; failure <= times; failure += 1) {
    expect(await fail(username)).toBe('incorrect');
    pool.clock.advance(lockAfter(failure));
  }
}

/** Milliseconds: 2^(n-5) seconds from the fifth failure on, up to a quarter of an hour. */
const lockAfter = (failures: number) => (failures < 5 ? 0 : Math.min(2 ** (failures - 5), 900) * 1000);

const unknown = 'nobody@example.com';

describe.each([
  ['a user', ada.username],
  ['an unknown user', unknown],
])('password guesses against %s', (who, username) => {
  it(`LP-07 the first four failures of ${who} lock nothing`, async () => {
    for (let failure = 1; failure <= 4; failure += 1) expect(await fail(username)).toBe('incorrect');
    expect(await fail(username)).toBe('incorrect');
    expect(await fail(username)).toBe('locked');
  });

  it(`LP-07 from the fifth failure on ${who} is locked 2^(n-5) seconds, up to 15 minutes`, async () => {
    for (let failure = 1; failure <= 17; failure += 1) {
      expect([failure, await fail(username)]).toEqual([failure, 'incorrect']);
      const lock = lockAfter(failure);
      if (lock === 0) continue;
      pool.clock.advance(lock - 1);
      expect([failure, await fail(username)]).toEqual([failure, 'locked']);
      pool.clock.advance(1);
    }
  });

  it(`LP-07 tries while locked do not extend the lock of ${who}`, async () => {
    await failTimes(username, 9);
    expect(await fail(username)).toBe('incorrect');
    for (let second = 0; second < 32; second += 1) {
      expect(await fail(username)).toBe('locked');
      pool.clock.advance(1000);
    }
    expect(await fail(username)).toBe('incorrect');
    pool.clock.advance(64_000 - 1);
    expect(await fail(username)).toBe('locked');
    pool.clock.advance(1);
    expect(await fail(username)).toBe('incorrect');
  });

  it(`LP-07 quiet of 15 minutes after the lock of ${who} begins the count anew`, async () => {
    await failTimes(username, 8);
    pool.clock.advance(15 * 60_000);
    for (let failure = 1; failure <= 5; failure += 1) expect(await fail(username)).toBe('incorrect');
    expect(await fail(username)).toBe('locked');
    pool.clock.advance(1000);
    expect(await fail(username)).toBe('incorrect');
  });
});

describe('the lock', () => {
  it('LP-07 holds against the right password', async () => {
    await failTimes(ada.username, 7);
    expect(await fail(ada.username)).toBe('incorrect');
    expect(await tryPassword(ada.username, ada.password)).toBe('locked');
    pool.clock.advance(8000);
    expect(await tryPassword(ada.username, ada.password)).toBe('signed in');
  });

  it('LP-07 a success begins the count anew', async () => {
    await failTimes(ada.username, 9);
    expect(await tryPassword(ada.username, ada.password)).toBe('signed in');
    for (let failure = 1; failure <= 4; failure += 1) expect(await fail(ada.username)).toBe('incorrect');
    expect(await tryPassword(ada.username, ada.password)).toBe('signed in');
  });

  it('LP-07 is of one user and not of all', async () => {
    for (let failure = 1; failure <= 5; failure += 1) await fail(ada.username);
    expect(await fail(ada.username)).toBe('locked');
    expect(await tryPassword('grace@example.com', ada.password)).toBe('signed in');
  });

  it.each(['ADA@example.com', ' ada@example.com ', 'ａda@example.com'])(
    'LP-07 is not escaped by writing the name as "%s"',
    async (spelling) => {
      for (let failure = 1; failure <= 5; failure += 1) await fail(ada.username);
      expect(await fail(spelling)).toBe('locked');
    },
  );

  it.each(['NOBODY@example.com', ' nobody@example.com '])(
    'LP-07 of an unknown user is not escaped by writing the name as "%s"',
    async (spelling) => {
      for (let failure = 1; failure <= 5; failure += 1) await fail(unknown);
      expect(await fail(spelling)).toBe('locked');
    },
  );

  it('LP-07 counts every one of parallel failures', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => fail(ada.username)));
    expect(answers.filter((answer) => answer === 'incorrect')).toHaveLength(5);
    expect(answers.filter((answer) => answer === 'locked')).toHaveLength(7);
  });
});
