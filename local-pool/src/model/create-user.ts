import { randomUUID } from 'node:crypto';
import { CognitoError } from '../errors.ts';
import { createCredential } from '../srp/credential.ts';
import type { StoreContext } from '../store/database.ts';
import { insertUser, NameTakenError } from '../store/users.ts';
import { isEmail, isPhoneNumber, normaliseAttributes } from './attributes.ts';
import { attributeOfName } from './change-user.ts';
import { releaseAliases } from './release-aliases.ts';
import type { User, UserDetails, UserStatus } from './user.ts';
import { normaliseName, signInNames } from './user-names.ts';
import { poolNameOf, type UserPool } from './user-pool.ts';

const USERNAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

/**
 * The attributes of a new user, with the username among them where people sign in with an address or a number.
 * @throws CognitoError InvalidParameterException when the username has the wrong form (Cognito: SignUp).
 */
export function withUsernameAttribute(
  userPool: UserPool,
  typedUsername: string,
  attributes: Record<string, string>,
): Record<string, string> {
  const username = typedUsername.normalize('NFKC');
  if (!USERNAME.test(username)) throw invalidParameter("Value at 'username' failed to satisfy constraint");
  const { usernameAttributes, aliasAttributes } = userPool;
  if (usernameAttributes.length > 0) {
    if (usernameAttributes.includes('email') && isEmail(username))
      return normaliseAttributes(userPool, { ...attributes, email: username });
    if (usernameAttributes.includes('phone_number') && isPhoneNumber(username))
      return normaliseAttributes(userPool, { ...attributes, phone_number: username });
    throw invalidParameter(
      usernameAttributes.length > 1
        ? 'Username should be either an email or a phone number.'
        : `Username should be ${usernameAttributes[0] === 'email' ? 'an email' : 'a phone number'}.`,
    );
  }
  if (aliasAttributes.includes('email') && isEmail(username))
    throw invalidParameter(
      'Username cannot be of email format, since user pool is configured for email alias.',
    );
  if (aliasAttributes.includes('phone_number') && isPhoneNumber(username))
    throw invalidParameter(
      'Username cannot be of phone number format, since user pool is configured for phone number alias.',
    );
  return normaliseAttributes(userPool, attributes);
}

/** What a new user may have besides name, password and attributes. */
export interface NewUserOptions {
  /** Where it was told to a trigger before; a random one otherwise. */
  sub?: string;
  details?: UserDetails;
  /** Whether verified addresses move here from users who sign in with them (ForceAliasCreation). */
  takeAliases?: boolean;
  /** What to say of a username that is taken; an administrator is told in other words. */
  usernameTaken?: string;
}

/**
 * Creates a user, without a password where none is given. `attributes` come from {@link withUsernameAttribute} and have been checked.
 * @throws CognitoError UsernameExistsException.
 */
export function createUser(
  context: StoreContext,
  userPool: UserPool,
  typedUsername: string,
  password: string | undefined,
  attributes: Record<string, string>,
  status: UserStatus,
  {
    sub = randomUUID(),
    details = {},
    takeAliases = false,
    usernameTaken = 'User already exists',
  }: NewUserOptions = {},
): User {
  const username = usernameOf(userPool, typedUsername, sub);
  const now = context.clock.now();
  const user: User = {
    sub,
    username,
    userPoolId: userPool.id,
    status,
    enabled: true,
    attributes,
    ...(password !== undefined && createCredential(poolNameOf(userPool.id), username, password)),
    details,
    createdAt: now,
    modifiedAt: now,
  };
  return context.store.transaction(() => {
    if (takeAliases) releaseAliases(context, userPool, attributes);
    try {
      insertUser(context, user, signInNames(userPool, user));
    } catch (error) {
      if (!(error instanceof NameTakenError)) throw error;
      throw new CognitoError('UsernameExistsException', takenText(userPool, user, error, usernameTaken));
    }
    return user;
  });
}

/** The username for good: the `sub` where people sign in with an address or a number (Cognito: UsernameAttributes). */
export function usernameOf(userPool: UserPool, typedUsername: string, sub: string): string {
  return userPool.usernameAttributes.length > 0 ? sub : normaliseName(userPool, typedUsername);
}

function takenText(userPool: UserPool, user: User, { takenName }: NameTakenError, usernameTaken: string) {
  if (takenName === user.username) return usernameTaken;
  const attribute = attributeOfName(userPool, user, takenName) ?? 'email';
  return userPool.usernameAttributes.length > 0
    ? `An account with the given ${attribute} already exists.`
    : `An account with the ${attribute} already exists.`;
}

function invalidParameter(message: string): CognitoError {
  return new CognitoError('InvalidParameterException', message);
}
