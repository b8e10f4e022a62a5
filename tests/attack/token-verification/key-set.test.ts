import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UserPoolKeys } from '../../../lib/cognito/jwks.ts';
import { createTokenVerifier, type TokenVerifier } from '../../../lib/cognito/token-verifier.ts';
import {
  type BrokenAnswer,
  brokenOff,
  byteBySecond,
  byteOrderMark,
  errorPage,
  fiftyMegabytes,
  gzipBomb,
  invalidUtf8,
  neverEnds,
  pageAsJson,
  redirect,
  reset,
  silence,
  truncated,
} from '../../support/broken-answers.ts';
import {
  duplicateKids,
  emptyDocument,
  encryptionKeys,
  noKeys,
  privateKeys,
  wrongKeys,
} from '../../support/broken-key-sets.ts';
import {
  type BrokenUserPool,
  startBrokenUserPool,
  userPoolId,
  webClientId,
} from '../../support/broken-user-pool.ts';
import { signedAnew } from '../../support/held-session.ts';
import { cognitoClaims, makeSigningKey, signToken } from '../../support/signed-tokens.ts';

const NINE_MINUTES = 540_000;
const WINDOW = 10_000;

let pool: BrokenUserPool;
let time: number;
let verifier: TokenVerifier;
const stranger = makeSigningKey('stranger');

beforeAll(async () => {
  pool = await startBrokenUserPool('http://localhost:3000');
});
afterAll(() => pool.close());
beforeEach(() => {
  pool.reset();
  time = 0;
  const issuer = { issuer: pool.issuer, domain: pool.issuer };
  verifier = createTokenVerifier(issuer, undefined, new UserPoolKeys(() => time));
});

const claims = () => cognitoClaims(pool.issuer, Math.floor(Date.now() / 1_000)).access;
/** A token that the user pool signs now. */
const honest = () => signedAnew(pool, signToken(claims(), stranger));
const judge = async (token: string) => (await verifier.accessToken(token, [webClientId])).kind;

describe('TV-12', () => {
  it('TV-12 ten thousand made-up keys cost one fetch per window, and the key of a rotation meanwhile is never refused', async () => {
    expect(await judge(await honest())).toBe('valid');
    const [, payload, signature] = (await honest()).split('.');
    const flood = () =>
      Array.from({ length: 5_000 }, () => {
        const header = JSON.stringify({ alg: 'RS256', kid: crypto.randomUUID() });
        return judge(`${Buffer.from(header).toString('base64url')}.${payload}.${signature}`);
      });
    time += WINDOW;
    expect(await Promise.all(flood())).not.toContain('valid');
    expect(pool.calls.jwks).toBe(2);

    await pool.rotateKeys();
    const rotated = await honest();
    time += WINDOW - 1;
    expect(await judge(rotated)).toBe('unavailable');
    expect(await Promise.all(flood())).not.toContain('valid');
    expect(pool.calls.jwks).toBe(2);
    time += 1;
    expect(await judge(rotated)).toBe('valid');
    expect(pool.calls.jwks).toBe(3);
  }, 60_000);
});

describe('TV-13', () => {
  it('TV-13 a new key is accepted after one fetch, and the withdrawn one is good no more from then on', async () => {
    const withdrawn = await honest();
    expect(await judge(withdrawn)).toBe('valid');
    await pool.rotateKeys();
    time += WINDOW;
    expect(await judge(await honest())).toBe('valid');
    expect(pool.calls.jwks).toBe(2);
    expect(await judge(withdrawn)).toBe('unavailable');
    time += WINDOW;
    expect(await judge(withdrawn)).toBe('invalid');
  });

  it('TV-13 a withdrawn key that nobody asks besides is refused within ten minutes', async () => {
    const withdrawn = await honest();
    expect(await judge(withdrawn)).toBe('valid');
    await pool.rotateKeys();
    time += NINE_MINUTES;
    expect(await judge(withdrawn)).toBe('valid');
    time += 1;
    expect(await judge(withdrawn)).toBe('invalid');
  });

  it('IF-05 a machine whose clock is put back refuses a withdrawn key all the same', async () => {
    let now = Date.now();
    const issuer = { issuer: pool.issuer, domain: pool.issuer };
    verifier = createTokenVerifier(issuer, () => now, new UserPoolKeys(() => time));
    const withdrawn = await honest();
    expect(await judge(withdrawn)).toBe('valid');
    await pool.rotateKeys();
    now -= 50_000;
    time += NINE_MINUTES + 1;
    expect(await judge(withdrawn)).toBe('invalid');
  });
});

describe('TV-14', () => {
  it('TV-14 two hundred cold starts at once make one fetch', async () => {
    const token = await honest();
    const kinds = await Promise.all(Array.from({ length: 200 }, () => judge(token)));
    expect(new Set(kinds)).toEqual(new Set(['valid']));
    expect(pool.calls.jwks).toBe(1);
  });

  it('TV-14 a hundred requests to a user pool that is away make one fetch per window, tried twice', async () => {
    const token = await honest();
    pool.breaks('jwks', reset);
    for (let count = 0; count < 100; count += 1) expect(await judge(token)).toBe('unavailable');
    expect(pool.calls.jwks).toBe(2);
    pool.breaks('jwks');
    time += WINDOW;
    expect(await judge(token)).toBe('valid');
  });

  it('TV-14 keys that were fetched serve for as long as the user pool is away', async () => {
    const token = await honest();
    expect(await judge(token)).toBe('valid');
    pool.breaks('jwks', reset);
    for (let hours = 0; hours < 6; hours += 1) {
      time += 3_600_000;
      expect(await judge(token)).toBe('valid');
    }
    expect(pool.calls.jwks).toBe(1 + 6 * 2);
  });
});

const unusable: [string, BrokenAnswer][] = [
  ['429', errorPage(429)],
  ['500', errorPage(500)],
  ['a page', errorPage(200)],
  ['a page that is said to be JSON', pageAsJson],
  ['an empty document', emptyDocument],
  ['no key', noKeys],
  ['keys for encryption', encryptionKeys],
  ['a private key', privateKeys],
  ['each name twice', duplicateKids],
  ['a redirect to where the keys are', redirect],
  ['half of the JSON', truncated],
  ['a connection that breaks off', brokenOff],
  ['a byte order mark', byteOrderMark],
  ['a byte that is no UTF-8', invalidUtf8],
  ['50 MB', fiftyMegabytes],
  ['50 MB packed into 50 KB', gzipBomb],
];
const slow: [string, BrokenAnswer][] = [
  ['no answer', silence],
  ['a byte per second', byteBySecond],
  ['an answer that never ends', neverEnds],
];

describe('TV-15', () => {
  it.each([...unusable, ...slow])(
    'TV-15 %s instead of the key set is rejected within five seconds, and the last good set serves',
    async (_, answer) => {
      const token = await honest();
      pool.breaks('jwks', answer);
      const started = performance.now();
      expect(await judge(token)).toBe('unavailable');
      expect(performance.now() - started).toBeLessThan(7_000);
      await expect.poll(() => pool.underWay(), { timeout: 3_000 }).toBe(0);
      expect(pool.bytesSent()).toBeLessThan(20 * 1024 * 1024);
      expect(pool.calls.jwks).toBe(slow.some(([, one]) => one === answer) ? 1 : 2);

      pool.breaks('jwks');
      time += WINDOW;
      expect(await judge(token)).toBe('valid');
      pool.breaks('jwks', answer);
      time += NINE_MINUTES + 1;
      expect(await judge(token)).toBe('valid');
    },
    30_000,
  );

  it('TV-15 another key under an honest name counts for as long as it is published, and no longer', async () => {
    const token = await honest();
    const { kid } = pool.pool.signingKeys(userPoolId).access;
    const forged = signToken(claims(), { ...stranger, kid });
    expect(await judge(token)).toBe('valid');
    expect(await judge(forged)).toBe('invalid');
    pool.breaks('jwks', wrongKeys(stranger));
    time += NINE_MINUTES + 1;
    expect(await judge(token)).toBe('invalid');
    expect(await judge(forged)).toBe('valid');
    pool.breaks('jwks');
    time += NINE_MINUTES + 1;
    expect(await judge(token)).toBe('valid');
    expect(await judge(forged)).toBe('invalid');
  });
});
