import { randomInt, timingSafeEqual } from 'node:crypto';
import { CognitoError } from '../errors.ts';
import type { StoreContext } from '../store/database.ts';
import { digest } from '../store/digest.ts';
import { addMessage } from '../store/messages.ts';
import {
  type CodePurpose,
  deleteVerificationCode,
  findVerificationCode,
  putVerificationCode,
} from '../store/verification-codes.ts';
import { type CodeDelivery, describeDelivery } from './code-delivery.ts';
import type { User } from './user.ts';
import type { VerifiableAttribute } from './user-pool.ts';

const HOUR_MS = 60 * 60 * 1000;
const LIFETIME_MS: Record<CodePurpose, number> = {
  signUp: 24 * HOUR_MS,
  verify: 24 * HOUR_MS,
  forgot: HOUR_MS,
};

const SUBJECT: Record<CodePurpose, string> = {
  signUp: 'Your verification code',
  verify: 'Your verification code',
  forgot: 'Your password reset code',
};

/** Sends a fresh six-digit code to one of the user's addresses; an older code of the purpose is no longer good. */
export function sendVerificationCode(
  context: StoreContext,
  user: User,
  purpose: CodePurpose,
  attribute: VerifiableAttribute,
): CodeDelivery {
  const value = String(randomInt(1_000_000)).padStart(6, '0');
  const destination = user.attributes[attribute] ?? '';
  const delivery = describeDelivery(attribute, destination);
  const expiresAt = context.clock.now() + LIFETIME_MS[purpose];
  putVerificationCode(context, { ...user, purpose }, { value, attribute, expiresAt });
  addMessage(context, {
    userPoolId: user.userPoolId,
    username: user.username,
    purpose,
    medium: delivery.deliveryMedium,
    destination,
    subject: SUBJECT[purpose],
    body: `Your verification code is ${value}.`,
    code: value,
  });
  return delivery;
}

/**
 * Takes back a code, once, and says which address it proves.
 * @throws CognitoError ExpiredCodeException (none asked for, used, too old) or CodeMismatchException.
 */
export function takeVerificationCode(
  context: StoreContext,
  user: User,
  purpose: CodePurpose,
  value: string,
): VerifiableAttribute {
  const code = findVerificationCode(context, { ...user, purpose });
  if (!code || code.expiresAt <= context.clock.now()) throw expiredCode();
  if (!timingSafeEqual(Buffer.from(code.codeHash), Buffer.from(digest(value)))) throw codeMismatch();
  deleteVerificationCode(context, { ...user, purpose });
  return code.attribute;
}

export function expiredCode(): CognitoError {
  return new CognitoError('ExpiredCodeException', 'Invalid code provided, please request a code again.');
}

export function codeMismatch(): CognitoError {
  return new CognitoError('CodeMismatchException', 'Invalid verification code provided, please try again.');
}
