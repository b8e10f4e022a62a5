import { z } from 'zod';
import { text } from '../aws-json/shapes.ts';
import { ProviderNameType } from '../configuration/identity-provider-shape.ts';
import { CognitoError } from '../errors.ts';
import { findUserByAttribute, SUBJECT } from '../federation/find-user.ts';
import type { ProviderUser } from '../federation/link-identity.ts';
import type { LocalPool } from '../local-pool.ts';
import type { User } from '../model/user.ts';
import type { UserPool } from '../model/user-pool.ts';
import { requireUser } from './authorisation.ts';

/** API reference: ProviderUserIdentifierType. */
export const ProviderUserIdentifierType = z.object({
  ProviderName: ProviderNameType.optional(),
  ProviderAttributeName: text({ max: 131_072 }).optional(),
  ProviderAttributeValue: text({ max: 131_072 }).optional(),
});
type ProviderUserIdentifier = z.infer<typeof ProviderUserIdentifierType>;

/** The name that stands for the pool itself among providers. */
export const POOL_ITSELF = 'Cognito';

/**
 * The identity that an identifier names.
 * @throws CognitoError InvalidParameterException for an incomplete one, or a provider that the pool does not have.
 */
export function requireProviderUser(userPool: UserPool, identifier: ProviderUserIdentifier): ProviderUser {
  const { ProviderName: name, ProviderAttributeName, ProviderAttributeValue: value } = identifier;
  const provider = userPool.identityProviders.find((candidate) => candidate.name === name);
  if (!provider)
    throw invalidParameter(`The provider ${name ?? ''} does not exist for User Pool ${userPool.id}.`);
  if (!value) throw invalidParameter('ProviderAttributeValue is required');
  return { provider, attribute: ProviderAttributeName || SUBJECT, value };
}

/**
 * The user whom an identifier names: the pool's own by their name, anybody else by an identity.
 * @throws CognitoError UserNotFoundException; InvalidParameterException as above.
 */
export function requireIdentifiedUser(
  pool: LocalPool,
  userPool: UserPool,
  identifier: ProviderUserIdentifier,
): User {
  if (identifier.ProviderName === POOL_ITSELF)
    return requireUser(pool, userPool, identifier.ProviderAttributeValue ?? '');
  const { provider, attribute, value } = requireProviderUser(userPool, identifier);
  const user = findUserByAttribute(pool, userPool.id, provider.name, attribute, value);
  if (!user) throw new CognitoError('UserNotFoundException', 'User does not exist.');
  return user;
}

function invalidParameter(message: string): CognitoError {
  return new CognitoError('InvalidParameterException', message);
}
