import { expect, it } from 'vitest';
import { passwordHint } from '../../../../local-pool/src/hosted-ui/password-hint.ts';
import { DEFAULT_PASSWORD_POLICY } from '../default-password-policy.ts';

it('the hint names every rule of the policy, and only those', () => {
  expect(passwordHint(DEFAULT_PASSWORD_POLICY)).toBe(
    'At least 8 characters, with a lower-case letter, an upper-case letter, a number and a symbol.',
  );
  const lenient = {
    requireLowercase: false,
    requireUppercase: false,
    requireNumbers: false,
    requireSymbols: false,
    temporaryPasswordValidityDays: 7,
    historySize: 0,
  };
  expect(passwordHint({ minimumLength: 12, ...lenient })).toBe('At least 12 characters.');
});
