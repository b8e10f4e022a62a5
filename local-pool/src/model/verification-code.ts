import { randomInt, timingSafeEqual } from 'node:crypto';
import { CognitoError } from '../errors.ts';
import type { CustomMessageSource } from '../lambda/custom-message.ts';
import type { LocalPool } from '../local-pool.ts';
import type { StoreContext } from '../store/database.ts';
import { digest } from '../store/digest.ts';
import { findUser } from '../store/users.ts';
import {
  type CodeKey,
  type CodePurpose,
  deleteVerificationCode,
  findVerificationCode,
  putVerificationCode,
} from '../store/verification-codes.ts';
import type { AppClient } from './app-client.ts';
import { type CodeDelivery, describeDelivery } from './code-delivery.ts';
import { putMessage, renderMessage } from './message.ts';
import type { User } from './user.ts';
import type { UserPool, VerifiableAttribute } from './user-pool.ts';

const HOUR_MS = 60 * 60 * 1000;
const LIFETIME_MS: Record<CodePurpose, number> = {
  signUp: 24 * HOUR_MS,
  verify: 24 * HOUR_MS,
  forgot: HOUR_MS,
};

/**
 * Sends a fresh six-digit code to one of the user's addresses; an older code of the purpose is no longer good.
 * @param client undefined where an administrator acts
 * @param source what the custom message trigger is told
 * @throws CognitoError of the custom message trigger; no code is sent then, and an older one stays good.
 */
export async function sendVerificationCode(
  pool: LocalPool,
  userPool: UserPool,
  client: AppClient | undefined,
  user: User,
  purpose: CodePurpose,
  attribute: VerifiableAttribute,
  source: CustomMessageSource,
  clientMetadata?: Record<string, string>,
): Promise<CodeDelivery> {
  const destination = destinationOf(user, purpose, attribute);
  const delivery = describeDelivery(attribute, destination);
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const message = { source, purpose, medium: delivery.deliveryMedium, destination, code, clientMetadata };
  const rendered = await renderMessage(pool, userPool, client, user, message);
  const expiresAt = pool.clock.now() + LIFETIME_MS[purpose];
  pool.store.transaction(() => {
    // The trigger took its time, and the user may be gone.
    if (!findUser(pool, user.userPoolId, user.sub)) return;
    putVerificationCode(pool, keyOf(user, purpose, attribute), {
      value: code,
      attribute,
      destination,
      expiresAt,
    });
    putMessage(pool, user, message, rendered);
  });
  return delivery;
}

/**
 * Takes back a code, once, and says which address it proves. A code that went to another address than the user has now
 * proves nothing.
 * @param attribute what to verify, where that is the purpose
 * @throws CognitoError ExpiredCodeException (none asked for, used, too old) or CodeMismatchException.
 */
export function takeVerificationCode(
  context: StoreContext,
  user: User,
  purpose: CodePurpose,
  value: string,
  attribute: VerifiableAttribute = 'email',
): VerifiableAttribute {
  const key = keyOf(user, purpose, attribute);
  const code = findVerificationCode(context, key);
  if (!code || code.expiresAt <= context.clock.now()) throw expiredCode();
  if (code.destinationHash !== digest(destinationOf(user, purpose, code.attribute))) throw expiredCode();
  if (!timingSafeEqual(Buffer.from(code.codeHash), Buffer.from(digest(value)))) throw codeMismatch();
  deleteVerificationCode(context, key);
  return code.attribute;
}

/** Whether a code of the purpose was sent that is still good. */
export function hasVerificationCode(
  context: StoreContext,
  user: User,
  purpose: 'signUp' | 'forgot',
): boolean {
  const code = findVerificationCode(context, { ...user, purpose });
  return code !== undefined && code.expiresAt > context.clock.now();
}

/** An address that is to take the place of the present one is verified before it does. */
function destinationOf(user: User, purpose: CodePurpose, attribute: VerifiableAttribute): string {
  const pending = purpose === 'verify' ? user.details.pendingAttributes?.[attribute] : undefined;
  return pending ?? user.attributes[attribute] ?? '';
}

function keyOf({ userPoolId, sub }: User, purpose: CodePurpose, attribute: VerifiableAttribute): CodeKey {
  return purpose === 'verify' ? { userPoolId, sub, purpose, attribute } : { userPoolId, sub, purpose };
}

export function expiredCode(): CognitoError {
  return new CognitoError('ExpiredCodeException', 'Invalid code provided, please request a code again.');
}

export function codeMismatch(): CognitoError {
  return new CognitoError('CodeMismatchException', 'Invalid verification code provided, please try again.');
}
