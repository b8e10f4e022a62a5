import { CognitoError } from '../errors.ts';
import { type AppClient, isVerifiedFlag, isWritable } from '../model/app-client.ts';
import type { UserPool } from '../model/user-pool.ts';
import type { FederatedIdentity } from './federated-identity.ts';

/**
 * What a provider says of a person, as attributes of the pool. Claims that did not come are left out; blank ones stay,
 * and clear what was there. What the app client may not write is skipped (section 9 of the behaviour notes, 26).
 * An address is unverified unless the provider says otherwise (Cognito: attribute mapping).
 */
export function mapAttributes(
  client: AppClient,
  { provider, claims }: FederatedIdentity,
): Record<string, string> {
  const mapped: Record<string, string> = {};
  for (const [attribute, claim] of Object.entries(provider.attributeMapping)) {
    const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
    // The username is always made of provider and subject.
    if (value === undefined || attribute === 'username') continue;
    const governing = isVerifiedFlag(attribute) ? attribute.replace('_verified', '') : attribute;
    if (isWritable(client, governing)) mapped[attribute] = value;
  }
  for (const address of ['email', 'phone_number'])
    if (mapped[address]) mapped[`${address}_verified`] ??= 'false';
  return mapped;
}

/**
 * Attributes that come anew with every sign-in must be mutable.
 * @throws CognitoError InvalidParameterException (Cognito: attribute mapping).
 */
export function requireMutable(userPool: UserPool, mapped: Record<string, string>): void {
  const fixed = Object.keys(mapped).find((name) => userPool.schema.get(name)?.mutable === false);
  if (fixed !== undefined)
    throw new CognitoError('InvalidParameterException', `user.${fixed}: Attribute cannot be updated.`);
}

/** @throws CognitoError InvalidParameterException naming the required attributes that did not come. */
export function requireRequired(userPool: UserPool, attributes: Record<string, string>): void {
  const missing = [...userPool.schema.values()]
    .filter(({ name, required }) => required && !attributes[name])
    .map(({ name }) => name);
  if (missing.length > 0)
    throw new CognitoError('InvalidParameterException', `attributes required: [${missing.join(', ')}]`);
}

/** Attributes with new values written over old ones; a blank value takes the attribute away. */
export function mergeAttributes(
  old: Record<string, string>,
  mapped: Record<string, string>,
): Record<string, string> {
  const merged = Object.entries({ ...old, ...mapped }).filter(([, value]) => value !== '');
  return Object.fromEntries(merged);
}
