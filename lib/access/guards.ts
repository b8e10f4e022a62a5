import { cookies, headers } from 'next/headers';
import { forbidden, redirect } from 'next/navigation';
import { cache } from 'react';
import { config } from '../config.ts';
import { AppError } from '../errors.ts';
import { type CurrentSession, type LiveSession, readCurrentSession } from '../session/current.ts';
import { sessionStanding } from '../session/standing.ts';
import { alreadyVerified } from '../session/verified-session.ts';
import { visitorOf } from '../session/visitor.ts';
import { countRefusal, timeGuard } from '../telemetry/metrics.ts';
import { endedSessionPath } from './ended-session-path.ts';
import { type GatedPath, pagePolicies } from './policies.ts';
import { isStepUp, judge } from './policy.ts';
import { type Principal, principalOfSession } from './principal.ts';
import { signInPath, stepUpPath } from './sign-in-path.ts';

type GuardedSession =
  | Exclude<CurrentSession, { kind: 'live' }>
  /** The cookies are good, and the registry says that the session has ended: from another device, say. */
  | { kind: 'signed_out' }
  /** `confirmed` is false while the registry cannot be asked: enough for reading. */
  | ({ kind: 'live'; confirmed: boolean } & LiveSession);

/** What the middleware has verified for this request in this process, or else what its cookies say. */
async function currentSession(received: Pick<Headers, 'get'>): Promise<CurrentSession> {
  const verified = alreadyVerified(received.get('cookie'));
  return verified ? { kind: 'live', ...verified } : await readCurrentSession(config(), await cookies());
}

/** The session of this request with the registry's word on it, asked for once per render. */
export const guardedSession = cache(async (): Promise<GuardedSession> => {
  // Asked first: this is what tells the build that a page cannot be rendered ahead of its request.
  const received = await headers();
  return await timeGuard('page', async () => {
    const current = await currentSession(received);
    if (current.kind !== 'live') return current;
    const standing = await sessionStanding(config(), current, () => visitorOf(received));
    return standing === 'ended' ? { kind: 'signed_out' } : { ...current, confirmed: standing === 'stands' };
  });
});

/** The live session of this request, verified once per render; undefined when nobody is signed in. */
export async function getSession(): Promise<LiveSession | undefined> {
  const current = await guardedSession();
  return current.kind === 'live' ? current : undefined;
}

/** The signed-in person, for pages that are open to everybody. */
export async function getPrincipal(): Promise<Principal | undefined> {
  const session = await getSession();
  return session && principalOfSession(session);
}

/**
 * The guard of a page: call it first. It does not rely on the middleware, which a request may have gone around.
 * Anonymous people are sent to sign in, those whose session has ended elsewhere to where its cookies are cleared, and
 * people the policy refuses see the 403 page. While the registry cannot be asked, a verified session may go on reading.
 * @param path the page's line in the policy table
 * @param address where people return to once they have signed in, for a page below that line
 * @throws AppError `user_pool_unavailable` when nothing can be verified now
 */
export async function requirePage(path: GatedPath, address: string = path): Promise<Principal> {
  const current = await guardedSession();
  if (current.kind === 'unavailable') {
    countRefusal('user_pool_unavailable', 'page');
    throw new AppError('user_pool_unavailable');
  }
  if (current.kind !== 'live') countRefusal('not_signed_in', 'page');
  if (current.kind === 'signed_out') redirect(endedSessionPath(address));
  if (current.kind !== 'live') redirect(signInPath({ returnTo: address }));
  const principal = principalOfSession(current);
  const judgement = judge(pagePolicies[path], principal, Math.floor(Date.now() / 1_000));
  if (judgement !== 'allowed') countRefusal(judgement, 'page');
  if (isStepUp(judgement)) redirect(stepUpPath(address, judgement));
  if (judgement !== 'allowed') forbidden();
  return principal;
}
