import { expect, it } from 'vitest';
import { idTokenClaims, personalClaims } from '../../../lib/cognito/claims.ts';
import { cognitoClaims, sub } from '../../support/signed-tokens.ts';

const claims = idTokenClaims.parse({
  ...cognitoClaims('https://issuer.example', 1_800_000_000).id,
  at_hash: 'c29tZSBoYXNo',
  nonce: 'nonce-1',
  'cognito:roles': ['arn:aws:iam::123456789012:role/Admin'],
  'cognito:preferred_role': 'arn:aws:iam::123456789012:role/Admin',
  identities: [{ providerName: 'Example' }],
});

it('the session keeps what is said about the person, and nothing of the protocol', () => {
  expect(personalClaims(claims)).toEqual({
    sub,
    'cognito:username': sub,
    email: 'ada@example.com',
    email_verified: true,
    'custom:plan': 'pro',
  });
});

it('a claim named __proto__ stays a claim', () => {
  const hostile = { ...claims };
  Object.defineProperty(hostile, '__proto__', { value: { 'custom:plan': 'pro' }, enumerable: true });
  const kept = personalClaims(hostile);
  expect(Object.getPrototypeOf(kept)).toBe(Object.prototype);
});
