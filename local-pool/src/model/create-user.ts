import { randomUUID } from 'node:crypto';
import { CognitoError } from '../errors.ts';
import { createCredential } from '../srp.ts';
import type { StoreContext } from '../store/database.ts';
import { insertUser, NameTakenError } from '../store/users.ts';
import { isEmail, isPhoneNumber } from './attributes.ts';
import type { User, UserStatus } from './user.ts';
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
      return { ...attributes, email: normaliseName(userPool, username) };
    if (usernameAttributes.includes('phone_number') && isPhoneNumber(username))
      return { ...attributes, phone_number: username };
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
  return attributes;
}

/**
 * Creates a user. `attributes` come from {@link withUsernameAttribute} and have been checked.
 * @throws CognitoError UsernameExistsException.
 */
export function createUser(
  context: StoreContext,
  userPool: UserPool,
  typedUsername: string,
  password: string,
  attributes: Record<string, string>,
  status: UserStatus,
): User {
  const sub = randomUUID();
  const username = userPool.usernameAttributes.length > 0 ? sub : normaliseName(userPool, typedUsername);
  const now = context.clock.now();
  const user: User = {
    sub,
    username,
    userPoolId: userPool.id,
    status,
    enabled: true,
    attributes,
    ...createCredential(poolNameOf(userPool.id), username, password),
    createdAt: now,
    modifiedAt: now,
  };
  try {
    insertUser(context, user, signInNames(userPool, user));
  } catch (error) {
    if (error instanceof NameTakenError) throw usernameExists(userPool, error.takenName);
    throw error;
  }
  return user;
}

function usernameExists(userPool: UserPool, name: string): CognitoError {
  const attribute = isEmail(name) ? 'email' : 'phone_number';
  return new CognitoError(
    'UsernameExistsException',
    userPool.usernameAttributes.includes(attribute)
      ? `An account with the given ${attribute} already exists.`
      : 'User already exists',
  );
}

function invalidParameter(message: string): CognitoError {
  return new CognitoError('InvalidParameterException', message);
}
