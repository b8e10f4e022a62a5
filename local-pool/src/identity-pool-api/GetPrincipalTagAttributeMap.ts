import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireIdentityPool } from '../identity-pool/find.ts';
import { canonicalProviderName } from '../identity-pool/provider-name.ts';
import { principalTagAttributeMap } from './principal-tag-map.ts';
import { IdentityPoolId, IdentityProviderName } from './shapes.ts';

/** Which claims of a provider become session tags (GetPrincipalTagAttributeMap). */
export const operation = signedOperation(
  z.object({ IdentityPoolId, IdentityProviderName }),
  (pool, input) => {
    const name = input.IdentityProviderName;
    const identityPool = requireIdentityPool(pool, input.IdentityPoolId);
    return principalTagAttributeMap(identityPool, canonicalProviderName(pool, name), name);
  },
);
