import { expect, it } from 'vitest';
import { readCredentials } from '../../../lib/access/bearer.ts';

const none = { kind: 'none' };
const malformed = { kind: 'malformed' };
const token = (text: string) => ({ kind: 'token', token: text });

const read = (authorization?: string) =>
  readCredentials(new Headers(authorization === undefined ? {} : { authorization }));

it.each([
  ['Bearer abc.def.ghi', 'abc.def.ghi'],
  ['bearer abc', 'abc'],
  ['BEARER abc', 'abc'],
  ['BeArEr abc', 'abc'],
  ['Bearer a-b_c~d+e/f.g==', 'a-b_c~d+e/f.g=='],
  [' Bearer abc ', 'abc'],
])('API-02 "%s" carries a token', (authorization, expected) => {
  expect(read(authorization)).toEqual(token(expected));
});

it.each([
  'Bearer',
  'Bearer ',
  'Bearer  abc',
  'Bearer\tabc',
  'Bearer abc def',
  'Bearer abc,',
  'Bearer %',
  'Bearer =',
  'Bearer a=b',
  'Bearer "abc"',
  'Bearer abc\u00e9',
  'Bearer: abc',
  'Bearerabc',
  'Token bearer',
  'Bearer abc, Bearer def',
  'Basic dXNlcjp3b3Jk, Bearer abc',
  'Bearer abc, Basic dXNlcjp3b3Jk',
])('API-02 "%s" is malformed', (authorization) => {
  expect(read(authorization)).toEqual(malformed);
});

it('API-02 two headers are malformed', () => {
  const headers = new Headers();
  headers.append('authorization', 'Bearer abc');
  headers.append('authorization', 'Bearer def');
  expect(readCredentials(headers)).toEqual(malformed);
});

it.each([undefined, '', ' ', 'Basic dXNlcjp3b3Jk', 'Negotiate abc', 'abc'])(
  'API-02 "%s" carries none of this kind',
  (value) => {
    expect(read(value)).toEqual(none);
  },
);

it('API-03 a cookie carries none', () => {
  expect(readCredentials(new Headers({ cookie: '__Host-session=abc; access_token=def' }))).toEqual(none);
});

it('API-02 a header of a million characters is read within a second', () => {
  const start = performance.now();
  expect(read(`Bearer ${'a'.repeat(1_000_000)}!`)).toEqual(malformed);
  expect(read(`Bearer ${'='.repeat(1_000_000)}`)).toEqual(malformed);
  expect(performance.now() - start).toBeLessThan(1_000);
});
