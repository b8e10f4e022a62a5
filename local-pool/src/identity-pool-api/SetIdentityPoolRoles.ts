import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireIdentityPool } from '../identity-pool/find.ts';
import { roleMappingsOf } from '../identity-pool/role-mapping-type.ts';
import { putIdentityPool } from '../store/identity-pools.ts';
import { IdentityPoolId, RoleMappingMap, RolesMap } from './shapes.ts';

/** Replaces roles and role mappings (Cognito Federated Identities: SetIdentityPoolRoles). */
export const operation = signedOperation(
  z.object({ IdentityPoolId, Roles: RolesMap, RoleMappings: RoleMappingMap.optional() }),
  (pool, input) => {
    const identityPool = requireIdentityPool(pool, input.IdentityPoolId);
    putIdentityPool(pool, {
      ...identityPool,
      roles: input.Roles,
      roleMappings: roleMappingsOf(input.RoleMappings),
    });
    return {};
  },
);
