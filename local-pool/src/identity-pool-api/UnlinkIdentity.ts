import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { requireIdentity } from '../identity-pool/find.ts';
import { requireProof } from '../identity-pool/identities.ts';
import { verifyLogins } from '../identity-pool/login.ts';
import { canonicalProviderName } from '../identity-pool/provider-name.ts';
import { unlinkLogins } from '../identity-pool/unlink.ts';
import { IdentityId, LoginsList, LoginsMap } from './shapes.ts';

/** Takes public logins from an identity that the caller proves to be theirs (UnlinkIdentity). */
export const operation = publicOperation(
  z.object({ IdentityId, Logins: LoginsMap, LoginsToRemove: LoginsList }),
  async (pool, input) => {
    const { identityPool } = requireIdentity(pool, input.IdentityId);
    const presented = await verifyLogins(pool, identityPool, input.Logins);
    const removed = input.LoginsToRemove.map((name) => canonicalProviderName(pool, name));
    pool.store.transaction(() => {
      const known = requireIdentity(pool, input.IdentityId);
      requireProof(pool, known.identityPool, known.identity, presented);
      unlinkLogins(
        pool,
        known.identity,
        ({ developer, provider }) => !developer && removed.includes(provider),
      );
    });
    return {};
  },
);
