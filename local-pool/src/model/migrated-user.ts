import type { StoreContext } from '../store/database.ts';
import { requireSchema } from './attributes.ts';
import { createUser, withUsernameAttribute } from './create-user.ts';
import type { User, UserDetails } from './user.ts';
import type { UserPool } from './user-pool.ts';

/** What the user migration trigger says of someone. */
export interface FoundUser {
  /** With `username` where the username shall be another than the name that was typed. */
  userAttributes: Record<string, string>;
  finalUserStatus: 'CONFIRMED' | 'RESET_REQUIRED';
  /** Whether addresses move here from users who sign in with them. */
  forceAliasCreation: boolean;
  enableSMSMFA: boolean;
}

/**
 * Creates a user out of another directory. The typed password is kept in either status, so that with RESET_REQUIRED
 * the right one, and no other, is told that it must be reset.
 * @throws CognitoError InvalidParameterException, UsernameExistsException (Cognito: Migrate user Lambda trigger).
 */
export function createMigratedUser(
  context: StoreContext,
  userPool: UserPool,
  typed: { username: string; password: string | undefined },
  found: FoundUser,
): User {
  const { username: ownName, ...given } = Object.fromEntries(
    Object.entries(found.userAttributes).filter(([, value]) => value !== ''),
  );
  const username = userPool.usernameAttributes.length > 0 ? typed.username : (ownName ?? typed.username);
  const attributes = withUsernameAttribute(userPool, username, given);
  requireSchema(userPool, attributes, { newUser: true });
  const details: UserDetails =
    found.enableSMSMFA && attributes.phone_number ? { mfaFactors: ['SMS_MFA'], preferredMfa: 'SMS_MFA' } : {};
  const options = { details, takeAliases: found.forceAliasCreation };
  return createUser(context, userPool, username, typed.password, attributes, found.finalUserStatus, options);
}
