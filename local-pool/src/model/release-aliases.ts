import type { StoreContext } from '../store/database.ts';
import { updateUser } from '../store/users.ts';
import { findUserByTypedName, normaliseName, signInNames } from './user-names.ts';
import type { UserPool } from './user-pool.ts';

/**
 * Takes verified addresses from the users who sign in with them, so that a new holder may: theirs become unverified
 * (Cognito: ForceAliasCreation). To be run in one transaction with what takes them.
 * @param attributes of the new holder
 */
export function releaseAliases(
  context: StoreContext,
  userPool: UserPool,
  attributes: Record<string, string>,
): void {
  for (const alias of ['email', 'phone_number'] as const) {
    const value = attributes[alias];
    const takes = userPool.aliasAttributes.includes(alias) && attributes[`${alias}_verified`] === 'true';
    if (!takes || !value) continue;
    const holder = findUserByTypedName(context, userPool, value);
    const isTheirs = (name: string | undefined) =>
      name !== undefined && normaliseName(userPool, name) === normaliseName(userPool, value);
    // A username that looks like the address is theirs for good, and another name says nothing of their address.
    if (!holder || isTheirs(holder.username) || !isTheirs(holder.attributes[alias])) continue;
    holder.attributes[`${alias}_verified`] = 'false';
    updateUser(context, holder, signInNames(userPool, holder));
  }
}
