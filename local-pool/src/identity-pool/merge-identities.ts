import { CognitoError } from '../errors.ts';
import type { StoreContext } from '../store/database.ts';
import { disableIdentity, type Identity, touchIdentity } from '../store/identity-pool-identities.ts';
import { listLogins, putLogin } from '../store/identity-pool-logins.ts';
import { refusals } from './refusals.ts';

const MOST_LOGINS = 20;

/**
 * Makes two developer users one: the source's logins lead to the destination's identity, and the source's identity is out
 * of reach from then on (API reference: MergeDeveloperIdentities).
 * @throws CognitoError ResourceConflictException when both have accounts of one public provider or too many logins
 */
export function mergeIdentities(context: StoreContext, source: Identity, destination: Identity): void {
  if (source.id === destination.id) return;
  context.store.transaction(() => {
    const held = listLogins(context, destination.id);
    const moved = listLogins(context, source.id);
    for (const { provider, developer } of moved)
      if (!developer && held.some((login) => !login.developer && login.provider === provider))
        throw refusals.conflict();
    if (held.length + moved.length > MOST_LOGINS)
      throw new CognitoError('ResourceConflictException', `An identity has at most ${MOST_LOGINS} logins.`);
    for (const login of moved) putLogin(context, destination.identityPoolId, login, destination.id);
    touchIdentity(context, destination.id);
    disableIdentity(context, source.id);
  });
}
