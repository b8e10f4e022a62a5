import type { Agent } from 'node:http';
import { cookies, headers } from 'next/headers';
import { NextRequest } from 'next/server';
import NextAuth, { type AuthOptions } from 'next-auth';
import CognitoProvider from 'next-auth/providers/cognito';
import { z } from 'zod';
import { callbackUrl, endpoints, SIGN_IN_SCOPES } from '../cognito/endpoints.ts';
import type { Config } from '../config.ts';
import type { ErrorCode } from '../errors.ts';
import { deadlineAgent } from '../http/deadline-agent.ts';
import { DEADLINE_MS } from '../http/deadline-fetch.ts';
import { readForm } from '../http/form-body.ts';
import { isFromOwnOrigin } from '../http/origin.ts';
import { refusal, seeOther } from '../http/responses.ts';
import { returnPath } from '../http/return-to.ts';
import { log } from '../log.ts';
import { countSignIn } from '../telemetry/metrics.ts';
import { inSpan } from '../telemetry/span.ts';
import { cookieAttributes, expireCookie, passwordsFor } from './cookies.ts';
import {
  clearFlow,
  type Flow,
  flowCookieName,
  flowCookieOptions,
  flowOf,
  hashOfState,
  keepChecks,
  newFlowId,
  readFlows,
  sweepFlows,
  writeFlow,
} from './flow-cookies.ts';
import { openSession } from './open.ts';
import { signInFailure } from './sign-in-failure.ts';
import { visitorOf } from './visitor.ts';

/**
 * The whole of next-auth's part: it builds the authorization request, keeps state, nonce and PKCE verifier in its
 * encrypted cookies, and exchanges the code. It hands the tokens over in `callbacks.signIn` and never issues a
 * session of its own (docs/decisions/002-next-auth-for-the-flow-only.md).
 */

/** Long enough for any code that Cognito issues, and far below what a header may carry. */
const authorizationResponse = z.object({
  state: z.string().min(1).max(512),
  code: z.string().min(1).max(2_048),
});

interface Handover {
  /** Set once: the session is open, or why it is not. */
  outcome?: 'opened' | ErrorCode;
}

function options(
  config: Config,
  flowId: string,
  handover: Handover,
  authorizeParameters: Record<string, string> = {},
): AuthOptions {
  const { authorization, token, userInfo, jwks } = endpoints(config);
  const fail = (error: unknown) => {
    handover.outcome ??= signInFailure(error);
  };
  return {
    // One of next-auth's own: it derives its keys from this, apart from the seals of the session.
    secret: Object.values(passwordsFor(config, 'flow')).at(-1) as string,
    useSecureCookies: config.secureCookies,
    cookies: flowCookieOptions(config, flowId),
    providers: [
      CognitoProvider({
        clientId: config.clientId,
        clientSecret: config.clientSecret as string,
        issuer: config.issuer,
        // Named one by one, next-auth does not fetch the discovery document at every sign-in.
        wellKnown: undefined as unknown as string,
        authorization: { url: authorization, params: { scope: SIGN_IN_SCOPES, ...authorizeParameters } },
        token: { url: token },
        userinfo: { url: userInfo },
        jwks_endpoint: jwks,
        checks: ['pkce', 'state', 'nonce'],
        client: { token_endpoint_auth_method: config.clientSecret ? 'client_secret_basic' : 'none' },
        httpOptions: { timeout: DEADLINE_MS, agent: deadlineAgent as unknown as Agent },
      }),
    ],
    pages: { signIn: '/sign-in', error: '/sign-in' },
    callbacks: {
      redirect: ({ url }) => new URL(returnPath(url), config.appUrl).href,
      signIn: async ({ account }) => {
        try {
          await openSession(config, await cookies(), account ?? {}, visitorOf(await headers()));
          handover.outcome = 'opened';
        } catch (error) {
          fail(error);
        }
        return '/';
      },
    },
    logger: {
      error: (code, metadata) => {
        const error = metadata instanceof Error ? metadata : metadata.error;
        fail(error);
        log('warn', 'sign_in_failed', { code, error: error instanceof Error ? error.name : undefined });
      },
      warn: () => {},
      debug: () => {},
    },
  };
}

/** Calls one of next-auth's actions; only the two functions below decide which, and with what query. */
const nextAuth = (request: NextRequest, action: string[], authOptions: AuthOptions): Promise<Response> =>
  NextAuth(request as never, { params: Promise.resolve({ nextauth: action }) } as never, authOptions);

/** @param returnTo goes along, so that the next try still ends where the first was meant to */
const signInFailed = (config: Config, code: ErrorCode, returnTo: string): Response =>
  seeOther(`/sign-in?${new URLSearchParams({ error: code, returnTo })}`, config.appUrl);

/**
 * next-auth protects its own sign-in by a double-submit token, which would need a script or a second request
 * before the form. The origin has been checked by then, so the token is fetched and sent here, in the same request.
 */
async function ownCsrfToken(config: Config, flowId: string, authOptions: AuthOptions): Promise<string> {
  const response = await nextAuth(
    new NextRequest(new URL('/api/auth/csrf', config.appUrl)),
    ['csrf'],
    authOptions,
  );
  const [cookie] = response.headers.getSetCookie();
  const value = cookie && /^[^=]+=([^;]+)/.exec(cookie)?.[1];
  if (value)
    (await cookies()).set(
      flowCookieName(config, flowId, 'csrfToken'),
      decodeURIComponent(value),
      cookieAttributes(config),
    );
  return z.object({ csrfToken: z.string() }).parse(await response.json()).csrfToken;
}

/** Begins a flow beside those under way, and sends the browser to the user pool. */
async function beginFlow(
  config: Config,
  wish: Pick<Flow, 'returnTo' | 'askAgain' | 'restarted'>,
): Promise<Response> {
  const id = newFlowId();
  const handover: Handover = {};
  const authOptions = options(config, id, handover, wish.askAgain ? { prompt: 'login' } : {});
  const csrfToken = await ownCsrfToken(config, id, authOptions);
  const signInRequest = new NextRequest(new URL('/api/auth/signin/cognito', config.appUrl), {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, json: 'true', callbackUrl: wish.returnTo }),
  });
  const response = await nextAuth(signInRequest, ['signin', 'cognito'], authOptions);

  const store = await cookies();
  const { url } = z.object({ url: z.string() }).parse(await response.json());
  const state = URL.parse(url)?.searchParams.get('state');
  if (!state || !url.startsWith(`${endpoints(config).authorization}?`)) {
    clearFlow(config, store, id);
    const code = handover.outcome;
    return signInFailed(
      config,
      code === undefined || code === 'opened' ? 'user_pool_unavailable' : code,
      wish.returnTo,
    );
  }
  keepChecks(config, store, id, response.headers.getSetCookie());
  writeFlow(config, store, { ...wish, id, stateHash: await hashOfState(state), startedAt: Date.now() });
  expireCookie(config, store, flowCookieName(config, id, 'csrfToken'));
  sweepFlows(config, store);
  return seeOther(url, config.appUrl);
}

/**
 * Starts a sign-in: answers the sign-in form with a redirect to the user pool. Of what the form and its address
 * carry, only the page to return to and `prompt=login` are taken; next-auth would pass everything on.
 */
export async function startSignIn(config: Config, request: NextRequest): Promise<Response> {
  if (!isFromOwnOrigin(request.headers, config.appUrl)) return refusal('cross_site_request');
  const form = await readForm(request);
  if (!form) return refusal('bad_request');
  return await beginFlow(config, {
    returnTo: returnPath(form.get('returnTo')),
    askAgain: form.get('prompt') === 'login',
    restarted: false,
  });
}

/** Cognito does not name itself in its answer; one that names another issuer comes from there (RFC 9207 section 2.4). */
const isOfOtherIssuer = (query: URLSearchParams, issuer: string): boolean =>
  query.getAll('iss').some((value) => value !== issuer);

function readAuthorizationResponse(
  query: URLSearchParams,
  issuer: string,
): { code: string; state: string } | ErrorCode {
  if (query.has('error') || isOfOtherIssuer(query, issuer)) return 'sign_in_refused';
  const once = ['code', 'state'].every((name) => query.getAll(name).length === 1);
  const response = authorizationResponse.safeParse(Object.fromEntries(query));
  return once && response.success ? response.data : 'sign_in_expired';
}

/** The sign-in of this browser that an authorization response names by its `state`, whatever else it says. */
async function flowNamedBy(config: Config, query: URLSearchParams): Promise<Flow | undefined> {
  const state = authorizationResponse.shape.state.safeParse(query.get('state'));
  if (!state.success || query.getAll('state').length !== 1) return undefined;
  return await flowOf(config, await cookies(), state.data);
}

/** An image or a prefetch must not start anything; browsers too old to say what they fetch for are believed. */
const isDocument = (headers: Headers): boolean =>
  ['document', null].includes(headers.get('sec-fetch-dest')) && !headers.has('sec-purpose');

/** Redeems the code by next-auth. @returns how it ended */
async function exchange(
  config: Config,
  flow: Flow,
  answer: { code: string; state: string },
): Promise<'opened' | ErrorCode> {
  const handover: Handover = {};
  const request = new NextRequest(`${callbackUrl(config)}?${new URLSearchParams(answer)}`);
  return await inSpan('code exchange', { 'cabana.grant': 'authorization_code' }, async (add) => {
    await nextAuth(request, ['callback', 'cognito'], options(config, flow.id, handover));
    const outcome = handover.outcome ?? 'sign_in_expired';
    add({ 'cabana.outcome': outcome });
    return outcome;
  });
}

/**
 * Finishes a sign-in: the user pool has sent the browser back with a code. A response that cannot be one is refused
 * before any request is made on its behalf. One that belongs to no sign-in of this browser touches none of them. A
 * sign-in that took too long, or whose code was used before, begins again by itself, once.
 */
export async function finishSignIn(config: Config, request: NextRequest): Promise<Response> {
  const store = await cookies();
  const answer = readAuthorizationResponse(request.nextUrl.searchParams, config.issuer);
  const flow = await flowNamedBy(config, request.nextUrl.searchParams);
  if (!flow) {
    const code = typeof answer === 'string' ? answer : 'sign_in_expired';
    countSignIn(code);
    return signInFailed(config, code, readFlows(config, store)[0]?.returnTo ?? returnPath(undefined));
  }
  const outcome = typeof answer === 'string' ? answer : await exchange(config, flow, answer);
  countSignIn(outcome);
  clearFlow(config, store, flow.id);
  if (outcome === 'opened') {
    sweepFlows(config, store);
    return seeOther(flow.returnTo, config.appUrl);
  }
  const expired = typeof answer !== 'string' && outcome === 'sign_in_expired';
  if (expired && !flow.restarted && isDocument(request.headers)) {
    log('info', 'sign_in_restarted');
    return await beginFlow(config, { ...flow, restarted: true });
  }
  return signInFailed(config, outcome, flow.returnTo);
}
