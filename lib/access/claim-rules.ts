import type { MatchType } from '../cognito/match-types.ts';

/**
 * One condition on one claim, in the grammar of Cognito's role mapping rules
 * (Cognito: using rule-based mapping to assign roles).
 */
export interface ClaimRule {
  readonly claim: string;
  readonly match: MatchType;
  readonly value: string;
}

/**
 * @returns whether the claim is there, is a string, and matches. As with Cognito, a claim that is absent matches
 * nothing, not even `NotEqual`; comparison is by exact case. Unlike `explainRole`, this does not look into lists: Cognito
 * does not say how they are compared, and what is a guess there would open a page here.
 */
export function matchesRule(rule: ClaimRule, claims: Readonly<Record<string, unknown>>): boolean {
  if (!Object.hasOwn(claims, rule.claim)) return false;
  const actual = claims[rule.claim];
  if (typeof actual !== 'string') return false;
  switch (rule.match) {
    case 'Equals':
      return actual === rule.value;
    case 'NotEqual':
      return actual !== rule.value;
    case 'StartsWith':
      return actual.startsWith(rule.value);
    case 'Contains':
      return actual.includes(rule.value);
  }
}
