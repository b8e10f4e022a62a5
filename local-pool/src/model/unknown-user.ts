import { CognitoError } from '../errors.ts';
import { digest } from '../store/digest.ts';
import { isEmail, isPhoneNumber } from './attributes.ts';
import { type CodeDelivery, describeDelivery } from './code-delivery.ts';
import { normaliseName } from './user-names.ts';
import type { UserPool } from './user-pool.ts';

/** The answer about an unknown user to a client that may know (PreventUserExistenceErrors off). */
export function userNotFound(): CognitoError {
  return new CognitoError('UserNotFoundException', 'Username/client id combination not found.');
}

/**
 * A delivery that never happened, for a user that does not exist: the same each time, and in the form that a real
 * one would have (Cognito: Managing user existence error responses).
 */
export function inventDelivery(userPool: UserPool, username: string): CodeDelivery {
  if (isEmail(username)) return describeDelivery('email', normaliseName(userPool, username));
  if (isPhoneNumber(username)) return describeDelivery('phone_number', username);
  const letters = digest(userPool.id + normaliseName(userPool, username)).replace(/[0-9]/g, '');
  return describeDelivery('email', `${letters.slice(0, 1)}@${letters.slice(1, 2)}`);
}
