import { describe, expect, it } from 'vitest';
import { type PasswordPolicy, requirePasswordPolicy } from '../../../local-pool/src/model/password-policy.ts';
import { DEFAULT_PASSWORD_POLICY } from './default-password-policy.ts';

const lax: PasswordPolicy = {
  minimumLength: 6,
  requireUppercase: false,
  requireLowercase: false,
  requireNumbers: false,
  requireSymbols: false,
  temporaryPasswordValidityDays: 7,
  historySize: 0,
};

function refusal(policy: PasswordPolicy, password: string): unknown {
  try {
    requirePasswordPolicy(policy, password);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('the password policy', () => {
  it.each([
    ['aA1!aA1', 'Password not long enough'],
    ['AAAA111!', 'Password must have lowercase characters'],
    ['aaaa111!', 'Password must have uppercase characters'],
    ['aaaaAAA!', 'Password must have numeric characters'],
    ['aaaaAAA1', 'Password must have symbol characters'],
    ['aaaaaa', 'Password not long enough'],
    ['!!!!!!!!', 'Password must have lowercase characters'],
  ])('%s is refused with the first broken rule: %s', (password, rule) => {
    expect(refusal(DEFAULT_PASSWORD_POLICY, password)).toMatchObject({
      code: 'InvalidPasswordException',
      message: `Password did not conform with policy: ${rule}`,
    });
  });

  it.each([...'^$*.[]{}()?-"!@#%&/\\,><\':;|_~`+='])('%s is a symbol', (symbol) => {
    expect(refusal(DEFAULT_PASSWORD_POLICY, `aaaAAA1${symbol}`)).toBeUndefined();
  });

  it('a space is a symbol, but not at either end', () => {
    expect(refusal(DEFAULT_PASSWORD_POLICY, 'aaa AAA1')).toBeUndefined();
    expect(refusal(DEFAULT_PASSWORD_POLICY, ' aaaAAA1')).toMatchObject({ code: 'InvalidParameterException' });
    expect(refusal(DEFAULT_PASSWORD_POLICY, 'aaaAAA1 ')).toMatchObject({ code: 'InvalidParameterException' });
  });

  it.each(['aaaAAA1§', 'aaaAAA1é'])('a letter or sign outside ASCII is none (%s)', (password) => {
    expect(refusal(DEFAULT_PASSWORD_POLICY, password)).toMatchObject({ code: 'InvalidPasswordException' });
  });

  it('256 characters are the most, the empty text is too little', () => {
    expect(refusal(lax, 'a'.repeat(256))).toBeUndefined();
    expect(refusal(lax, 'a'.repeat(257))).toMatchObject({ code: 'InvalidParameterException' });
    expect(refusal(lax, '')).toMatchObject({ code: 'InvalidParameterException' });
  });

  it('a rule that is off asks for nothing', () => {
    expect(refusal(lax, 'aaaaaa')).toBeUndefined();
    expect(refusal(lax, 'aaaaa')).toMatchObject({ message: expect.stringContaining('not long enough') });
  });

  it('no refusal repeats the password', () => {
    for (const password of ['Secret7', ` Secret7!${'x'.repeat(300)}`])
      expect(String(refusal(DEFAULT_PASSWORD_POLICY, password))).not.toContain('Secret7');
  });
});
