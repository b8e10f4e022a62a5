import { CognitoError } from '../errors.ts';
import type { StoreContext } from '../store/database.ts';
import { changeUser } from './change-user.ts';
import { ADDRESS_OF } from './mfa-decision.ts';
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
      if (!setting) continue;
      const { enabled = factors.has(factor), preferred: first } = setting;
      if (!enabled && factors.has(factor) && userPool.mfaConfiguration === 'ON')
        throw invalidParameter('MFA is required in the user pool: a factor cannot be turned off.');
      if (enabled) requireSetUp(current, factor, byAdministrator);
      if (enabled) factors.add(factor);
      else factors.delete(factor);
      if (enabled && first) details.preferredMfa = factor;
      else if (!enabled || first === false) forget(current, factor);
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
  if ((factor === 'SMS_MFA' || factor === 'EMAIL_OTP') && !attributes[ADDRESS_OF[factor]])
    throw invalidParameter(`User does not have delivery config set to turn on ${factor}`);
  if (factor === 'SOFTWARE_TOKEN_MFA' && !details.softwareToken)
    throw invalidParameter(
      byAdministrator ? 'User has not set up software token mfa' : 'User has not verified software token mfa',
    );
}

function invalidParameter(message: string): CognitoError {
  return new CognitoError('InvalidParameterException', message);
}
