import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import type { AppClient } from './app-client.ts';
import {
  missingAttribute,
  normaliseAttributes,
  requireAttribute,
  requireSchema,
  requireWritable,
} from './attributes.ts';
import { changeUser } from './change-user.ts';
import type { CodeDelivery } from './code-delivery.ts';
import { ADDRESS_OF } from './mfa-decision.ts';
import type { User } from './user.ts';
import type { UserPool, VerifiableAttribute } from './user-pool.ts';
import { sendVerificationCode } from './verification-code.ts';

const VERIFIABLE = ['email', 'phone_number'] as const;

interface AttributeChange {
  userPool: UserPool;
  /** The client whose write permission counts; absent where an administrator acts. */
  client?: AppClient;
  user: User;
  /** A blank value deletes. */
  attributes: Record<string, string>;
  clientMetadata?: Record<string, string> | undefined;
}

/**
 * Changes attributes, and sends a code to each new address that the pool verifies by itself. An address that must be
 * verified first waits beside the old one, unless an administrator declares it verified.
 * @throws CognitoError NotAuthorizedException (write permission), InvalidParameterException (schema, immutable or
 *   required), AliasExistsException, or of the custom message trigger (Cognito: UpdateUserAttributes,
 *   AdminUpdateUserAttributes).
 */
export async function updateAttributes(
  pool: LocalPool,
  { userPool, client, user, attributes: given, clientMetadata }: AttributeChange,
): Promise<CodeDelivery[]> {
  if (client) requireWritable(client, given);
  const attributes = normaliseAttributes(userPool, given);
  requireChangeable(userPool, attributes);
  const set = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));
  requireSchema(userPool, set, { newUser: false });
  const blank = Object.keys(attributes).filter((name) => attributes[name] === '');

  let toVerify: VerifiableAttribute[] = [];
  const changed = changeUser(pool, userPool, user, (current) => {
    removeAttributes(current, blank);
    toVerify = setAttributes(userPool, current, set);
  });
  const deliveries: CodeDelivery[] = [];
  for (const attribute of toVerify) {
    const source = 'CustomMessage_UpdateUserAttribute';
    deliveries.push(
      await sendVerificationCode(
        pool,
        userPool,
        client,
        changed,
        'verify',
        attribute,
        source,
        clientMetadata,
      ),
    );
  }
  return deliveries;
}

/**
 * Removes attributes; those that the user does not have make no difference.
 * @throws CognitoError NotAuthorizedException, InvalidParameterException (Cognito: DeleteUserAttributes,
 *   AdminDeleteUserAttributes).
 */
export function deleteAttributes(
  pool: LocalPool,
  { userPool, client, user }: Omit<AttributeChange, 'attributes'>,
  names: string[],
): void {
  const blank = Object.fromEntries(names.map((name) => [name, '']));
  if (client) requireWritable(client, blank);
  requireChangeable(userPool, blank);
  changeUser(pool, userPool, user, (current) => removeAttributes(current, names));
}

/** @param attributes a blank one is to be deleted */
function requireChangeable(userPool: UserPool, attributes: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'sub') throw notUpdatable(name);
    const { mutable, required } = requireAttribute(userPool, name);
    if (!mutable) throw notUpdatable(name);
    if (required && value === '') throw missingAttribute(name);
  }
}

/** @returns the addresses that are to be verified by a code */
function setAttributes(userPool: UserPool, user: User, set: Record<string, string>): VerifiableAttribute[] {
  const toVerify = VERIFIABLE.filter((attribute) => {
    const isNew = set[attribute] !== undefined && set[attribute] !== user.attributes[attribute];
    return isNew && set[`${attribute}_verified`] !== 'true';
  });
  const waiting = toVerify.filter((attribute) => userPool.verifiedBeforeUpdate.includes(attribute));
  const pending = { ...user.details.pendingAttributes };
  for (const attribute of VERIFIABLE) if (set[attribute] !== undefined) delete pending[attribute];
  user.attributes = { ...user.attributes };
  for (const [name, value] of Object.entries(set)) {
    if (waiting.some((attribute) => attribute === name)) pending[name] = value;
    else user.attributes[name] = value;
  }
  for (const attribute of toVerify)
    if (!waiting.includes(attribute)) user.attributes[`${attribute}_verified`] = 'false';
  user.details.pendingAttributes = pending;
  return toVerify.filter(
    (attribute) => userPool.autoVerifiedAttributes.includes(attribute) || waiting.includes(attribute),
  );
}

/** With an address goes what says that it is verified, and the second factor that needs it. */
function removeAttributes({ attributes, details }: User, names: string[]): void {
  for (const name of names) {
    delete attributes[name];
    delete details.pendingAttributes?.[name];
    if (!VERIFIABLE.some((attribute) => attribute === name)) continue;
    delete attributes[`${name}_verified`];
    const lost = (['SMS_MFA', 'EMAIL_OTP'] as const).find((factor) => ADDRESS_OF[factor] === name);
    details.mfaFactors = details.mfaFactors?.filter((factor) => factor !== lost) ?? [];
    if (details.preferredMfa === lost) delete details.preferredMfa;
  }
}

function notUpdatable(name: string): CognitoError {
  return new CognitoError('InvalidParameterException', `user.${name}: Attribute cannot be updated.`);
}
