import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireIdentityPool } from '../identity-pool/find.ts';
import { roleMappingTypes } from '../identity-pool/role-mapping-type.ts';
import { IdentityPoolId } from './shapes.ts';

/** The roles of an identity pool and how logins choose among them (GetIdentityPoolRoles). */
export const operation = signedOperation(z.object({ IdentityPoolId }), (pool, input) => {
  const { id, roles, roleMappings } = requireIdentityPool(pool, input.IdentityPoolId);
  return {
    IdentityPoolId: id,
    Roles: roles,
    ...(Object.keys(roleMappings).length > 0 && { RoleMappings: roleMappingTypes(roleMappings) }),
  };
});
