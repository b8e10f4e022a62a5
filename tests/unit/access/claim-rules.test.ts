import { expect, it } from 'vitest';
import { type ClaimRule, matchesRule } from '../../../lib/access/claim-rules.ts';

const claims = { 'custom:plan': 'pro', email: 'ada@example.com', empty: '' };
const rule = (claim: string, match: ClaimRule['match'], value: string): ClaimRule => ({
  claim,
  match,
  value,
});

it.each([
  ['custom:plan', 'Equals', 'pro', true],
  ['custom:plan', 'Equals', 'Pro', false],
  ['custom:plan', 'Equals', 'pro ', false],
  ['custom:plan', 'Equals', 'pr', false],
  ['custom:plan', 'NotEqual', 'free', true],
  ['custom:plan', 'NotEqual', 'PRO', true],
  ['custom:plan', 'NotEqual', 'pro', false],
  ['email', 'StartsWith', 'ada@', true],
  ['email', 'StartsWith', 'Ada@', false],
  ['email', 'StartsWith', 'example', false],
  ['email', 'Contains', '@example.', true],
  ['email', 'Contains', '@Example.', false],
  ['empty', 'Equals', '', true],
  ['empty', 'NotEqual', 'x', true],
] as const)('%s %s "%s" is %s', (claim, match, value, expected) => {
  expect(matchesRule(rule(claim, match, value), claims)).toBe(expected);
});

const matches = ['Equals', 'NotEqual', 'StartsWith', 'Contains'] as const;

it.each(matches)('a claim that is absent does not satisfy %s', (match) => {
  expect(matchesRule(rule('custom:tenant', match, ''), claims)).toBe(false);
  expect(matchesRule(rule('custom:tenant', match, 'acme'), claims)).toBe(false);
});

it.each(matches)('BS-17 a claim that is no text does not satisfy %s', (match) => {
  for (const value of [['pro'], { pro: 'pro' }, true, 1, null, undefined, { toString: () => 'pro' }]) {
    expect(matchesRule(rule('custom:plan', match, 'pro'), { 'custom:plan': value })).toBe(false);
    expect(matchesRule(rule('custom:plan', match, 'other'), { 'custom:plan': value })).toBe(false);
  }
});

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'BS-17 %s, which every object inherits, is no claim',
  (name) => {
    for (const match of matches) expect(matchesRule(rule(name, match, ''), claims)).toBe(false);
  },
);

it('BS-17 a claim that is inherited does not count', () => {
  const inherited = Object.create({ 'custom:plan': 'pro' });
  expect(matchesRule(rule('custom:plan', 'Equals', 'pro'), inherited)).toBe(false);
});
