import { describe, expect, it } from 'vitest';
import { offeredFirstFactors } from '../../../local-pool/src/model/first-factors.ts';

type Parameters = globalThis.Parameters<typeof offeredFirstFactors>;
type Pool = Parameters[0];
type Person = NonNullable<Parameters[1]>;

const everything: Pool = {
  firstFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'],
  mfaConfiguration: 'OFF',
  poolFactors: { sms: true, softwareToken: true, email: true },
  accountRecovery: ['admin_only'],
  webAuthn: { userVerification: 'preferred', multiFactor: false },
};
const ada: Person = {
  status: 'CONFIRMED',
  attributes: { email: 'ada@example.com', phone_number: '+15555550100' },
  details: {},
  srpVerifier: 'ab',
};
const { srpVerifier: _, ...withoutPassword } = ada;
const withMfa: Person = { ...ada, details: { mfaFactors: ['SMS_MFA'] } };
const both = { ...everything, webAuthn: { ...everything.webAuthn, multiFactor: true } };
const withPasskeyMfa: Person = { ...ada, details: { mfaFactors: ['WEB_AUTHN', 'SMS_MFA'] } };
const passwords = ['PASSWORD_SRP', 'PASSWORD'];

describe('a choice-based sign-in', () => {
  it.each<[string, Pool, Person | undefined, boolean, string[]]>([
    [
      'everything that pool and user have',
      everything,
      ada,
      true,
      [...passwords, 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'],
    ],
    ['no passkey without one', everything, ada, false, [...passwords, 'EMAIL_OTP', 'SMS_OTP']],
    ['only what the pool allows', { ...everything, firstFactors: ['PASSWORD'] }, ada, true, passwords],
    ['no password to someone without one', everything, withoutPassword, false, ['EMAIL_OTP', 'SMS_OTP']],
    [
      'no code to an address that is missing',
      everything,
      { ...withoutPassword, attributes: { email: 'a@b.c' } },
      false,
      ['EMAIL_OTP'],
    ],
    [
      'a password to someone who has nothing',
      everything,
      { ...withoutPassword, attributes: {} },
      false,
      passwords,
    ],
    [
      'a temporary password and nothing else',
      everything,
      { ...ada, status: 'FORCE_CHANGE_PASSWORD' },
      true,
      passwords,
    ],
    [
      'no more to a federated user',
      everything,
      { ...withoutPassword, status: 'EXTERNAL_PROVIDER' },
      true,
      passwords,
    ],
    [
      'to nobody what to a user with everything but a passkey',
      everything,
      undefined,
      false,
      [...passwords, 'EMAIL_OTP', 'SMS_OTP'],
    ],
    [
      'codes with optional MFA that is not set up',
      { ...everything, mfaConfiguration: 'OPTIONAL' },
      ada,
      true,
      [...passwords, 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'],
    ],
    [
      'only passwords with optional MFA that is set up',
      { ...everything, mfaConfiguration: 'OPTIONAL' },
      withMfa,
      true,
      passwords,
    ],
    ['only passwords with required MFA', { ...everything, mfaConfiguration: 'ON' }, ada, true, passwords],
    [
      'only passwords to nobody with required MFA',
      { ...everything, mfaConfiguration: 'ON' },
      undefined,
      false,
      passwords,
    ],
    [
      'a passkey that counts as both factors',
      { ...both, mfaConfiguration: 'ON' },
      withPasskeyMfa,
      true,
      [...passwords, 'WEB_AUTHN'],
    ],
    [
      'no such passkey to someone who has not switched it on',
      { ...both, mfaConfiguration: 'ON' },
      ada,
      true,
      passwords,
    ],
  ])('offers %s', (_name, pool, user, hasPasskey, offered) => {
    expect(offeredFirstFactors(pool, user, hasPasskey)).toEqual(offered);
  });
});
