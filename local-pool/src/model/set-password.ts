import { CognitoError } from '../errors.ts';
import { createCredential, fitsCredential } from '../srp/credential.ts';
import type { StoreContext } from '../store/database.ts';
import { deleteVerificationCode } from '../store/verification-codes.ts';
import { requirePasswordPolicy } from './password-policy.ts';
import type { User } from './user.ts';
import { poolNameOf, type UserPool } from './user-pool.ts';

/**
 * Gives a user a new password that the pool's policy allows; the caller stores the user. A code that would reset the
 * former one is good no longer.
 * @throws CognitoError InvalidPasswordException, PasswordHistoryPolicyViolationException (Cognito: Password policy)
 */
export function setPassword(context: StoreContext, userPool: UserPool, user: User, password: string): void {
  const { passwordPolicy } = userPool;
  requirePasswordPolicy(passwordPolicy, password);
  const poolName = poolNameOf(userPool.id);
  const former = formerCredentials(user).slice(0, passwordPolicy.historySize);
  if (former.some((credential) => fitsCredential(credential, poolName, user.username, password)))
    throw new CognitoError(
      'PasswordHistoryPolicyViolationException',
      'Password has been used before and may not be used again.',
    );
  if (passwordPolicy.historySize > 0) user.details.passwordHistory = former;
  Object.assign(user, createCredential(poolName, user.username, password));
  deleteVerificationCode(context, { userPoolId: user.userPoolId, sub: user.sub, purpose: 'forgot' });
}

/** The present password and those before it, newest first. A temporary one was nobody's choice and does not count. */
function formerCredentials({ srpSalt, srpVerifier, status, details }: User) {
  const chosen = srpSalt && srpVerifier && status !== 'FORCE_CHANGE_PASSWORD';
  const present = chosen ? [{ srpSalt, srpVerifier }] : [];
  return [...present, ...(details.passwordHistory ?? [])];
}
