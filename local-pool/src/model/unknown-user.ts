import { CognitoError } from '../errors.ts';
import { findAttempts, putAttempts } from '../store/attempts.ts';
import type { StoreContext } from '../store/database.ts';
import { digest } from '../store/digest.ts';
import { isEmail, isPhoneNumber } from './attributes.ts';
import { type CodeDelivery, describeDelivery } from './code-delivery.ts';
import { normaliseName } from './user-names.ts';
import type { UserPool, VerifiableAttribute } from './user-pool.ts';

/** The answer about an unknown user to a client that may know (PreventUserExistenceErrors off). */
export function userNotFound(): CognitoError {
  return new CognitoError('UserNotFoundException', 'Username/client id combination not found.');
}

/**
 * A delivery that never happened, for a user that does not exist: the same each time, and in the form that a real
 * one would have (Cognito: Managing user existence error responses).
 * @param preferred the attributes that a real code would go to, the likeliest first
 */
export function inventDelivery(
  userPool: UserPool,
  username: string,
  preferred: readonly VerifiableAttribute[],
): CodeDelivery {
  const name = normaliseName(userPool, username);
  if (isEmail(name) && preferred.includes('email')) return describeDelivery('email', name);
  if (isPhoneNumber(name) && preferred.includes('phone_number'))
    return describeDelivery('phone_number', name);
  const noise = digest(userPool.id + name);
  if (preferred[0] === 'phone_number')
    return describeDelivery('phone_number', String(Number.parseInt(noise.slice(0, 8), 16)).padStart(4, '0'));
  const letters = noise.replace(/[0-9]/g, '');
  return describeDelivery('email', `${letters.slice(0, 1)}@${letters.slice(1, 2)}`);
}

const KIND = 'codeInVain';
/** As long as a real reset code is good. */
const LIFETIME_MS = 60 * 60 * 1000;

/** Remembers that a reset code was asked for where none could be sent, so that its return sounds as that of a real one. */
export function noteCodeInVain(context: StoreContext, userPoolId: string, name: string): void {
  const since = context.clock.now();
  putAttempts(context, userPoolId, name, KIND, { count: 1, since, blockedUntil: since + LIFETIME_MS });
}

export function askedInVain(context: StoreContext, userPoolId: string, name: string): boolean {
  const noted = findAttempts(context, userPoolId, name, KIND);
  return noted !== undefined && noted.blockedUntil > context.clock.now();
}
