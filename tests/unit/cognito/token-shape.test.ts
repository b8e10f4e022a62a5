import { expect, it } from 'vitest';
import { keyIdOf, shapeProblem } from '../../../lib/cognito/token-shape.ts';
import { cognitoClaims, makeSigningKey, signToken } from '../../support/signed-tokens.ts';

const key = makeSigningKey('key-1');
const { access } = cognitoClaims('https://issuer.example', 1_800_000_000);

it('a token of any length of its parts is well-formed', () => {
  for (let length = 0; length < 4; length += 1) {
    const pad = 'x'.repeat(length);
    const token = signToken(access, key, { claims: { pad }, header: { pad } });
    expect(shapeProblem(token)).toBeUndefined();
  }
});

it.each([
  ['too large', () => 'a'.repeat(8_193)],
  ['not a canonical JWS', () => `${signToken(access, key)}=`],
  ['header is not JSON', () => 'AAAA.AAAA.AAAA'],
  ['algorithm', () => signToken(access, key, { header: { alg: 'none' } })],
  ['algorithm', () => signToken(access, key, { header: { alg: 'RS512' } })],
  ['crit', () => signToken(access, key, { header: { crit: [] } })],
  ['kid', () => signToken(access, key, { header: { kid: undefined } })],
])('the first problem is named: %s', (problem, token) => {
  expect(shapeProblem(token())).toBe(problem);
});

const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];

it.each([
  [2, 16],
  [3, 4],
])(
  'of the characters that may end a part of %d, every %dth is canonical, as re-encoding shows',
  (length, step) => {
    const canonical = alphabet.filter((last) => {
      const part = 'A'.repeat(length - 1) + last;
      return Buffer.from(part, 'base64url').toString('base64url') === part;
    });
    expect(canonical).toHaveLength(64 / step);
    for (const last of alphabet) {
      const header = signToken(access, key).split('.')[0];
      const problem = shapeProblem(`${header}.${'A'.repeat(length - 1)}${last}.AAAA`);
      expect(problem === undefined).toBe(canonical.includes(last));
    }
  },
);

it('no part can be one character more than whole quartets', () => {
  expect(shapeProblem(`${signToken(access, key).split('.')[0]}.AAAAA.AAAA`)).toBe('not a canonical JWS');
});

const header = (fields: unknown) => `${Buffer.from(JSON.stringify(fields)).toString('base64url')}.e30.c2ln`;

it.each([
  ['a token that names one', header({ kid: 'key-1' }), 'key-1'],
  ['a number', header({ kid: 7 }), undefined],
  ['no header', 'not-base64!.e30.c2ln', undefined],
  ['an empty text', '', undefined],
  ['a token that nobody parses', header({ kid: 'k'.repeat(9_000) }), undefined],
])('TV-16 the key identifier of %s', (_, token, kid) => {
  expect(keyIdOf(token)).toBe(kid);
});
