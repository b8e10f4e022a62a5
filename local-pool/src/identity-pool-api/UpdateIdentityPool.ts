import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireIdentityPool } from '../identity-pool/find.ts';
import { identityPoolOf, identityPoolType } from '../identity-pool/identity-pool-type.ts';
import { invalidParameter } from '../identity-pool/refusals.ts';
import { putIdentityPool } from '../store/identity-pools.ts';
import { IdentityPoolId, identityPoolMembers } from './shapes.ts';

/** Replaces everything but roles and tag mappings; a developer provider's name is for good (UpdateIdentityPool). */
export const operation = signedOperation(
  z.object({ IdentityPoolId, ...identityPoolMembers }),
  (pool, { IdentityPoolId: id, ...input }) => {
    const existing = requireIdentityPool(pool, id);
    const { developerProviderName = input.DeveloperProviderName } = existing;
    if (developerProviderName !== input.DeveloperProviderName)
      throw invalidParameter('DeveloperProviderName cannot be changed once it is set.');
    const identityPool = identityPoolOf(id, input, existing);
    putIdentityPool(pool, identityPool);
    return identityPoolType(identityPool);
  },
);
