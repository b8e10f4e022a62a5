import { cookies } from 'next/headers';
import { forbidden, redirect, unauthorized } from 'next/navigation';
import { cache } from 'react';
import { config } from '../config.ts';
import { AppError } from '../errors.ts';
import { type LiveSession, readCurrentSession } from '../session/current.ts';
import { type GatedPath, pagePolicies } from './policies.ts';
import { judge, type Policy } from './policy.ts';
import { type Principal, principalOfSession } from './principal.ts';
import { signInPath } from './sign-in-path.ts';

const currentSession = cache(async () => {
  // Asked first: this is what tells the build that a page cannot be rendered ahead of its request.
  const store = await cookies();
  return await readCurrentSession(config(), store);
});

/** The live session of this request, verified once per render; undefined when nobody is signed in. */
export async function getSession(): Promise<LiveSession | undefined> {
  const current = await currentSession();
  return current.kind === 'live' ? current : undefined;
}

/** The signed-in person, for pages that are open to everybody. */
export async function getPrincipal(): Promise<Principal | undefined> {
  const session = await getSession();
  return session && principalOfSession(session);
}

const now = (): number => Math.floor(Date.now() / 1_000);

async function principalOrUnavailable(): Promise<Principal | undefined> {
  const current = await currentSession();
  if (current.kind === 'unavailable') throw new AppError('user_pool_unavailable');
  return current.kind === 'live' ? principalOfSession(current) : undefined;
}

/**
 * The guard of a page: call it first. It does not rely on the middleware, which a request may have gone around.
 * Anonymous people are sent to sign in, people the policy refuses see the 403 page.
 * @param path the page's line in the policy table
 * @throws AppError `user_pool_unavailable` when nothing can be verified now
 */
export async function requirePage(path: GatedPath): Promise<Principal> {
  const principal = await principalOrUnavailable();
  if (!principal) redirect(signInPath({ returnTo: path }));
  const judgement = judge(pagePolicies[path], principal, now());
  if (judgement === 'stale_sign_in') redirect(signInPath({ returnTo: path, reason: 'recent' }));
  if (judgement !== 'allowed') forbidden();
  return principal;
}

/**
 * The guard of a server action or a form's route handler: nobody is sent anywhere, because what was typed would be
 * lost. Answers 401 or 403.
 * @throws AppError `user_pool_unavailable`
 */
export async function requireAction(policy: Policy): Promise<Principal> {
  const principal = await principalOrUnavailable();
  if (!principal) unauthorized();
  if (judge(policy, principal, now()) !== 'allowed') forbidden();
  return principal;
}
