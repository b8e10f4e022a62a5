import type { MatchType } from './match-types.ts';

/** One rule of an identity pool (Cognito: using rule-based mapping to assign roles). */
export interface MappingRule {
  readonly claim: string;
  readonly match: MatchType;
  readonly value: string;
  readonly roleArn: string;
}

/** How an identity pool chooses the role of those who come with ID tokens of one app client. */
export interface RoleSettings {
  /** The role for everybody who is signed in. */
  readonly authenticated: string | undefined;
  /** Absent where that role is the only one. */
  readonly mapping:
    | {
        readonly type: 'Rules' | 'Token';
        readonly otherwise: 'AuthenticatedRole' | 'Deny';
        readonly rules: readonly MappingRule[];
      }
    | undefined;
}

/** A rule is not reached once another one has matched, and unknown where the claim may be there and cannot be seen. */
export type RuleOutcome = 'matched' | 'not_matched' | 'not_reached' | 'unknown';

export interface JudgedRule extends MappingRule {
  readonly outcome: RuleOutcome;
  /** What the claim says, as it is compared; undefined where there is no such claim. */
  readonly found: string | undefined;
}

/** What the role follows from; `no_role`, `denied` and `unknown` go without one. */
export type RoleReason = 'rule' | 'preferred_role' | 'authenticated_role' | 'no_role' | 'denied' | 'unknown';

export interface RoleExplanation {
  readonly rules: readonly JudgedRule[];
  readonly reason: RoleReason;
  readonly roleArn: string | undefined;
}

type Claims = Readonly<Record<string, unknown>>;
type Choice = Omit<RoleExplanation, 'rules'>;

const textOf = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

function found(claims: Claims, claim: string): unknown {
  return Object.hasOwn(claims, claim) ? (claims[claim] ?? undefined) : undefined;
}

/**
 * Case counts. A claim that is not there matches nothing, not even `NotEqual`. Cognito does not say how lists are
 * compared: here any element may match, none may for `NotEqual`, and `Contains` looks into the list as JSON.
 */
function matches({ match, value }: MappingRule, claim: unknown): boolean {
  if (claim === undefined) return false;
  const texts = (Array.isArray(claim) ? claim : [claim]).map(textOf);
  switch (match) {
    case 'Equals':
      return texts.includes(value);
    case 'NotEqual':
      return !texts.includes(value);
    case 'StartsWith':
      return texts.some((text) => text.startsWith(value));
    case 'Contains':
      return textOf(claim).includes(value);
  }
}

function judgeRules(
  rules: readonly MappingRule[],
  claims: Claims,
  isKnown: (claim: string) => boolean,
): JudgedRule[] {
  let decided = false;
  return rules.map((rule) => {
    const claim = found(claims, rule.claim);
    const judged = { ...rule, found: claim === undefined ? undefined : textOf(claim) };
    if (decided) return { ...judged, outcome: 'not_reached' };
    if (!isKnown(rule.claim)) return { ...judged, outcome: 'unknown' };
    decided = matches(rule, claim);
    return { ...judged, outcome: decided ? 'matched' : 'not_matched' };
  });
}

function byDefault({ authenticated, mapping }: RoleSettings): Choice {
  if (mapping?.otherwise === 'Deny') return { reason: 'denied', roleArn: undefined };
  return { reason: authenticated === undefined ? 'no_role' : 'authenticated_role', roleArn: authenticated };
}

/**
 * Which role GetCredentialsForIdentity chooses for an ID token, and why (Cognito: using role-based access control). A
 * caller who names a role of their own (`CustomRoleArn`) is not looked at: this application names none.
 * @param claims those of the ID token, or what is known of them
 * @param isKnown whether a claim would be among them if the token had it
 */
export function explainRole(
  settings: RoleSettings,
  claims: Claims,
  isKnown: (claim: string) => boolean = () => true,
): RoleExplanation {
  const { mapping } = settings;
  if (mapping?.type === 'Token') {
    const preferred = found(claims, 'cognito:preferred_role');
    if (!isKnown('cognito:preferred_role')) return { rules: [], reason: 'unknown', roleArn: undefined };
    if (typeof preferred === 'string') return { rules: [], reason: 'preferred_role', roleArn: preferred };
    return { rules: [], ...byDefault(settings) };
  }
  const rules = judgeRules(mapping?.rules ?? [], claims, isKnown);
  if (rules.some(({ outcome }) => outcome === 'unknown'))
    return { rules, reason: 'unknown', roleArn: undefined };
  const rule = rules.find(({ outcome }) => outcome === 'matched');
  return { rules, ...(rule ? { reason: 'rule', roleArn: rule.roleArn } : byDefault(settings)) };
}
