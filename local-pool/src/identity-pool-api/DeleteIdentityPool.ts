import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { refusals } from '../identity-pool/refusals.ts';
import { deleteIdentityPool } from '../store/identity-pools.ts';
import { IdentityPoolId } from './shapes.ts';

/** Removes an identity pool with all its identities (Cognito Federated Identities: DeleteIdentityPool). */
export const operation = signedOperation(z.object({ IdentityPoolId }), (pool, input) => {
  if (!deleteIdentityPool(pool, input.IdentityPoolId)) throw refusals.unknownPool(input.IdentityPoolId);
  return {};
});
