import type { MatchType } from '#lib/cognito/match-types.ts';

/** The word between a claim and the value that a rule compares it with. */
export const matchWords: Record<MatchType, string> = {
  Equals: 'equals',
  NotEqual: 'is set and is not',
  StartsWith: 'starts with',
  Contains: 'contains',
};
