import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import { changeUser } from '../model/change-user.ts';
import type { IdentityProvider } from '../model/identity-provider.ts';
import type { User } from '../model/user.ts';
import type { UserPool } from '../model/user-pool.ts';
import { findUserByIdentity } from '../store/users.ts';
import { SUBJECT } from './find-user.ts';

/** An identity as the API names it: the provider, and the claim or assertion attribute by which it knows somebody. */
export interface ProviderUser {
  provider: IdentityProvider;
  attribute: string;
  value: string;
}

/** Cognito: Linking federated users to an existing user profile. */
const MOST_IDENTITIES = 5;

/**
 * Lets an identity that has never signed in sign in as a user from now on.
 * @throws CognitoError InvalidParameterException, LimitExceededException, UserNotFoundException.
 */
export function linkIdentity(
  pool: LocalPool,
  userPool: UserPool,
  destination: User,
  source: ProviderUser,
): void {
  const { provider, attribute, value } = source;
  if (attribute !== SUBJECT && provider.type !== 'SAML')
    throw invalidParameter(`ProviderAttributeName must be ${SUBJECT} for the provider ${provider.name}`);
  pool.store.transaction(() => {
    const holder = findUserByIdentity(pool, userPool.id, provider.name, value);
    if (holder)
      throw invalidParameter(
        holder.sub === destination.sub
          ? 'SourceUser is already linked to DestinationUser'
          : 'Merging is not currently supported, provide a SourceUser that has not been signed up in order to link',
      );
    changeUser(pool, userPool, destination, ({ details }) => {
      const identities = details.identities ?? [];
      if (identities.filter(({ primary }) => !primary).length >= MOST_IDENTITIES)
        throw new CognitoError(
          'LimitExceededException',
          `A user can be linked to at most ${MOST_IDENTITIES} identities.`,
        );
      const identity = { userId: value, providerName: provider.name, providerType: provider.type };
      const added = { issuer: null, primary: false, dateCreated: pool.clock.now() };
      details.identities = [...identities, { ...identity, ...added }];
      if (attribute !== SUBJECT) {
        const link = { providerName: provider.name, name: attribute, value };
        details.linkedAttributes = [...(details.linkedAttributes ?? []), link];
      }
    });
  });
}

/** Takes an identity from the user whom it signs in; it signs in nobody until somebody links it again. */
export function unlinkIdentity(
  pool: LocalPool,
  userPool: UserPool,
  user: User,
  { provider, value }: ProviderUser,
): void {
  const isOther = (providerName: string, otherValue: string) =>
    providerName !== provider.name || otherValue !== value;
  changeUser(pool, userPool, user, ({ details }) => {
    details.identities = details.identities?.filter((one) => isOther(one.providerName, one.userId)) ?? [];
    details.linkedAttributes =
      details.linkedAttributes?.filter((one) => isOther(one.providerName, one.value)) ?? [];
  });
}

function invalidParameter(message: string): CognitoError {
  return new CognitoError('InvalidParameterException', message);
}
