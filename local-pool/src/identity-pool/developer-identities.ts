import { CognitoError } from '../errors.ts';
import type { StoreContext } from '../store/database.ts';
import { findIdentity, type Identity } from '../store/identity-pool-identities.ts';
import { findIdentityIdOfLogin, type Login, listLogins } from '../store/identity-pool-logins.ts';
import { identityOfLogins, presentIdentity } from './identities.ts';
import type { IdentityPool } from './identity-pool.ts';
import { invalidParameter, refusals } from './refusals.ts';

/**
 * A developer's own user as a login.
 * @throws CognitoError InvalidParameterException for a provider that is not the identity pool's own
 */
export function developerLogin(
  { developerProviderName }: IdentityPool,
  provider: string,
  subject: string,
): Login {
  if (provider !== developerProviderName)
    throw invalidParameter('This identity pool does not support the specified developer provider.');
  return { provider, developer: true, subject };
}

/**
 * Divides a Logins map into the developer's own user and the public providers' tokens.
 * @throws CognitoError InvalidParameterException when the developer's provider is not among them
 */
export function takeDeveloperLogin(
  identityPool: IdentityPool,
  map: Readonly<Record<string, string>>,
): { login: Login; others: Record<string, string> } {
  const { developerProviderName: name } = identityPool;
  const subject = Object.entries(map).find(([key]) => key === name)?.[1];
  if (name === undefined || subject === undefined)
    throw invalidParameter("Logins must name a user of the identity pool's developer provider.");
  return {
    login: developerLogin(identityPool, name, subject),
    others: Object.fromEntries(Object.entries(map).filter(([key]) => key !== name)),
  };
}

/** The identity that a developer's user leads to. @throws CognitoError ResourceNotFoundException */
export function requireDeveloperIdentity(
  context: StoreContext,
  identityPool: IdentityPool,
  login: Login,
): Identity {
  const id = findIdentityIdOfLogin(context, identityPool.id, login);
  const identity = id === undefined ? undefined : findIdentity(context, id);
  if (!identity)
    throw new CognitoError(
      'ResourceNotFoundException',
      `Developer user identifier '${login.subject}' not found.`,
    );
  return identity;
}

/**
 * The identity of GetOpenIdTokenForDeveloperIdentity: found, made, or the one named with the logins linked to it.
 * @param named the identity to link to, where the caller names one
 * @throws CognitoError DeveloperUserAlreadyRegisteredException when the user has another identity;
 *   NotAuthorizedException, ResourceConflictException
 */
export function developerIdentity(
  context: StoreContext,
  identityPool: IdentityPool,
  logins: readonly Login[],
  named: Identity | undefined,
): Identity {
  if (!named) return identityOfLogins(context, identityPool, logins);
  for (const login of logins) {
    const holder = findIdentityIdOfLogin(context, identityPool.id, login);
    if (login.developer && holder !== undefined && holder !== named.id)
      throw new CognitoError(
        'DeveloperUserAlreadyRegisteredException',
        'The developer user identifier is already registered with another identity.',
      );
  }
  return presentIdentity(context, identityPool, named, { logins });
}

/**
 * Finds a developer's users by their identity, or the identity by a user; where both are named they must belong together
 * (API reference: LookupDeveloperIdentity).
 * @returns the users in the order of their identifiers
 * @throws CognitoError InvalidParameterException, ResourceNotFoundException, ResourceConflictException
 */
export function lookUpDeveloperIdentity(
  context: StoreContext,
  identityPool: IdentityPool,
  { identityId, subject }: { identityId: string | undefined; subject: string | undefined },
): { identity: Identity; subjects: string[] } {
  if (subject !== undefined) {
    const login = { provider: identityPool.developerProviderName ?? '', developer: true, subject };
    const identity = requireDeveloperIdentity(context, identityPool, login);
    if (identityId !== undefined && identityId !== identity.id) throw refusals.conflict();
    return { identity, subjects: identityId === undefined ? subjectsOf(context, identity) : [subject] };
  }
  if (identityId === undefined)
    throw invalidParameter('Either IdentityId or DeveloperUserIdentifier must be provided.');
  const identity = findIdentity(context, identityId);
  if (identity?.identityPoolId !== identityPool.id) throw refusals.unknownIdentity(identityId);
  return { identity, subjects: subjectsOf(context, identity) };
}

function subjectsOf(context: StoreContext, identity: Identity): string[] {
  const logins = listLogins(context, identity.id).filter(({ developer }) => developer);
  return logins.map(({ subject }) => subject).sort();
}
