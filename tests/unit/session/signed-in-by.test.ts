import { expect, it } from 'vitest';
import { signedInBy } from '../../../lib/session/signed-in-by.ts';

it.each([
  [{}, 'user pool'],
  [{ identities: [{ providerName: 'Google', userId: '1' }], amr: ['pwd'] }, 'Google'],
  [{ identities: 'Google' }, 'user pool'],
  [{ amr: ['hwk', 'user'] }, 'passkey'],
  [{ amr: ['pwd', 'otp'] }, 'password'],
  [{ amr: 'pwd' }, 'user pool'],
])('%j is a sign-in by %s', (claims, words) => {
  expect(signedInBy(claims)).toBe(words);
});
