import { z } from 'zod';
import { integer, list, text } from '../aws-json/shapes.ts';

/** Shapes by their names in the API model, with its constraints (API reference: Amazon Cognito Federated Identities). */
export const IdentityPoolId = text({ min: 1, max: 55, pattern: String.raw`[\w-]+:[0-9a-f-]+` });
export const IdentityId = IdentityPoolId;
export const IdentityPoolName = text({ min: 1, max: 128, pattern: String.raw`[\w\s+=,.@-]+` });
export const AccountId = text({ min: 1, max: 15, pattern: String.raw`\d+` });
export const ARNString = text({ min: 20, max: 2048 });
export const DeveloperProviderName = text({ min: 1, max: 128, pattern: String.raw`[\w._-]+` });
export const DeveloperUserIdentifier = text({ min: 1, max: 1024 });
export const IdentityProviderName = text({ min: 1, max: 128 });
export const PaginationKey = text({ min: 1, max: 65_535, pattern: String.raw`[\S]+` });
export const QueryLimit = integer({ min: 1, max: 60 });
export const TokenDuration = integer({ min: 1, max: 86_400 });
export const IdentityIdList = list(IdentityId, { min: 1, max: 60 });
export const LoginsList = list(IdentityProviderName);
export const TagKeysType = text({ min: 1, max: 128 });

/** A map whose keys and values have shapes of their own. */
function map<Key extends z.ZodString, Value extends z.ZodType>(key: Key, value: Value, max?: number) {
  return z.record(key, value).check(({ value: members, issues }) => {
    if (max !== undefined && Object.keys(members).length > max)
      issues.push({ code: 'too_big', origin: 'map', maximum: max, input: members });
  });
}

export const LoginsMap = map(IdentityProviderName, text({ min: 1, max: 50_000 }), 10);
export const IdentityPoolTagsType = map(TagKeysType, text({ max: 256 }), 50);
export const PrincipalTags = map(text({ min: 1, max: 128 }), text({ min: 1, max: 256 }), 50);
export const RolesMap = map(text({ min: 1, max: 128, pattern: '(un)?authenticated' }), ARNString, 2);

const CognitoIdentityProvider = z.object({
  ProviderName: text({ min: 1, max: 128, pattern: String.raw`[\w._:/-]+` }),
  ClientId: text({ min: 1, max: 128, pattern: String.raw`[\w_]+` }),
  ServerSideTokenCheck: z.boolean().optional(),
});

const MappingRule = z.object({
  Claim: text({ min: 1, max: 64, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+` }),
  MatchType: z.enum(['Equals', 'Contains', 'StartsWith', 'NotEqual']),
  Value: text({ min: 1, max: 128 }),
  RoleARN: ARNString,
});

const RoleMapping = z.object({
  Type: z.enum(['Token', 'Rules']),
  AmbiguousRoleResolution: z.enum(['AuthenticatedRole', 'Deny']).optional(),
  RulesConfiguration: z.object({ Rules: list(MappingRule, { min: 1, max: 400 }) }).optional(),
});

export const RoleMappingMap = map(IdentityProviderName, RoleMapping, 10);

/** The members of CreateIdentityPool, which UpdateIdentityPool takes all again. */
export const identityPoolMembers = {
  IdentityPoolName,
  AllowUnauthenticatedIdentities: z.boolean(),
  AllowClassicFlow: z.boolean().optional(),
  SupportedLoginProviders: map(
    IdentityProviderName,
    text({ min: 1, max: 128, pattern: String.raw`[\w.;_/-]+` }),
    10,
  ).optional(),
  DeveloperProviderName: DeveloperProviderName.optional(),
  OpenIdConnectProviderARNs: list(ARNString).optional(),
  CognitoIdentityProviders: list(CognitoIdentityProvider).optional(),
  SamlProviderARNs: list(ARNString).optional(),
  IdentityPoolTags: IdentityPoolTagsType.optional(),
};
