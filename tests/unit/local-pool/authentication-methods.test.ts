import { expect, it } from 'vitest';
import {
  type AcrValues,
  type AuthenticationMethod,
  acrClaim,
  amrClaim,
} from '../../../local-pool/src/model/authentication-methods.ts';

const levels: AcrValues = ['one', 'two', 'three', 'four'];

it.each<[AuthenticationMethod[], string | undefined]>([
  [['pwd'], 'one'],
  [['sms'], 'two'],
  [['email_otp'], 'two'],
  [['sms', 'email_otp'], 'two'],
  [['swk'], 'three'],
  [['hwk'], 'three'],
  [['pwd', 'sms'], 'three'],
  [['pwd', 'email_otp'], 'three'],
  [['swk', 'otp'], 'three'],
  [['pwd', 'otp'], 'four'],
  [['pwd', 'sms', 'otp'], 'four'],
  [['otp'], undefined],
  [['fed'], undefined],
  [[], undefined],
])('%j reaches the level %s', (methods, level) => {
  expect(acrClaim(methods, levels)).toBe(level);
});

it('two methods are mfa, one is not, and none is no claim', () => {
  expect(amrClaim(['pwd', 'otp'])).toEqual(['pwd', 'otp', 'mfa']);
  expect(amrClaim(['hwk'])).toEqual(['hwk']);
  expect(amrClaim([])).toBeUndefined();
});
