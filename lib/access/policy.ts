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
  /** The sign-in must have taken a second factor: `amr` names `mfa` (Cognito: tokens; Essentials and Plus tiers). */
  readonly mfa?: true;
}

type Judgement = 'allowed' | 'forbidden' | 'insufficient_scope' | StepUp;

/** What another sign-in may mend. */
export type StepUp = 'stale_sign_in' | 'second_factor_missing';

export const isStepUp = (judgement: Judgement): judgement is StepUp =>
  judgement === 'stale_sign_in' || judgement === 'second_factor_missing';

/**
 * Whether a principal satisfies a policy. What another sign-in may mend is named last: it helps only someone who meets
 * the rest.
 * @param now seconds since the epoch
 */
export function judge(policy: Policy, principal: Principal, now: number): Judgement {
  const { groups, claims = [], scopes = [], signedInWithin, mfa } = policy;
  const inGroup = (name: string) => principal.groups.includes(name);
  if (groups?.any && !groups.any.some(inGroup)) return 'forbidden';
  if (groups?.all && !groups.all.every(inGroup)) return 'forbidden';
  if (!claims.every((rule) => matchesRule(rule, principal.claims))) return 'forbidden';
  if (!scopes.every((scope) => principal.scopes.includes(scope))) return 'insufficient_scope';
  if (mfa && !principal.authenticationMethods.includes('mfa')) return 'second_factor_missing';
  if (signedInWithin !== undefined && now - principal.authenticatedAt >= signedInWithin)
    return 'stale_sign_in';
  return 'allowed';
}
