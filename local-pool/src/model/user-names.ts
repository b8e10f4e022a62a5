import type { StoreContext } from '../store/database.ts';
import { findUserByName } from '../store/users.ts';
import type { User } from './user.ts';
import type { UserPool } from './user-pool.ts';

/**
 * The one form in which names are compared and stored: compatibility-composed, so that a look-alike in full-width
 * letters is the same name, and lower-case in case-insensitive pools.
 */
export function normaliseName(userPool: UserPool, name: string): string {
  const composed = name.normalize('NFKC');
  return userPool.caseSensitive ? composed : composed.toLowerCase();
}

/** Every name that signs a user in (Cognito: Configuring sign-in attributes). */
export function signInNames(userPool: UserPool, user: User): string[] {
  const aliases = userPool.aliasAttributes.filter(
    (alias) => alias === 'preferred_username' || user.attributes[`${alias}_verified`] === 'true',
  );
  return [user.username, ...[...userPool.usernameAttributes, ...aliases].map((name) => user.attributes[name])]
    .filter((name) => name !== undefined && name !== '')
    .map((name) => normaliseName(userPool, String(name)));
}

/** The user whom a typed username, address or number means. */
export function findUserByTypedName(
  context: StoreContext,
  userPool: UserPool,
  typed: string,
): User | undefined {
  return findUserByName(context, userPool.id, normaliseName(userPool, typed));
}
