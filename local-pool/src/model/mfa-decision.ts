import type { MfaFactor } from './mfa-factor.ts';
import type { User } from './user.ts';
import type { UserPool, VerifiableAttribute } from './user-pool.ts';

/** The second factors that are asked with a challenge of their own; a passkey proves both factors at once. */
export type ChallengedFactor = Exclude<MfaFactor, 'WEB_AUTHN'>;

export type MfaDecision =
  | { kind: 'none' }
  | { kind: 'challenge'; factor: ChallengedFactor }
  | { kind: 'select'; factors: ChallengedFactor[] }
  | { kind: 'setUp'; factors: ChallengedFactor[] }
  | { kind: 'impossible' };

type Settings = Pick<UserPool, 'mfaConfiguration' | 'poolFactors' | 'accountRecovery'>;
type Person = Pick<User, 'status' | 'attributes' | 'details'>;

/**
 * Which second factor follows the first (Cognito: Adding MFA, logic at user runtime; section 3.11.3 of the behaviour
 * notes). A preference counts where the factor can be asked at all.
 */
export function decideMfa(userPool: Settings, user: Person): MfaDecision {
  if (userPool.mfaConfiguration === 'OFF' || user.status === 'EXTERNAL_PROVIDER') return { kind: 'none' };
  const { preferredMfa } = user.details;
  const usable = FACTORS.filter((factor) => isPoolFactor(userPool, factor) && isSetUp(user, factor));
  const preferred = usable.find((factor) => factor === preferredMfa);
  if (preferred) return { kind: 'challenge', factor: preferred };
  if (userPool.mfaConfiguration === 'OPTIONAL')
    return choose(usable.filter((factor) => user.details.mfaFactors?.includes(factor))) ?? { kind: 'none' };
  // Who could recover the password with an address would hold both factors with it.
  const recovery = recoveryFactor(userPool);
  return choose(usable.filter((factor) => factor !== recovery)) ?? decideSetUp(userPool, user);
}

/** Whether MFA is on for somebody who may choose: a one-time code or a passkey alone no longer signs them in then. */
export function hasOptionalMfa(userPool: Settings, user: Person): boolean {
  return decideMfa({ ...userPool, mfaConfiguration: 'OPTIONAL' }, user).kind !== 'none';
}

/** In the order in which choices are offered. */
const FACTORS: ChallengedFactor[] = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'];

function choose(factors: ChallengedFactor[]): MfaDecision | undefined {
  const [first, second] = factors;
  if (first === undefined) return undefined;
  return second === undefined ? { kind: 'challenge', factor: first } : { kind: 'select', factors };
}

function decideSetUp(userPool: Settings, { attributes }: Person): MfaDecision {
  const hasAddress = Boolean(attributes.email || attributes.phone_number);
  const factors = FACTORS.filter(
    (factor) =>
      isPoolFactor(userPool, factor) &&
      (hasAddress ? factor === 'SOFTWARE_TOKEN_MFA' : factor !== recoveryFactor(userPool)),
  );
  return factors.length > 0 ? { kind: 'setUp', factors } : { kind: 'impossible' };
}

function isPoolFactor({ poolFactors }: Settings, factor: ChallengedFactor): boolean {
  switch (factor) {
    case 'SMS_MFA':
      return poolFactors.sms;
    case 'EMAIL_OTP':
      return poolFactors.email;
    case 'SOFTWARE_TOKEN_MFA':
      return poolFactors.softwareToken;
  }
}

function isSetUp({ attributes, details }: Person, factor: ChallengedFactor): boolean {
  return factor === 'SOFTWARE_TOKEN_MFA'
    ? details.softwareToken !== undefined
    : Boolean(attributes[ADDRESS_OF[factor]]);
}

/** Where the code of a factor goes. */
export const ADDRESS_OF: Record<'SMS_MFA' | 'EMAIL_OTP', VerifiableAttribute> = {
  SMS_MFA: 'phone_number',
  EMAIL_OTP: 'email',
};

/** A pool without a recovery setting prefers the phone but leaves it to MFA where the user has it for that. */
function recoveryFactor({ accountRecovery }: Settings): ChallengedFactor | undefined {
  switch (accountRecovery[0]) {
    case 'verified_email':
      return 'EMAIL_OTP';
    case 'verified_phone_number':
      return 'SMS_MFA';
    default:
      return undefined;
  }
}
