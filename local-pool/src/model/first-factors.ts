import { hasOptionalMfa } from './mfa-decision.ts';
import type { User } from './user.ts';
import type { UserPool } from './user-pool.ts';

/** A way to begin a choice-based sign-in, as `AvailableChallenges` names it. */
export type FirstChallenge = 'PASSWORD_SRP' | 'PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN';
type Settings = Pick<
  UserPool,
  'firstFactors' | 'mfaConfiguration' | 'poolFactors' | 'accountRecovery' | 'webAuthn'
>;
type Person = Pick<User, 'status' | 'attributes' | 'details' | 'srpVerifier'>;

const PASSWORDS: FirstChallenge[] = ['PASSWORD_SRP', 'PASSWORD'];

/**
 * What a choice-based sign-in offers (Cognito: choice-based sign-in; section 3.8.7 of the behaviour notes, availability
 * and MFA). Whoever has nothing is offered a password, which cannot be right.
 * @param user undefined for someone who does not exist: offered what an ordinary user with every address and no passkey
 *   would be. Users with a second factor or a temporary password are offered passwords alone, as Cognito does, so no one
 *   answer fits all.
 * @param hasPasskey whether the user has registered one
 */
export function offeredFirstFactors(
  userPool: Settings,
  user: Person | undefined,
  hasPasskey: boolean,
): FirstChallenge[] {
  const { firstFactors } = userPool;
  if (user && (user.status === 'FORCE_CHANGE_PASSWORD' || user.status === 'EXTERNAL_PROVIDER'))
    return PASSWORDS;
  const offered: FirstChallenge[] = !user || user.srpVerifier ? [...PASSWORDS] : [];
  if (mayStandAlone(userPool, user)) {
    if (firstFactors.includes('EMAIL_OTP') && (!user || user.attributes.email)) offered.push('EMAIL_OTP');
    if (firstFactors.includes('SMS_OTP') && (!user || user.attributes.phone_number)) offered.push('SMS_OTP');
  }
  const passkeyCounts = mayStandAlone(userPool, user) || isBothFactors(userPool, user);
  if (firstFactors.includes('WEB_AUTHN') && hasPasskey && passkeyCounts) offered.push('WEB_AUTHN');
  return offered.length > 0 ? offered : PASSWORDS;
}

/** Whether one factor is enough for this person. */
function mayStandAlone(userPool: Settings, user: Person | undefined): boolean {
  if (userPool.mfaConfiguration === 'OFF') return true;
  if (userPool.mfaConfiguration === 'ON') return false;
  return !user || !hasOptionalMfa(userPool, user);
}

/** Whether a passkey with user verification satisfies MFA, for a user who has switched that on. */
export function isBothFactors({ webAuthn }: Pick<UserPool, 'webAuthn'>, user: Person | undefined): boolean {
  return webAuthn.multiFactor && user?.details.mfaFactors?.includes('WEB_AUTHN') === true;
}
