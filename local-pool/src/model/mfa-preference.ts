import { CognitoError } from '../errors.ts';
import type { StoreContext } from '../store/database.ts';
import { changeUser } from './change-user.ts';
import type { MfaFactor } from './mfa-factor.ts';
import type { User } from './user.ts';
import type { UserPool } from './user-pool.ts';

/** What is asked for one factor; absent = left as it is. */
export interface FactorSetting {
  enabled?: boolean | undefined;
  preferred?: boolean | undefined;
}

export type FactorSettings = Partial<Record<MfaFactor, FactorSetting | undefined>>;

/**
 * Switches second factors on and off, and says which one is asked for first.
 * @param byAdministrator an administrator is told in other words
 * @throws CognitoError InvalidParameterException when a factor is not set up, when two are preferred, or when the pool
 *   requires what would be switched off (Cognito: SetUserMFAPreference).
 */
export function setMfaPreference(
  context: StoreContext,
  userPool: UserPool,
  user: User,
  settings: FactorSettings,
  { byAdministrator = false }: { byAdministrator?: boolean } = {},
): void {
  const asked = Object.entries(settings) as [MfaFactor, FactorSetting | undefined][];
  const preferred = asked.filter(([, setting]) => setting?.preferred).map(([factor]) => factor);
  if (preferred.length > 1) throw invalidParameter('Only one MFA method can be preferred.');
  changeUser(context, userPool, user, (current) => {
    const { details } = current;
    const factors = new Set(details.mfaFactors);
    for (const [factor, setting] of asked) {
      if (setting?.enabled === true || (setting?.preferred && factors.has(factor))) {
        requireSetUp(current, factor, byAdministrator);
        factors.add(factor);
        if (setting.preferred) details.preferredMfa = factor;
        else if (setting.preferred === false) forget(current, factor);
      } else if (setting) {
        if (factors.has(factor) && setting.enabled === false && userPool.mfaConfiguration === 'ON')
          throw invalidParameter('MFA is required in the user pool: a factor cannot be turned off.');
        if (setting.enabled === false) factors.delete(factor);
        forget(current, factor);
      }
    }
    details.mfaFactors = [...factors];
  });
}

/** Takes away the authenticator app, with its place among the factors (Cognito: AdminDeleteSoftwareToken). */
export function deleteSoftwareToken(context: StoreContext, userPool: UserPool, user: User): void {
  changeUser(context, userPool, user, (current) => {
    const { details } = current;
    delete details.softwareToken;
    delete details.pendingSoftwareToken;
    details.mfaFactors = details.mfaFactors?.filter((factor) => factor !== 'SOFTWARE_TOKEN_MFA') ?? [];
    forget(current, 'SOFTWARE_TOKEN_MFA');
  });
}

function forget({ details }: User, factor: MfaFactor): void {
  if (details.preferredMfa === factor) delete details.preferredMfa;
}

function requireSetUp({ attributes, details }: User, factor: MfaFactor, byAdministrator: boolean): void {
  if (factor === 'SMS_MFA' && !attributes.phone_number)
    throw invalidParameter('User does not have delivery config set to turn on SMS_MFA');
  if (factor === 'EMAIL_OTP' && !attributes.email)
    throw invalidParameter('User does not have delivery config set to turn on EMAIL_OTP');
  if (factor === 'SOFTWARE_TOKEN_MFA' && !details.softwareToken)
    throw invalidParameter(
      byAdministrator ? 'User has not set up software token mfa' : 'User has not verified software token mfa',
    );
}

function invalidParameter(message: string): CognitoError {
  return new CognitoError('InvalidParameterException', message);
}
