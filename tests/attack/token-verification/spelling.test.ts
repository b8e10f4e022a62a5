import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientId, signTexts } from '../../support/signed-tokens.ts';
import { startVerifier, type VerifierUnderTest } from '../../support/verifier.ts';

let subject: VerifierUnderTest;
beforeAll(async () => {
  subject = await startVerifier();
});
afterAll(() => subject.pool.close());

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The same bytes in other characters: the bits that the last character does not need are not zero. */
const unusedBitSet = (part: string): string =>
  part.slice(0, -1) + alphabet[alphabet.indexOf(part.slice(-1)) + 1];

/** Each part's length is a whole number of quartets and one more, so its last character has unused bits. */
const partsOf = (token: string): [string, string, string] => token.split('.') as [string, string, string];

const otherSpellings: [string, (token: string) => string][] = [
  ['padding after the signature', (token) => `${token}==`],
  ['one padding character', (token) => `${token}=`],
  ['padding after the header', (token) => token.replace('.', '==.')],
  ['a line feed after it', (token) => `${token}\n`],
  ['a line feed in front', (token) => `\n${token}`],
  ['a line feed inside a part', (token) => `${token.slice(0, 20)}\n${token.slice(20)}`],
  ['a space after it', (token) => `${token} `],
  ['a space inside a part', (token) => `${token.slice(0, -9)} ${token.slice(-9)}`],
  ['a tab after it', (token) => `${token}\t`],
  ['a NUL after it', (token) => `${token}\0`],
  ['two parts', (token) => token.split('.').slice(0, 2).join('.')],
  ['an empty signature', (token) => `${token.split('.').slice(0, 2).join('.')}.`],
  ['four parts', (token) => `${token}.${token.split('.')[2]}`],
  ['an empty fourth part', (token) => `${token}.`],
  ['an empty first part', (token) => `.${token}`],
  ['an empty payload', (token) => token.replace(/\..*\./, '..')],
  ['plus and slash of plain base64', (token) => token.replace(/[-_]/g, (c) => (c === '-' ? '+' : '/'))],
  ['a unicode full stop', (token) => token.replace('.', '。')],
  [
    'unused bits set in the signature',
    (token) =>
      partsOf(token)
        .with(2, unusedBitSet(partsOf(token)[2]))
        .join('.'),
  ],
  ['nothing at all', () => ''],
  ['only dots', () => '..'],
];

it.each(otherSpellings)('TV-11 a token with %s is refused', async (_, change) => {
  const token = subject.accessToken();
  expect(change(token)).not.toBe(token);
  expect(await subject.judgeAccess(token)).toBe('valid');
  expect(await subject.judgeAccess(change(token))).toBe('invalid');
});

const header = () => `{"kid":"${subject.key.kid}","alg":"RS256"}`;

/** The good access token's payload with text put in at its start or its end. */
function payload(first: string, last = ''): string {
  const text = Buffer.from(partsOf(subject.accessToken())[1], 'base64url').toString();
  return `{${first}${text.slice(1, -1)}${last}}`;
}

it('TV-11 of duplicate claims the last one counts, as RFC 7519 section 4 allows', async () => {
  const strangerLast = signTexts(header(), payload('', ',"client_id":"stranger"'), subject.key);
  const strangerFirst = signTexts(header(), payload('"client_id":"stranger",'), subject.key);
  expect(await subject.judgeAccess(strangerLast)).toBe('invalid');
  expect(await subject.judgeAccess(strangerFirst)).toBe('valid');
});

it('TV-11 of duplicate groups the last ones count and nothing is merged', async () => {
  const token = signTexts(header(), payload('', ',"cognito:groups":["readers"]'), subject.key);
  const verdict = await subject.verifier.accessToken(token, [clientId]);
  expect(verdict).toMatchObject({ kind: 'valid', claims: { 'cognito:groups': ['readers'] } });
});

it.each([
  ['none', 'RS256', 'valid'],
  ['RS256', 'none', 'invalid'],
])('TV-11 a header of alg %s and then %s is %s', async (first, last, verdict) => {
  const text = `{"kid":"${subject.key.kid}","alg":"${first}","alg":"${last}"}`;
  expect(await subject.judgeAccess(signTexts(text, payload(''), subject.key))).toBe(verdict);
});

it.each(['__proto__', 'constructor', 'prototype'])(
  'TV-11 a claim named %s gives a token nothing',
  async (name) => {
    const { access } = { access: payload('', `,"${name}":{"cognito:groups":["owners"],"polluted":true}`) };
    const without = access.replace(/"cognito:groups":\["admins"\],/, '');
    expect(without).not.toBe(access);
    const verdict = await subject.verifier.accessToken(signTexts(header(), without, subject.key), [clientId]);
    expect(verdict.kind).toBe('valid');
    if (verdict.kind !== 'valid') return;
    expect(verdict.claims['cognito:groups']).toBeUndefined();
    expect(verdict.claims.polluted).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  },
);

it('TV-11 required claims inside __proto__ are missing', async () => {
  const inherited = `{"__proto__":${payload('')}}`;
  expect(await subject.judgeAccess(signTexts(header(), inherited, subject.key))).toBe('invalid');
});

it("TV-11 algorithm and key inside a header's __proto__ are missing", async () => {
  const token = signTexts(`{"__proto__":${header()}}`, payload(''), subject.key);
  expect(await subject.judgeAccess(token)).toBe('invalid');
});

it.each([
  '[]',
  'null',
  '"text"',
  '7',
  '{',
  '',
  '{"alg":"RS256"}',
  '{"alg":"RS256","kid":""}',
  '{"alg":"RS256","kid":7}',
])('TV-11 the header %s is refused', async (text) => {
  expect(await subject.judgeAccess(signTexts(text, payload(''), subject.key))).toBe('invalid');
});

it.each(['[]', 'null', '"text"', '7', '{', '', '{}'])('TV-11 the payload %s is refused', async (text) => {
  expect(await subject.judgeAccess(signTexts(header(), text, subject.key))).toBe('invalid');
});

it('TV-11 a header or payload that is not UTF-8 is refused', async () => {
  const [, claims, signature] = partsOf(subject.accessToken());
  const notUtf8 = Buffer.concat([Buffer.from(header()).subarray(0, -1), Buffer.from([0xff, 0x7d])]);
  expect(await subject.judgeAccess(`${notUtf8.toString('base64url')}.${claims}.${signature}`)).toBe(
    'invalid',
  );
});
