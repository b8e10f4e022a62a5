import { z } from 'zod';
import { CognitoError, StartError } from '../../errors.ts';
import type { IdentityPool } from '../../identity-pool/identity-pool.ts';
import { roleMappingsOf } from '../../identity-pool/role-mapping-type.ts';
import { flag } from '../property-types.ts';

const rule = z.strictObject({
  Claim: z.string(),
  MatchType: z.enum(['Equals', 'Contains', 'StartsWith', 'NotEqual']),
  Value: z.string(),
  RoleARN: z.string(),
});

const roleMapping = z.strictObject({
  IdentityProvider: z.string().optional(),
  Type: z.enum(['Token', 'Rules']),
  AmbiguousRoleResolution: z.enum(['AuthenticatedRole', 'Deny']).optional(),
  RulesConfiguration: z.strictObject({ Rules: z.array(rule).min(1) }).optional(),
});

export const identityPoolRoleAttachmentProperties = z.strictObject({
  IdentityPoolId: z.string(),
  Roles: z
    .strictObject({ authenticated: z.string().optional(), unauthenticated: z.string().optional() })
    .optional(),
  RoleMappings: z.record(z.string(), roleMapping).optional(),
});

export const identityPoolPrincipalTagProperties = z.strictObject({
  IdentityPoolId: z.string(),
  IdentityProviderName: z.string(),
  UseDefaults: flag.optional(),
  PrincipalTags: z.record(z.string(), z.string()).optional(),
});

/**
 * CloudFormation: AWS::Cognito::IdentityPoolRoleAttachment. The key of a mapping is the provider's name unless the
 * mapping says IdentityProvider, which may be made from references as a key cannot.
 * @throws StartError for a mapping that is not complete
 */
export function attachRoles(
  logicalId: string,
  identityPool: IdentityPool,
  { Roles = {}, RoleMappings = {} }: z.infer<typeof identityPoolRoleAttachmentProperties>,
): void {
  const { authenticated, unauthenticated } = Roles;
  identityPool.roles = {
    ...(authenticated !== undefined && { authenticated }),
    ...(unauthenticated !== undefined && { unauthenticated }),
  };
  const byProvider = Object.entries(RoleMappings).map(([key, mapping]) => [
    mapping.IdentityProvider ?? key,
    mapping,
  ]);
  try {
    identityPool.roleMappings = roleMappingsOf(Object.fromEntries(byProvider));
  } catch (error) {
    if (error instanceof CognitoError) throw new StartError(`${logicalId}.RoleMappings: ${error.message}`);
    throw error;
  }
}

/** Adds a provider's tag mapping (CloudFormation: AWS::Cognito::IdentityPoolPrincipalTag). */
export function mapPrincipalTags(
  identityPool: IdentityPool,
  properties: z.infer<typeof identityPoolPrincipalTagProperties>,
): void {
  const { IdentityProviderName, UseDefaults = false, PrincipalTags = {} } = properties;
  identityPool.principalTags = {
    ...identityPool.principalTags,
    [IdentityProviderName]: { useDefaults: UseDefaults, tags: PrincipalTags },
  };
}
