import { type IdentityPool, type MappingRule, ownMember, type RoleMapping } from './identity-pool.ts';

/** What decides the role of a session. */
export interface RoleRequest {
  roles: IdentityPool['roles'];
  /** Absent for a guest. */
  login?: { mapping?: RoleMapping; claims: Record<string, unknown> };
  customRoleArn?: string;
}

export type RoleChoice =
  | { kind: 'role'; roleArn: string }
  /** The pool has no role for this case. */
  | { kind: 'none' }
  /** No rule or role fits, and the mapping says Deny. */
  | { kind: 'denied' }
  /** CustomRoleArn is not one that the caller may choose. */
  | { kind: 'custom-role-refused' };

/**
 * Chooses the role of GetCredentialsForIdentity (Cognito: Using role-based access control; section 5.6 of the behaviour
 * notes). CustomRoleArn chooses among `cognito:roles` of a mapping of the type Token; anywhere else it is refused.
 */
export function selectRole({ roles, login, customRoleArn }: RoleRequest): RoleChoice {
  const mapping = login?.mapping;
  if (login && mapping?.type === 'Token') return roleOfToken(roles, mapping, login.claims, customRoleArn);
  if (customRoleArn !== undefined) return { kind: 'custom-role-refused' };
  if (!login) return roleOrNone(roles.unauthenticated);
  if (!mapping) return roleOrNone(roles.authenticated);
  const rule = mapping.rules?.find((candidate) => matches(candidate, login.claims));
  return rule ? { kind: 'role', roleArn: rule.roleArn } : ambiguous(roles, mapping);
}

function roleOfToken(
  roles: IdentityPool['roles'],
  mapping: RoleMapping,
  claims: Record<string, unknown>,
  customRoleArn: string | undefined,
): RoleChoice {
  if (customRoleArn !== undefined) {
    const own: unknown = claims['cognito:roles'];
    const allowed = Array.isArray(own) && own.includes(customRoleArn);
    return allowed ? { kind: 'role', roleArn: customRoleArn } : { kind: 'custom-role-refused' };
  }
  const preferred = claims['cognito:preferred_role'];
  return typeof preferred === 'string' ? { kind: 'role', roleArn: preferred } : ambiguous(roles, mapping);
}

function ambiguous(roles: IdentityPool['roles'], { ambiguousRoleResolution }: RoleMapping): RoleChoice {
  return ambiguousRoleResolution === 'Deny' ? { kind: 'denied' } : roleOrNone(roles.authenticated);
}

function roleOrNone(roleArn: string | undefined): RoleChoice {
  return roleArn === undefined ? { kind: 'none' } : { kind: 'role', roleArn };
}

/**
 * Whether a rule fits. Case counts. A claim that the token lacks fits no rule, not even NotEqual. Of a list any element
 * may fit, none may for NotEqual, and Contains looks in the list's JSON (Cognito leaves lists open).
 */
function matches({ claim, matchType, value }: MappingRule, claims: Record<string, unknown>): boolean {
  const found = ownMember(claims, claim);
  if (found === undefined || found === null) return false;
  const texts = (Array.isArray(found) ? found : [found]).map(textOf);
  switch (matchType) {
    case 'Equals':
      return texts.includes(value);
    case 'NotEqual':
      return !texts.includes(value);
    case 'StartsWith':
      return texts.some((text) => text.startsWith(value));
    case 'Contains':
      return textOf(found).includes(value);
  }
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
