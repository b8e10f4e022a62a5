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

/**
 * Every name that finds a user (Cognito: Configuring sign-in attributes). The `sub` is one, so that nobody takes the
 * `sub` of another as username or alias and stands in that one's place.
 */
export function signInNames(userPool: UserPool, user: User): string[] {
  // An address that an identity provider tells of is no alias and stands in nobody's way.
  if (user.status === 'EXTERNAL_PROVIDER') return [normaliseName(userPool, user.username)];
  const aliases = userPool.aliasAttributes.filter(
    (alias) => alias === 'preferred_username' || user.attributes[`${alias}_verified`] === 'true',
  );
  return [
    user.username,
    user.sub,
    ...[...userPool.usernameAttributes, ...aliases].map((name) => user.attributes[name]),
  ]
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
