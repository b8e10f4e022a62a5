import { CognitoError } from '../errors.ts';
import type { StoreContext } from '../store/database.ts';
import { findUser, NameTakenError, updateUser } from '../store/users.ts';
import { releaseAliases } from './release-aliases.ts';
import type { User } from './user.ts';
import { normaliseName, signInNames } from './user-names.ts';
import type { UserPool } from './user-pool.ts';

/**
 * Changes a user as they are at this moment, whatever a trigger or a parallel request has done since they were read.
 * @param change works on a fresh copy and may throw; nothing is stored then
 * @param options `takeAliases`: a verified address or number that signs somebody else in moves to this user, and is no
 *   longer verified there
 * @returns the user as stored
 * @throws CognitoError UserNotFoundException when they are gone, AliasExistsException (Cognito: Customizing sign-in attributes).
 */
export function changeUser(
  context: StoreContext,
  userPool: UserPool,
  { sub }: Pick<User, 'sub'>,
  change: (user: User) => void,
  { takeAliases = false }: { takeAliases?: boolean } = {},
): User {
  return context.store.transaction(() => {
    const user = findUser(context, userPool.id, sub);
    if (!user) throw new CognitoError('UserNotFoundException', 'User does not exist.');
    change(user);
    user.modifiedAt = context.clock.now();
    if (takeAliases) releaseAliases(context, userPool, user.attributes);
    try {
      updateUser(context, user, signInNames(userPool, user));
    } catch (error) {
      if (error instanceof NameTakenError) throw aliasExists(userPool, user, error.takenName);
      throw error;
    }
    return user;
  });
}

/** The attribute by which a user would have had a name that is taken; undefined for the username itself. */
export function attributeOfName(userPool: UserPool, user: User, name: string): string | undefined {
  return ['email', 'phone_number', 'preferred_username'].find((attribute) => {
    const value = user.attributes[attribute];
    return value !== undefined && normaliseName(userPool, value) === name;
  });
}

function aliasExists(userPool: UserPool, user: User, takenName: string): CognitoError {
  const attribute = attributeOfName(userPool, user, takenName) ?? 'email';
  return new CognitoError('AliasExistsException', `An account with the ${attribute} already exists.`);
}
