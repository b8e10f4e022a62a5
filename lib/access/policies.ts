import type { Policy } from './policy.ts';

/**
 * The policy table: each gated page, and with it every page below its path. The middleware rejects early by this
 * table and the page's own guard applies the same line again.
 */
export const pagePolicies = {
  '/home': {},
  '/admin': { groups: { any: ['admins'] } },
  '/pro': { claims: [{ claim: 'custom:plan', match: 'Equals', value: 'pro' }] },
} as const satisfies Record<`/${string}`, Policy>;

export type GatedPath = keyof typeof pagePolicies;

/** @returns the policy that covers a path, or undefined for a public one */
export function policyFor(pathname: string): Policy | undefined {
  const covering = Object.entries(pagePolicies).find(
    ([path]) => pathname === path || pathname.startsWith(`${path}/`),
  );
  return covering?.[1];
}
