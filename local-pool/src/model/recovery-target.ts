import { CognitoError } from '../errors.ts';
import type { User } from './user.ts';
import type { RecoveryMechanism, UserPool, VerifiableAttribute } from './user-pool.ts';

/** Without a setting of its own a pool prefers the phone (Cognito: AccountRecoverySetting). */
const LEGACY_ORDER: RecoveryMechanism[] = ['verified_phone_number', 'verified_email'];

/**
 * The address to which a code goes with which somebody may reset their password.
 * @throws CognitoError NotAuthorizedException, InvalidParameterException (Cognito: ForgotPassword).
 */
export function requireRecoveryTarget(userPool: UserPool, user: User): VerifiableAttribute {
  if (!user.enabled) throw new CognitoError('NotAuthorizedException', 'User is disabled.');
  requireResettable(user);
  if (userPool.accountRecovery[0] === 'admin_only')
    throw new CognitoError('NotAuthorizedException', 'Contact administrator to reset password.');
  return requireVerified(userPool, user, (attribute) => isSecondFactor(userPool, user, attribute));
}

/**
 * The address for a reset by an administrator, who is bound by none of the user's own restrictions.
 * @throws CognitoError NotAuthorizedException, InvalidParameterException (Cognito: AdminResetUserPassword).
 */
export function requireAdminResetTarget(userPool: UserPool, user: User): VerifiableAttribute {
  requireResettable(user);
  if (user.status === 'UNCONFIRMED') throw notResettable();
  return requireVerified(userPool, user, () => false);
}

/** The attributes to which the reset codes of most people in a pool will go, the likeliest first. */
export function likelyRecoveryAttributes(userPool: UserPool): VerifiableAttribute[] {
  const { accountRecovery, autoVerifiedAttributes, usernameAttributes } = userPool;
  const known = [...autoVerifiedAttributes, ...usernameAttributes];
  const likely = recoveryAttributes(userPool).filter((attribute) => known.includes(attribute));
  if (likely.length > 0) return likely;
  return accountRecovery.length > 0 ? recoveryAttributes(userPool) : ['email', 'phone_number'];
}

/** The attributes that a reset code may go to, the preferred one first. */
function recoveryAttributes({ accountRecovery }: UserPool): VerifiableAttribute[] {
  const own = accountRecovery.filter((mechanism) => mechanism !== 'admin_only');
  return (own.length > 0 ? own : LEGACY_ORDER).map((mechanism) =>
    mechanism === 'verified_email' ? 'email' : 'phone_number',
  );
}

function requireResettable({ status }: User): void {
  if (status === 'FORCE_CHANGE_PASSWORD' || status === 'EXTERNAL_PROVIDER') throw notResettable();
}

function requireVerified(
  userPool: UserPool,
  user: User,
  isBarred: (attribute: VerifiableAttribute) => boolean,
): VerifiableAttribute {
  const target = recoveryAttributes(userPool).find(
    (attribute) =>
      user.attributes[attribute] &&
      user.attributes[`${attribute}_verified`] === 'true' &&
      !isBarred(attribute),
  );
  if (target) return target;
  throw new CognitoError(
    'InvalidParameterException',
    'Cannot reset password for the user as there is no registered/verified email or phone_number',
  );
}

/** One address is not to be both factors: the preferred one of MFA does not recover the password as well. */
function isSecondFactor(
  { accountRecovery }: UserPool,
  { details }: User,
  attribute: VerifiableAttribute,
): boolean {
  if (attribute === 'email') return details.preferredMfa === 'EMAIL_OTP';
  const phoneIsFactor = accountRecovery.length === 0 && details.mfaFactors?.includes('SMS_MFA');
  return details.preferredMfa === 'SMS_MFA' || phoneIsFactor === true;
}

function notResettable(): CognitoError {
  return new CognitoError('NotAuthorizedException', 'User password cannot be reset in the current state.');
}
