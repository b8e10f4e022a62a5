import type { IdentityPool, MatchType, RoleMapping } from './identity-pool.ts';
import { invalidParameter } from './refusals.ts';

/** A role mapping on the wire (API reference: RoleMapping). */
export interface RoleMappingType {
  Type: 'Token' | 'Rules';
  AmbiguousRoleResolution?: 'AuthenticatedRole' | 'Deny' | undefined;
  RulesConfiguration?:
    | { Rules: { Claim: string; MatchType: MatchType; Value: string; RoleARN: string }[] }
    | undefined;
}

/** Cognito: Identity pools quotas. */
const MOST_RULES = 25;

/**
 * Role mappings by provider name.
 * @throws CognitoError InvalidParameterException for a mapping that is not complete
 */
export function roleMappingsOf(input: Record<string, RoleMappingType> = {}): IdentityPool['roleMappings'] {
  return Object.fromEntries(Object.entries(input).map(([name, mapping]) => [name, roleMappingOf(mapping)]));
}

function roleMappingOf({ Type, AmbiguousRoleResolution, RulesConfiguration }: RoleMappingType): RoleMapping {
  if (!AmbiguousRoleResolution)
    throw invalidParameter('AmbiguousRoleResolution is required for the role mapping types Token and Rules.');
  if (Type === 'Token') return { type: Type, ambiguousRoleResolution: AmbiguousRoleResolution };
  if (!RulesConfiguration)
    throw invalidParameter('RulesConfiguration is required for the role mapping type Rules.');
  if (RulesConfiguration.Rules.length > MOST_RULES)
    throw invalidParameter(`A role mapping can have at most ${MOST_RULES} rules.`);
  return {
    type: Type,
    ambiguousRoleResolution: AmbiguousRoleResolution,
    rules: RulesConfiguration.Rules.map(({ Claim, MatchType, Value, RoleARN }) => ({
      claim: Claim,
      matchType: MatchType,
      value: Value,
      roleArn: RoleARN,
    })),
  };
}

/** API reference: RoleMapping. */
export function roleMappingTypes(mappings: IdentityPool['roleMappings']): Record<string, RoleMappingType> {
  return Object.fromEntries(
    Object.entries(mappings).map(([name, mapping]) => [name, roleMappingType(mapping)]),
  );
}

function roleMappingType({ type, ambiguousRoleResolution, rules }: RoleMapping): RoleMappingType {
  return {
    Type: type,
    AmbiguousRoleResolution: ambiguousRoleResolution,
    ...(rules && {
      RulesConfiguration: {
        Rules: rules.map(({ claim, matchType, value, roleArn }) => ({
          Claim: claim,
          MatchType: matchType,
          Value: value,
          RoleARN: roleArn,
        })),
      },
    }),
  };
}
