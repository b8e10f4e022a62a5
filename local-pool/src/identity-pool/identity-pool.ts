import { accountId, region } from '../account.ts';

/** A user pool's app client whose ID tokens an identity pool takes (API reference: CognitoIdentityProvider). */
export interface CognitoIdentityProvider {
  /** `cognito-idp.{region}.amazonaws.com/{userPoolId}` */
  providerName: string;
  clientId: string;
  /** Whether the user pool is asked if the user is still there, enabled and signed in. */
  serverSideTokenCheck: boolean;
}

export type MatchType = 'Equals' | 'Contains' | 'StartsWith' | 'NotEqual';

export interface MappingRule {
  claim: string;
  matchType: MatchType;
  value: string;
  roleArn: string;
}

/** How a login's role is chosen (API reference: RoleMapping). */
export interface RoleMapping {
  type: 'Token' | 'Rules';
  ambiguousRoleResolution: 'AuthenticatedRole' | 'Deny';
  /** Of the type Rules alone; the first that matches counts. */
  rules?: MappingRule[];
}

/** Which claims of a login become tags of the session (Cognito: Using attributes for access control). */
export interface PrincipalTagMap {
  useDefaults: boolean;
  /** Tag key -> claim name. */
  tags: Record<string, string>;
}

export interface IdentityPool {
  /** `{region}:{uuid}` */
  id: string;
  name: string;
  allowUnauthenticated: boolean;
  /** Whether GetOpenIdToken answers. */
  allowClassicFlow?: boolean;
  /** Social provider -> the application's ID there. */
  supportedLoginProviders?: Record<string, string>;
  developerProviderName?: string;
  openIdConnectProviderArns?: string[];
  cognitoIdentityProviders?: CognitoIdentityProvider[];
  samlProviderArns?: string[];
  tags: Record<string, string>;
  roles: { authenticated?: string; unauthenticated?: string };
  /** By provider name, for user pools with `:{clientId}` at the end. */
  roleMappings: Record<string, RoleMapping>;
  /** By provider name. */
  principalTags: Record<string, PrincipalTagMap>;
}

/** The ARN that tags and OpenID tokens name an identity pool by. */
export function identityPoolArn(id: string): string {
  return `arn:aws:cognito-identity:${region}:${accountId}:identitypool/${id}`;
}

/** A record's own member: what callers name may be `__proto__`. */
export function ownMember<Value>(record: Record<string, Value>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
