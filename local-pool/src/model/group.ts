export interface Group {
  userPoolId: string;
  name: string;
  description?: string;
  roleArn?: string;
  /** 0 is the strongest; absent is the weakest. */
  precedence?: number;
  /** Milliseconds since the epoch. */
  createdAt: number;
  modifiedAt: number;
}

/** The documented strength, then the name, because Cognito leaves the order of equals open. */
export function byPrecedence(a: Group, b: Group): number {
  const strength = (a.precedence ?? Infinity) - (b.precedence ?? Infinity);
  if (Number.isFinite(strength) && strength !== 0) return strength;
  if ((a.precedence === undefined) !== (b.precedence === undefined))
    return a.precedence === undefined ? 1 : -1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/**
 * The role of `cognito:preferred_role` (Cognito: Role-based access control): the role of the strongest group that
 * has one; none when several equally strong groups disagree.
 */
export function preferredRole(groups: Group[]): string | undefined {
  const withRole = groups.filter((group) => group.roleArn).sort(byPrecedence);
  const strongest = withRole[0];
  const roles = new Set(
    withRole.filter((group) => group.precedence === strongest?.precedence).map((group) => group.roleArn),
  );
  return roles.size === 1 ? strongest?.roleArn : undefined;
}
