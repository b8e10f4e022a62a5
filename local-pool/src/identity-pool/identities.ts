import type { StoreContext } from '../store/database.ts';
import {
  disableIdentity,
  findIdentity,
  type Identity,
  insertIdentity,
  touchIdentity,
} from '../store/identity-pool-identities.ts';
import { findIdentityIdOfLogin, type Login, listLogins, putLogin } from '../store/identity-pool-logins.ts';
import type { IdentityPool } from './identity-pool.ts';
import type { OwnToken } from './own-token.ts';
import { refusals } from './refusals.ts';

/**
 * The identity of GetId: that which the logins lead to, a new one for unknown logins, and a new guest without any.
 * Several logins are linked to each other.
 * @throws CognitoError NotAuthorizedException for guests where there are none; ResourceConflictException for logins of
 *   different identities
 */
export function identityOfLogins(
  context: StoreContext,
  identityPool: IdentityPool,
  logins: readonly Login[],
): Identity {
  return context.store.transaction(() => {
    if (logins.length === 0) requireGuests(identityPool);
    const [holder, ...others] = holdersOf(context, identityPool, logins);
    if (others.length > 0) throw refusals.conflict();
    const identity = holder ?? insertIdentity(context, identityPool.id);
    attach(context, identity, logins);
    return identity;
  });
}

/**
 * Lets a caller use an identity (`requireProof`), and links the logins that it does not have yet. A guest who presents a
 * login of another identity becomes that one, and the guest's own is out of reach from then on (Cognito: Switching
 * unauthenticated users to authenticated users).
 * @returns the identity that the call goes on with
 * @throws CognitoError NotAuthorizedException, ResourceConflictException
 */
export function presentIdentity(
  context: StoreContext,
  identityPool: IdentityPool,
  identity: Identity,
  presented: Proof,
): Identity {
  return context.store.transaction(() => {
    const own = requireProof(context, identityPool, identity, presented);
    return link(context, identityPool, identity, { own, logins: presented.logins });
  });
}

/** What a caller presents for an identity. */
export interface Proof {
  logins: readonly Login[];
  ownToken?: OwnToken;
}

/**
 * Checks that a caller may use an identity: that nobody has signed in to it, or that they present one of its logins or a
 * token that it was given.
 * @returns the identity's logins
 * @throws CognitoError NotAuthorizedException
 */
export function requireProof(
  context: StoreContext,
  identityPool: IdentityPool,
  identity: Identity,
  { logins, ownToken }: Proof,
): Login[] {
  if (identity.disabled) throw refusals.forbidden(identity.id);
  if (ownToken && ownToken.identityId !== identity.id) throw refusals.loginsDoNotMatch();
  const own = listLogins(context, identity.id);
  if (logins.length === 0 && !ownToken?.authenticated && own.length === 0) requireGuests(identityPool);
  const proven = ownToken?.authenticated || own.some((login) => logins.some((given) => isSame(login, given)));
  if (own.length > 0 && !proven) throw refusals.loginsDoNotMatch();
  return own;
}

function link(
  context: StoreContext,
  identityPool: IdentityPool,
  identity: Identity,
  { own, logins }: { own: readonly Login[]; logins: readonly Login[] },
): Identity {
  const [other, ...more] = holdersOf(context, identityPool, logins).filter(({ id }) => id !== identity.id);
  if (!other) {
    attach(context, identity, logins);
    return identity;
  }
  if (own.length > 0 || more.length > 0) throw refusals.conflict();
  attach(context, other, logins);
  disableIdentity(context, identity.id);
  return other;
}

/** The identities that logins lead to, each once. */
function holdersOf(context: StoreContext, identityPool: IdentityPool, logins: readonly Login[]): Identity[] {
  const ids = logins.flatMap((login) => findIdentityIdOfLogin(context, identityPool.id, login) ?? []);
  return [...new Set(ids)].flatMap((id) => findIdentity(context, id) ?? []);
}

/** Links logins to an identity; of a public provider it can hold one account. */
function attach(context: StoreContext, identity: Identity, logins: readonly Login[]): void {
  const own = listLogins(context, identity.id);
  const added = logins.filter((login) => !own.some((held) => isSame(held, login)));
  for (const { provider, developer } of added)
    if (!developer && own.some((held) => !held.developer && held.provider === provider))
      throw refusals.conflict();
  for (const login of added) putLogin(context, identity.identityPoolId, login, identity.id);
  if (added.length > 0) touchIdentity(context, identity.id);
}

function isSame(a: Login, b: Login): boolean {
  return a.provider === b.provider && a.developer === b.developer && a.subject === b.subject;
}

function requireGuests({ allowUnauthenticated }: IdentityPool): void {
  if (!allowUnauthenticated) throw refusals.guests();
}
