import { type ClaimRule, matchesRule } from './claim-rules.ts';
import type { Principal } from './principal.ts';

/** What a principal must have. Every condition that is given has to hold; `{}` asks only for a sign-in. */
export interface Policy {
  /** Names of Cognito groups, compared exactly: `any` asks for one of them, `all` for each. */
  readonly groups?: { readonly any?: readonly string[]; readonly all?: readonly string[] };
  readonly claims?: readonly ClaimRule[];
  /** OAuth scopes of the access token, all of them. */
  readonly scopes?: readonly string[];
  /** The sign-in must be younger than this, in seconds (`auth_time`, which a refresh does not renew). */
  readonly signedInWithin?: number;
}

export type Judgement = 'allowed' | 'forbidden' | 'insufficient_scope' | 'stale_sign_in';

/**
 * Whether a principal satisfies a policy. A sign-in that is too old is named last: signing in again helps only
 * someone who meets the rest.
 * @param now seconds since the epoch
 */
export function judge(policy: Policy, principal: Principal, now: number): Judgement {
  const { groups, claims = [], scopes = [], signedInWithin } = policy;
  const inGroup = (name: string) => principal.groups.includes(name);
  if (groups?.any && !groups.any.some(inGroup)) return 'forbidden';
  if (groups?.all && !groups.all.every(inGroup)) return 'forbidden';
  if (!claims.every((rule) => matchesRule(rule, principal.claims))) return 'forbidden';
  if (!scopes.every((scope) => principal.scopes.includes(scope))) return 'insufficient_scope';
  if (signedInWithin !== undefined && now - principal.authenticatedAt >= signedInWithin)
    return 'stale_sign_in';
  return 'allowed';
}
