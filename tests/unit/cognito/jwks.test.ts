import type { DecomposedJwt } from 'aws-jwt-verify/jwt';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { KeysUnavailableError, UnknownKeyError, UserPoolKeys } from '../../../lib/cognito/jwks.ts';
import { type Members, makeSigningKey } from '../../support/signed-tokens.ts';
import {
  sendJson,
  sendKeys,
  startUserPoolServer,
  type UserPoolServer,
} from '../../support/user-pool-server.ts';

const first = makeSigningKey('first');
const second = makeSigningKey('second');

let pool: UserPoolServer;
let time: number;
let keys: UserPoolKeys;

beforeEach(async () => {
  pool = await startUserPoolServer();
  pool.answers.keys = sendKeys(first);
  time = 1_800_000_000_000;
  keys = new UserPoolKeys(() => time);
});
afterEach(async () => {
  vi.useRealTimers();
  await pool.close();
});

const addressOf = () => `${pool.issuer}/.well-known/jwks.json`;
const get = (kid: unknown) => keys.getJwk(addressOf(), { header: { kid, alg: 'RS256' } } as DecomposedJwt);

it('TV-14 twenty calls at once make one request', async () => {
  const found = await Promise.all(Array.from({ length: 20 }, () => get('first')));
  expect(found.map(({ n }) => n)).toEqual(Array.from({ length: 20 }, () => first.jwk.n));
  expect(pool.calls.keys).toBe(1);
});

it('a known key is served from memory for nine minutes, and fetched again after them', async () => {
  await get('first');
  time += 540_000;
  await get('first');
  expect(pool.calls.keys).toBe(1);
  time += 1;
  await get('first');
  expect(pool.calls.keys).toBe(2);
});

it('TV-13 a withdrawn key is unknown after nine minutes', async () => {
  await get('first');
  pool.answers.keys = sendKeys(second);
  time += 540_001;
  await expect(get('first')).rejects.toThrow(UnknownKeyError);
});

it('TV-13 a new key is found by one more request', async () => {
  await get('first');
  pool.answers.keys = sendKeys(first, second);
  time += 10_000;
  expect((await get('second')).n).toBe(second.jwk.n);
  expect(pool.calls.keys).toBe(2);
});

it('TV-12 nothing is said about an unknown key until the set may be asked for again', async () => {
  await get('first');
  time += 9_999;
  await expect(get('second')).rejects.toThrow(KeysUnavailableError);
  expect(pool.calls.keys).toBe(1);
});

it('TV-12 a thousand made-up keys cost one request', async () => {
  await get('first');
  time += 10_000;
  const names = Array.from({ length: 1_000 }, (_, index) => `made-up-${index}`);
  const results = await Promise.allSettled(names.map(get));
  expect(results.every(({ status }) => status === 'rejected')).toBe(true);
  expect(pool.calls.keys).toBe(2);
});

it.each([undefined, '', 7, null, {}])('a key named %j is unknown without a request', async (kid) => {
  await expect(get(kid)).rejects.toThrow(UnknownKeyError);
  expect(pool.calls.keys).toBe(0);
});

it('TV-14 a cold start without the user pool says nothing, and asks again after ten seconds', async () => {
  pool.answers.keys = sendJson({ message: 'internal' }, 500);
  await expect(get('first')).rejects.toThrow(KeysUnavailableError);
  await expect(get('first')).rejects.toThrow(KeysUnavailableError);
  expect(pool.calls.keys).toBe(2);
  pool.answers.keys = sendKeys(first);
  time += 10_000;
  expect((await get('first')).n).toBe(first.jwk.n);
});

it('IF-03 a set that could not be read is asked for once more, and then served', async () => {
  pool.answers.keys = (response, form) => {
    pool.answers.keys = sendKeys(first);
    sendJson({ message: 'Too many requests' }, 429)(response, form);
  };
  expect((await get('first')).n).toBe(first.jwk.n);
  expect(pool.calls.keys).toBe(2);
});

const unusable: [string, UserPoolServer['answers']['keys']][] = [
  ['an error', sendJson({ keys: [second.jwk] }, 503)],
  ['an empty document', sendJson({})],
  ['no key', sendJson({ keys: [] })],
  ['a list instead of a document', sendJson([second.jwk])],
  [
    '101 keys',
    sendKeys(...Array.from({ length: 101 }, (_, index) => ({ jwk: { ...second.jwk, kid: `${index}` } }))),
  ],
  ['private keys', sendKeys({ jwk: { ...second.privateKey.export({ format: 'jwk' }), kid: 'second' } })],
  ['one private key among others', sendKeys(second, { jwk: { kid: 'other', kty: 'EC', d: 'c2VjcmV0' } })],
  ['two keys of one name', sendKeys(second, { jwk: { ...first.jwk, kid: 'second' } })],
  [
    'a page',
    (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'),
  ],
  ['half a document', (response) => void response.end('{"keys":[{"kid":"sec')],
  ['more than 256 KB', sendJson({ keys: [second.jwk], pad: 'x'.repeat(300_000) })],
  ['a redirect', (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/keys' }).end()],
  ['a cut connection', (response) => void response.destroy()],
];

it.each(unusable)(
  'TV-15 the last good set stays in force when the user pool answers with %s',
  async (_, answer) => {
    await get('first');
    pool.answers.keys = answer;
    time += 540_001;
    expect((await get('first')).n).toBe(first.jwk.n);
    await expect(get('second')).rejects.toThrow(KeysUnavailableError);
  },
);

const unfit: [string, Members][] = [
  ['of 1,024 bits', makeSigningKey('unfit', 1_024).jwk],
  ['for encryption', { ...second.jwk, use: 'enc' }],
  ['for another algorithm', { ...second.jwk, alg: 'RS512' }],
  ['of another type', { kty: 'oct', k: 'c2VjcmV0', alg: 'RS256' }],
  ['without a name', { ...second.jwk, kid: undefined }],
  ['without an exponent', { ...second.jwk, e: undefined }],
  ['whose modulus is padded', { ...second.jwk, n: `${second.jwk.n}==` }],
];

it.each(unfit)('TV-15 a key %s is left out and the others serve', async (_, jwk) => {
  pool.answers.keys = sendKeys({ jwk: { kid: 'unfit', ...jwk } }, first);
  expect((await get('first')).n).toBe(first.jwk.n);
  time += 10_000;
  await expect(get('unfit')).rejects.toThrow(UnknownKeyError);
});

it('IF-05 a machine whose clock is put back still learns of new and withdrawn keys', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  keys = new UserPoolKeys();
  await get('first');
  pool.answers.keys = sendKeys(second);
  vi.setSystemTime(Date.now() - 3_600_000);
  vi.advanceTimersByTime(10_000);
  expect((await get('second')).n).toBe(second.jwk.n);
  await expect(get('first')).rejects.toThrow(KeysUnavailableError);
});

it('a key is never served without a look at the age of its set', () => {
  expect(() => keys.getCachedJwk()).toThrow(KeysUnavailableError);
});
