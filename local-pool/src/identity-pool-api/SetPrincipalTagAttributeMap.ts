import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireIdentityPool } from '../identity-pool/find.ts';
import { canonicalProviderName } from '../identity-pool/provider-name.ts';
import { putIdentityPool } from '../store/identity-pools.ts';
import { principalTagAttributeMap } from './principal-tag-map.ts';
import { IdentityPoolId, IdentityProviderName, PrincipalTags } from './shapes.ts';

/** Says which claims of a provider become session tags (SetPrincipalTagAttributeMap). */
export const operation = signedOperation(
  z.object({
    IdentityPoolId,
    IdentityProviderName,
    UseDefaults: z.boolean().optional(),
    PrincipalTags: PrincipalTags.optional(),
  }),
  (pool, { UseDefaults = false, PrincipalTags: tags = {}, ...input }) => {
    const existing = requireIdentityPool(pool, input.IdentityPoolId);
    const provider = canonicalProviderName(pool, input.IdentityProviderName);
    const identityPool = {
      ...existing,
      principalTags: { ...existing.principalTags, [provider]: { useDefaults: UseDefaults, tags } },
    };
    putIdentityPool(pool, identityPool);
    return principalTagAttributeMap(identityPool, provider, input.IdentityProviderName);
  },
);
