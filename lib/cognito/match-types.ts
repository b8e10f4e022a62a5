/** How a rule compares a claim with its value (Cognito: MappingRule, `MatchType`). */
export const matchTypes = ['Equals', 'NotEqual', 'StartsWith', 'Contains'] as const;

export type MatchType = (typeof matchTypes)[number];
