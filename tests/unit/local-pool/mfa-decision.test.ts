import { describe, expect, it } from 'vitest';
import { decideMfa, type MfaDecision } from '../../../local-pool/src/model/mfa-decision.ts';
import type { MfaFactor } from '../../../local-pool/src/model/mfa-factor.ts';
import type { User } from '../../../local-pool/src/model/user.ts';
import type { RecoveryMechanism, UserPool } from '../../../local-pool/src/model/user-pool.ts';

type Pool = Pick<UserPool, 'mfaConfiguration' | 'poolFactors' | 'accountRecovery'>;
type Person = Pick<User, 'status' | 'attributes' | 'details'>;

const pool = (
  mfaConfiguration: UserPool['mfaConfiguration'],
  factors: string,
  ...accountRecovery: RecoveryMechanism[]
): Pool => ({
  mfaConfiguration,
  poolFactors: {
    sms: factors.includes('sms'),
    softwareToken: factors.includes('totp'),
    email: factors.includes('email'),
  },
  accountRecovery,
});

/** @param has `email`, `phone`, `totp` */
const person = (has: string, mfaFactors: MfaFactor[] = [], preferredMfa?: MfaFactor): Person => ({
  status: 'CONFIRMED',
  attributes: {
    ...(has.includes('email') && { email: 'ada@example.com' }),
    ...(has.includes('phone') && { phone_number: '+15555550100' }),
  },
  details: {
    mfaFactors,
    ...(preferredMfa && { preferredMfa }),
    ...(has.includes('totp') && { softwareToken: { secret: 'A' } }),
  },
});

const none: MfaDecision = { kind: 'none' };
const impossible: MfaDecision = { kind: 'impossible' };
const challenge = (factor: 'SMS_MFA' | 'EMAIL_OTP' | 'SOFTWARE_TOKEN_MFA') =>
  ({ kind: 'challenge', factor }) as const;
const all = 'sms email totp';

describe('the second factor', () => {
  it.each<[string, Pool, Person, MfaDecision]>([
    ['OFF: none', pool('OFF', all), person('email phone totp', ['SMS_MFA'], 'SMS_MFA'), none],
    [
      'ON: none for federated users',
      pool('ON', all),
      { ...person('email'), status: 'EXTERNAL_PROVIDER' },
      none,
    ],
    ['OPTIONAL: none without enabled factors', pool('OPTIONAL', all), person('email phone totp'), none],
    [
      'OPTIONAL: the one that is enabled',
      pool('OPTIONAL', all),
      person('email phone', ['SMS_MFA']),
      challenge('SMS_MFA'),
    ],
    [
      'OPTIONAL: none that the pool lacks',
      pool('OPTIONAL', 'totp'),
      person('phone', ['SMS_MFA'], 'SMS_MFA'),
      none,
    ],
    [
      'OPTIONAL: the preferred of several',
      pool('OPTIONAL', all),
      person('email phone totp', ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'], 'SOFTWARE_TOKEN_MFA'),
      challenge('SOFTWARE_TOKEN_MFA'),
    ],
    [
      'OPTIONAL: a choice of several',
      pool('OPTIONAL', all),
      person('email phone', ['EMAIL_OTP', 'SMS_MFA']),
      { kind: 'select', factors: ['SMS_MFA', 'EMAIL_OTP'] },
    ],
    [
      'OPTIONAL: a choice of several with an authenticator app among them',
      pool('OPTIONAL', all),
      person('phone totp', ['SOFTWARE_TOKEN_MFA', 'SMS_MFA']),
      { kind: 'select', factors: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'] },
    ],
    [
      'OPTIONAL: an authenticator app',
      pool('OPTIONAL', all),
      person('totp', ['SOFTWARE_TOKEN_MFA']),
      challenge('SOFTWARE_TOKEN_MFA'),
    ],
    [
      'OPTIONAL: a passkey is no challenge of its own',
      pool('OPTIONAL', all),
      person('email', ['WEB_AUTHN']),
      none,
    ],
    [
      'OPTIONAL: a preferred factor that is gone is passed over',
      pool('OPTIONAL', all),
      person('phone', ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'], 'SOFTWARE_TOKEN_MFA'),
      challenge('SMS_MFA'),
    ],
    [
      'ON: the preferred one',
      pool('ON', all),
      person('email phone totp', ['EMAIL_OTP'], 'EMAIL_OTP'),
      challenge('EMAIL_OTP'),
    ],
    ['ON: an authenticator app', pool('ON', 'totp sms'), person('totp'), challenge('SOFTWARE_TOKEN_MFA')],
    [
      'ON: a choice of authenticator app and addresses',
      pool('ON', all),
      person('email phone totp'),
      { kind: 'select', factors: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] },
    ],
    [
      'ON: not the address that recovers the password',
      pool('ON', all, 'verified_email', 'verified_phone_number'),
      person('email phone'),
      challenge('SMS_MFA'),
    ],
    [
      'ON: nothing is taken away where only an administrator recovers',
      pool('ON', all, 'admin_only'),
      person('email phone'),
      { kind: 'select', factors: ['SMS_MFA', 'EMAIL_OTP'] },
    ],
    ['ON: the phone without a recovery setting', pool('ON', 'sms'), person('phone'), challenge('SMS_MFA')],
    ['ON: an unverified address will do', pool('ON', 'email'), person('email'), challenge('EMAIL_OTP')],
    [
      'ON: an authenticator app is set up where the one address recovers the password',
      pool('ON', 'email totp', 'verified_email'),
      person('email'),
      { kind: 'setUp', factors: ['SOFTWARE_TOKEN_MFA'] },
    ],
    [
      'ON: impossible with nothing but the address that recovers the password',
      pool('ON', 'email', 'verified_email'),
      person('email'),
      impossible,
    ],
    [
      'ON: whoever has no address sets up what the pool has',
      pool('ON', all, 'verified_email'),
      person(''),
      { kind: 'setUp', factors: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'] },
    ],
    [
      'ON: an address of a kind that the pool does not send to is no factor',
      pool('ON', 'sms'),
      person('email'),
      impossible,
    ],
    ['ON: impossible in a pool without factors', pool('ON', ''), person(''), impossible],
  ])('%s', (_, settings, user, decision) => {
    expect(decideMfa(settings, user)).toEqual(decision);
  });
});
