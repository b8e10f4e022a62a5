import type { LocalPool } from '../local-pool.ts';
import type { Identity } from '../store/identity-pool-identities.ts';
import { listLogins } from '../store/identity-pool-logins.ts';

/** API reference: IdentityDescription. Its Logins are names of providers; the dates are seconds. */
export function identityDescription(pool: LocalPool, identity: Identity) {
  const providers = new Set(listLogins(pool, identity.id).map(({ provider }) => provider));
  return {
    IdentityId: identity.id,
    Logins: [...providers],
    CreationDate: identity.createdAt / 1000,
    LastModifiedDate: identity.modifiedAt / 1000,
  };
}
