import type { User } from '../model/user.ts';
import type { StoreContext } from '../store/database.ts';
import { findUserByIdentity } from '../store/users.ts';
import type { FederatedIdentity } from './federated-identity.ts';

/** The subject of an identity, in the words of AdminLinkProviderForUser. */
export const SUBJECT = 'Cognito_Subject';

/**
 * The user whom an identity signs in: by its subject, or by an assertion attribute that somebody was linked by. A value
 * counts only under the name that it was linked with, so that no other attribute can pass for it.
 */
export function findFederatedUser(
  context: StoreContext,
  userPoolId: string,
  { provider, userId, claims }: Pick<FederatedIdentity, 'provider' | 'userId' | 'claims'>,
): User | undefined {
  const attributes = provider.type === 'SAML' ? Object.entries(claims) : [];
  // An assertion's own attribute of that name is no subject: the provider may let people choose what it says.
  const values = [[SUBJECT, userId], ...attributes.filter(([name]) => name !== SUBJECT)] as const;
  for (const [attribute = '', value = ''] of values) {
    const user = findUserByAttribute(context, userPoolId, provider.name, attribute, value);
    if (user) return user;
  }
  return undefined;
}

/** The user with an identity of a provider that is recognised by exactly this attribute. */
export function findUserByAttribute(
  context: StoreContext,
  userPoolId: string,
  providerName: string,
  attribute: string,
  value: string,
): User | undefined {
  const user = findUserByIdentity(context, userPoolId, providerName, value);
  return user && linkingAttribute(user, providerName, value) === attribute ? user : undefined;
}

/** What an identity of a user is recognised by. */
export function linkingAttribute({ details }: User, providerName: string, value: string): string {
  const linked = details.linkedAttributes?.find(
    (link) => link.providerName === providerName && link.value === value,
  );
  return linked?.name ?? SUBJECT;
}
