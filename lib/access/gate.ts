import { stringifyCookie, stringifySetCookie } from 'cookie';
import type { CookieJar } from 'iron-session';
import { type NextRequest, NextResponse } from 'next/server';
import { type Config, config } from '../config.ts';
import { CONTENT_POLICY, contentSecurityPolicy, newNonce } from '../http/csp.ts';
import { isSafeMethod } from '../http/methods.ts';
import { isFromOwnOrigin } from '../http/origin.ts';
import { RETRY_AFTER_SECONDS, refusal } from '../http/responses.ts';
import { transportSecurity } from '../http/transport-security.ts';
import { currentContentPolicy } from '../request-scope.ts';
import { type KeptSession, keepSession } from '../session/current.ts';
import { handOver, takeHandOverAway } from '../session/id-token-hand-over.ts';
import { writeRefusalNote } from '../session/refusal-note.ts';
import {
  clearOtherGenerations,
  clearSessionCookies,
  rewriteSession,
  writeSessionCookies,
} from '../session/session-cookies.ts';
import { keepVerified } from '../session/verified-session.ts';
import { countRefusal, timeGuard } from '../telemetry/metrics.ts';
import { endedSessionPath } from './ended-session-path.ts';
import { policyFor } from './policies.ts';
import { isStepUp, judge, type Policy } from './policy.ts';
import { principalOfSession } from './principal.ts';
import { signInPath, stepUpPath } from './sign-in-path.ts';

/**
 * Keeps the cookies that are written, for the request that is handed on and for the response. Each is told of them once:
 * `cookies.set` of Next.js writes all of them again every time, and once more for pages, which read them in the request.
 */
function cookiesOf(request: NextRequest) {
  const written = new Map<string, Parameters<CookieJar['write']>>();
  const jar: CookieJar = {
    read: (name) => written.get(name)?.[1] ?? request.cookies.get(name)?.value,
    names: () => [...new Set([...request.cookies.getAll().map(({ name }) => name), ...written.keys()])],
    write: (...line) => void written.set(line[0], line),
  };
  const writeToRequest = () => {
    if (written.size === 0) return;
    const all = jar.names?.().map((name) => [name, jar.read(name)]) ?? [];
    request.headers.set('cookie', stringifyCookie(Object.fromEntries(all)));
  };
  const writeToResponse = ({ headers }: Response) => {
    for (const [name, value, { maxAge, ...attributes }] of written.values()) {
      const lifetime = maxAge === undefined ? {} : { maxAge };
      headers.append('set-cookie', stringifySetCookie({ ...attributes, ...lifetime, name, value }));
    }
  };
  return { jar, writeToRequest, writeToResponse, changed: () => written.size > 0 };
}

/** A request on its way through the gate. */
interface Passage {
  request: NextRequest;
  /** Whether the page has to be told of headers that the gate wrote: to hand them on costs about as much as to judge. */
  rewritten: boolean;
}

const handedOn = ({ request, rewritten }: Passage) =>
  rewritten ? { request: { headers: request.headers } } : {};

const page = (passage: Passage) => NextResponse.next(handedOn(passage));

const errorPage = (name: 'unauthorized' | 'forbidden' | 'unavailable', status: number, passage: Passage) =>
  NextResponse.rewrite(new URL(`/errors/${name}`, passage.request.nextUrl), {
    status,
    ...handedOn(passage),
  });

const addressOf = ({ nextUrl }: NextRequest): string => nextUrl.pathname + nextUrl.search;

const seeOther = (path: string, settings: Config): NextResponse =>
  NextResponse.redirect(new URL(path, settings.appUrl), 303);

/** A request that carries data is not sent anywhere: it could not be repeated afterwards. */
function redirectOr401(passage: Passage, path: string, settings: Config): NextResponse {
  countRefusal('not_signed_in', 'page');
  const { method } = passage.request;
  return isSafeMethod(method) ? seeOther(path, settings) : errorPage('unauthorized', 401, passage);
}

/** What the policy table says to a request, as the response it continues with. */
function answer(
  passage: Passage,
  settings: Config,
  policy: Policy,
  kept: KeptSession,
  now: number,
): NextResponse {
  const { request } = passage;
  const returnTo = addressOf(request);
  switch (kept.kind) {
    case 'none':
      return redirectOr401(passage, signInPath({ returnTo }), settings);
    case 'ended':
      return redirectOr401(passage, signInPath({ returnTo, reason: 'ended' }), settings);
    case 'refused':
      return redirectOr401(passage, endedSessionPath(returnTo), settings);
    case 'unavailable': {
      countRefusal('user_pool_unavailable', 'page');
      const response = errorPage('unavailable', 503, passage);
      response.headers.set('retry-after', `${RETRY_AFTER_SECONDS}`);
      return response;
    }
    case 'live':
    case 'seen':
    case 'refreshed': {
      const judgement = judge(policy, principalOfSession(kept), Math.floor(now / 1_000));
      if (judgement === 'allowed') return page(passage);
      countRefusal(judgement, 'page');
      if (!isStepUp(judgement)) return errorPage('forbidden', 403, passage);
      // A form is for its own guard, which keeps what was typed until the person has signed in again.
      return isSafeMethod(request.method)
        ? seeOther(stepUpPath(returnTo, judgement), settings)
        : page(passage);
    }
  }
}

/** Sets and clears the cookies that follow from what became of the session. */
async function writeCookies(cookies: CookieJar, settings: Config, kept: KeptSession) {
  switch (kept.kind) {
    case 'refreshed':
      return await writeSessionCookies(cookies, settings, kept.session, kept.refreshToken);
    case 'refused':
      await writeRefusalNote(settings, cookies, kept.session);
      return clearSessionCookies(cookies, settings);
    case 'ended':
      return clearSessionCookies(cookies, settings);
    case 'seen':
      await rewriteSession(cookies, settings, kept.session);
      return clearOtherGenerations(cookies, settings, kept.session.generation);
    case 'live':
      return clearOtherGenerations(cookies, settings, kept.session.generation);
  }
}

/**
 * What the edge middleware does with a page request: keeps the session fresh, turns away early whom the policy
 * table refuses, and sets the cookies on the response and on the request, so that the page that renders next
 * already sees them. It is convenience and never the lock: each page calls its own guard.
 * Both directions carry the content security policy: the response for the browser, the request for Next.js, which
 * takes the nonce of its scripts from it. What the sender put there is overwritten, as a rule before Next.js sees it
 * (`markRequests`); on a platform that runs the middleware in another process, here.
 * A form or server action of another site is refused here: Next.js compares with a `Host` that the sender chooses, and
 * lets a request without an `Origin` through.
 */
export async function gate(request: NextRequest): Promise<Response> {
  const settings = config();
  if (!isSafeMethod(request.method) && !isFromOwnOrigin(request.headers, settings.appUrl))
    return refusal('cross_site_request');
  const now = Date.now();
  const given = currentContentPolicy();
  const contentPolicy = given ?? contentSecurityPolicy(settings, newNonce());
  if (!given) request.headers.set(CONTENT_POLICY, contentPolicy);
  const planted = takeHandOverAway(request.headers);
  const cookies = cookiesOf(request);
  const kept = await timeGuard('middleware', () => keepSession(settings, cookies.jar, now));
  await writeCookies(cookies.jar, settings, kept);
  cookies.writeToRequest();
  if ('session' in kept && kept.kind !== 'refused') keepVerified(request.headers.get('cookie'), kept);
  if (kept.kind === 'refreshed' && kept.idToken?.path === request.nextUrl.pathname)
    await handOver(settings, request.headers, kept.session, kept.idToken.token);
  const policy = policyFor(request.nextUrl.pathname);
  const passage = { request, rewritten: !given || planted || cookies.changed() };
  const response = policy ? answer(passage, settings, policy, kept, now) : page(passage);
  cookies.writeToResponse(response);
  response.headers.set('cache-control', 'private, no-store');
  response.headers.append('vary', 'Cookie');
  response.headers.set(CONTENT_POLICY, contentPolicy);
  for (const [name, value] of Object.entries(transportSecurity(settings.appUrl)))
    response.headers.set(name, value);
  return response;
}
