import { CognitoError } from '../errors.ts';
import type { User } from '../model/user.ts';
import type { Attempt } from './attempt.ts';
import { incorrectCredentials, notAuthorized } from './refusals.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Refuses someone whose password was right but who may not sign in with it now (Cognito: user account statuses).
 * @throws CognitoError NotAuthorizedException, UserNotConfirmedException, PasswordResetRequiredException
 */
export function requireSignInStatus({ pool, userPool }: Attempt, user: User): void {
  requireEnabled(user);
  switch (user.status) {
    case 'CONFIRMED':
      return;
    case 'UNCONFIRMED':
      throw new CognitoError('UserNotConfirmedException', 'User is not confirmed.');
    case 'RESET_REQUIRED':
      throw new CognitoError('PasswordResetRequiredException', 'Password reset required for the user');
    case 'FORCE_CHANGE_PASSWORD': {
      const setAt = user.details.temporaryPasswordSetAt ?? user.createdAt;
      const lifetime = userPool.passwordPolicy.temporaryPasswordValidityDays * DAY_MS;
      if (pool.clock.now() < setAt + lifetime) return;
      throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
    }
    case 'EXTERNAL_PROVIDER':
      throw incorrectCredentials();
  }
}

/** @throws CognitoError NotAuthorizedException */
export function requireEnabled({ enabled }: User): void {
  if (!enabled) throw notAuthorized('User is disabled.');
}
