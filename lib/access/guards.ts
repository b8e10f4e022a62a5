import { cookies, headers } from 'next/headers';
import { forbidden, redirect, unauthorized } from 'next/navigation';
import { cache } from 'react';
import { config } from '../config.ts';
import { AppError } from '../errors.ts';
import { type CurrentSession, type LiveSession, readCurrentSession } from '../session/current.ts';
import { sessionStanding } from '../session/standing.ts';
import { visitorOf } from '../session/visitor.ts';
import { endedSessionPath } from './ended-session-path.ts';
import { type GatedPath, pagePolicies } from './policies.ts';
import { judge, type Policy } from './policy.ts';
import { type Principal, principalOfSession } from './principal.ts';
import { signInPath } from './sign-in-path.ts';

type GuardedSession =
  | Exclude<CurrentSession, { kind: 'live' }>
  /** The cookies are good, and the registry says that the session has ended: from another device, say. */
  | { kind: 'signed_out' }
  /** `confirmed` is false while the registry cannot be asked: enough for reading. */
  | ({ kind: 'live'; confirmed: boolean } & LiveSession);

const currentSession = cache(async (): Promise<GuardedSession> => {
  // Asked first: this is what tells the build that a page cannot be rendered ahead of its request.
  const store = await cookies();
  const current = await readCurrentSession(config(), store);
  if (current.kind !== 'live') return current;
  const standing = await sessionStanding(config(), current, visitorOf(await headers()));
  return standing === 'ended' ? { kind: 'signed_out' } : { ...current, confirmed: standing === 'stands' };
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

async function sessionOrUnavailable(): Promise<GuardedSession> {
  const current = await currentSession();
  if (current.kind === 'unavailable') throw new AppError('user_pool_unavailable');
  return current;
}

/**
 * The guard of a page: call it first. It does not rely on the middleware, which a request may have gone around.
 * Anonymous people are sent to sign in, those whose session has ended elsewhere to where its cookies are cleared, and
 * people the policy refuses see the 403 page. While the registry cannot be asked, a verified session may go on reading.
 * @param path the page's line in the policy table
 * @throws AppError `user_pool_unavailable` when nothing can be verified now
 */
export async function requirePage(path: GatedPath): Promise<Principal> {
  const current = await sessionOrUnavailable();
  if (current.kind === 'signed_out') redirect(endedSessionPath(path));
  if (current.kind !== 'live') redirect(signInPath({ returnTo: path }));
  const principal = principalOfSession(current);
  const judgement = judge(pagePolicies[path], principal, now());
  if (judgement === 'stale_sign_in') redirect(signInPath({ returnTo: path, reason: 'recent' }));
  if (judgement !== 'allowed') forbidden();
  return principal;
}

/**
 * The guard of a server action or a form's route handler: nobody is sent anywhere, because what was typed would be
 * lost. Answers 401 or 403. What changes something wants to know that the session stands.
 * @throws AppError `user_pool_unavailable`, `database_unavailable`
 */
export async function requireAction(policy: Policy): Promise<Principal> {
  const current = await sessionOrUnavailable();
  if (current.kind !== 'live') unauthorized();
  if (!current.confirmed) throw new AppError('database_unavailable');
  const principal = principalOfSession(current);
  if (judge(policy, principal, now()) !== 'allowed') forbidden();
  return principal;
}
