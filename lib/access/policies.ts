import type { Policy } from './policy.ts';

/**
 * The policy table: each gated page, and with it everything below its path that has no line of its own. The middleware
 * rejects early by this table, and the guard of the page or of the form applies the same line again.
 */
export const pagePolicies = {
  '/home': {},
  '/notes': {},
  '/admin': { groups: { any: ['admins'] } },
  '/admin/sign-out': { groups: { any: ['admins'] }, signedInWithin: 900 },
  '/admin/token-usage': { groups: { any: ['admins'] } },
  '/admin/downstream': { groups: { any: ['admins'] } },
  '/account/sessions': {},
  '/account/password': {},
  '/account/aws-credentials': {},
  '/pro': { claims: [{ claim: 'custom:plan', match: 'Equals', value: 'pro' }] },
} as const satisfies Record<`/${string}`, Policy>;

export type GatedPath = keyof typeof pagePolicies;

const longestFirst = Object.entries<Policy>(pagePolicies).sort(([a], [b]) => b.length - a.length);

/** @returns the policy of the nearest line that covers a path, or undefined for a public one */
export const policyFor = (pathname: string): Policy | undefined =>
  longestFirst.find(([path]) => pathname === path || pathname.startsWith(`${path}/`))?.[1];
