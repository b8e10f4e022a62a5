import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from './app-client.ts';
import { countAttempt } from './attempt-limit.ts';
import { changeUser } from './change-user.ts';
import type { CodeDelivery } from './code-delivery.ts';
import { lockoutName } from './lockout.ts';
import type { User } from './user.ts';
import type { UserPool, VerifiableAttribute } from './user-pool.ts';
import { sendVerificationCode, takeVerificationCode } from './verification-code.ts';

interface Verification {
  userPool: UserPool;
  client: AppClient;
  user: User;
  /** As it was sent: only email and phone_number can be verified. */
  attribute: string;
}

/**
 * Sends a code to one of the user's addresses, verified or not, or to the one that is to take its place.
 * @throws CognitoError InvalidParameterException, LimitExceededException, or of the custom message trigger
 *   (Cognito: GetUserAttributeVerificationCode).
 */
export async function sendAttributeCode(
  pool: LocalPool,
  { userPool, client, user, attribute: name }: Verification,
  clientMetadata: Record<string, string> | undefined,
): Promise<CodeDelivery> {
  const attribute = requireVerifiable(name);
  if (!user.attributes[attribute] && !user.details.pendingAttributes?.[attribute])
    throw new CognitoError('InvalidParameterException', `User has no ${attribute} to verify`);
  countAttempt(pool, userPool.id, lockoutName(userPool, '', user), 'getUserAttributeVerificationCode');
  const source = 'CustomMessage_VerifyUserAttribute';
  return sendVerificationCode(pool, userPool, client, user, 'verify', attribute, source, clientMetadata);
}

/**
 * Verifies an address with the code that was sent to it; one that was waiting takes the place of the old one. Where it
 * signs in somebody else, it does so no longer.
 * @throws CognitoError CodeMismatchException, ExpiredCodeException, InvalidParameterException, LimitExceededException,
 *   AliasExistsException (Cognito: VerifyUserAttribute).
 */
export function verifyAttribute(
  pool: LocalPool,
  { userPool, user, attribute: name }: Omit<Verification, 'client'>,
  code: string,
): void {
  const attribute = requireVerifiable(name);
  countAttempt(pool, userPool.id, lockoutName(userPool, '', user), 'verifyUserAttribute');
  changeUser(
    pool,
    userPool,
    user,
    (current) => {
      takeVerificationCode(pool, current, 'verify', code, attribute);
      const pending = current.details.pendingAttributes?.[attribute];
      if (pending !== undefined) current.attributes[attribute] = pending;
      delete current.details.pendingAttributes?.[attribute];
      current.attributes[`${attribute}_verified`] = 'true';
    },
    { takeAliases: true },
  );
}

function requireVerifiable(name: string): VerifiableAttribute {
  if (name === 'email' || name === 'phone_number') return name;
  throw new CognitoError('InvalidParameterException', `Attribute ${shown(name)} cannot be verified`);
}

/** No more than an attribute's name can have: it may be anything. */
const shown = (name: string): string => name.replace(/[^\w:.-]/g, '?');
