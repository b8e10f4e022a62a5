import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { deleteIdentity } from '../store/identity-pool-identities.ts';
import { IdentityIdList } from './shapes.ts';

/** Removes identities; those that are not there count as removed (Cognito Federated Identities: DeleteIdentities). */
export const operation = signedOperation(z.object({ IdentityIdsToDelete: IdentityIdList }), (pool, input) => {
  pool.store.transaction(() => {
    for (const id of input.IdentityIdsToDelete) deleteIdentity(pool, id);
  });
  return { UnprocessedIdentityIds: [] };
});
