import type { StoreContext } from '../store/database.ts';
import { disableIdentity, type Identity, touchIdentity } from '../store/identity-pool-identities.ts';
import { deleteLogin, type Login, listLogins } from '../store/identity-pool-logins.ts';

/**
 * Takes logins from an identity; they lead to new identities from then on. Without the last of them the identity is out
 * of reach for ever (API reference: UnlinkIdentity).
 * @returns how many were taken
 */
export function unlinkLogins(
  context: StoreContext,
  identity: Identity,
  isUnlinked: (login: Login) => boolean,
): number {
  return context.store.transaction(() => {
    const logins = listLogins(context, identity.id);
    const unlinked = logins.filter(isUnlinked);
    for (const login of unlinked) deleteLogin(context, identity.identityPoolId, login);
    if (unlinked.length > 0 && unlinked.length === logins.length) disableIdentity(context, identity.id);
    else if (unlinked.length > 0) touchIdentity(context, identity.id);
    return unlinked.length;
  });
}
