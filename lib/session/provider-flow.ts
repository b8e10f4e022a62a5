import { cookies } from 'next/headers';
import { NextRequest } from 'next/server';
import NextAuth, { type AuthOptions } from 'next-auth';
import CognitoProvider from 'next-auth/providers/cognito';
import { z } from 'zod';
import { callbackUrl, endpoints } from '../cognito/endpoints.ts';
import type { Config } from '../config.ts';
import type { ErrorCode } from '../errors.ts';
import { isFromOwnOrigin } from '../http/origin.ts';
import { refusal, seeOther } from '../http/responses.ts';
import { returnPath } from '../http/return-to.ts';
import { log } from '../log.ts';
import { cookieAttributes, passwordsFor } from './cookies.ts';
import { clearFlowCookies, flowCookieName, flowCookieOptions } from './flow-cookies.ts';
import { openSession } from './open.ts';
import { signInFailure } from './sign-in-failure.ts';

/**
 * The whole of next-auth's part: it builds the authorization request, keeps state, nonce and PKCE verifier in its
 * encrypted cookies, and exchanges the code. It hands the tokens over in `callbacks.signIn` and never issues a
 * session of its own (docs/decisions/002-next-auth-for-the-flow-only.md).
 */

const SCOPES = 'openid email profile aws.cognito.signin.user.admin';

/** Long enough for any code that Cognito issues, and far below what a header may carry. */
const authorizationResponse = z.object({
  state: z.string().min(1).max(512),
  code: z.string().min(1).max(2_048),
});

/** In bytes: a path to return to and a word or two. */
const LARGEST_FORM = 8_192;

interface Handover {
  /** Set once: the session is open, or why it is not. */
  outcome?: 'opened' | ErrorCode;
}

function options(
  config: Config,
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
    cookies: flowCookieOptions(config),
    providers: [
      CognitoProvider({
        clientId: config.clientId,
        clientSecret: config.clientSecret as string,
        issuer: config.issuer,
        // Named one by one, next-auth does not fetch the discovery document at every sign-in.
        wellKnown: undefined as unknown as string,
        authorization: { url: authorization, params: { scope: SCOPES, ...authorizeParameters } },
        token: { url: token },
        userinfo: { url: userInfo },
        jwks_endpoint: jwks,
        checks: ['pkce', 'state', 'nonce'],
        client: { token_endpoint_auth_method: config.clientSecret ? 'client_secret_basic' : 'none' },
        httpOptions: { timeout: 5_000 },
      }),
    ],
    pages: { signIn: '/sign-in', error: '/sign-in' },
    callbacks: {
      redirect: ({ url }) => new URL(returnPath(url), config.appUrl).href,
      signIn: async ({ account }) => {
        try {
          await openSession(config, await cookies(), account ?? {});
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
async function signInFailed(config: Config, code: ErrorCode, returnTo: string): Promise<Response> {
  clearFlowCookies(config, await cookies());
  return seeOther(`/sign-in?${new URLSearchParams({ error: code, returnTo })}`, config.appUrl);
}

/**
 * next-auth protects its own sign-in by a double-submit token, which would need a script or a second request
 * before the form. The origin has been checked by then, so the token is fetched and sent here, in the same request.
 */
async function ownCsrfToken(config: Config, authOptions: AuthOptions): Promise<string> {
  const response = await nextAuth(
    new NextRequest(new URL('/api/auth/csrf', config.appUrl)),
    ['csrf'],
    authOptions,
  );
  const [cookie] = response.headers.getSetCookie();
  const value = cookie && /^[^=]+=([^;]+)/.exec(cookie)?.[1];
  if (value)
    (await cookies()).set(
      flowCookieName(config, 'csrfToken'),
      decodeURIComponent(value),
      cookieAttributes(config),
    );
  return z.object({ csrfToken: z.string() }).parse(await response.json()).csrfToken;
}

/**
 * Starts a sign-in: answers the sign-in form with a redirect to the user pool. Of what the form and its address
 * carry, only the page to return to and `prompt=login` are taken; next-auth would pass everything on.
 */
export async function startSignIn(config: Config, request: NextRequest): Promise<Response> {
  if (!isFromOwnOrigin(request.headers, config.appUrl)) return refusal('cross_site_request');
  if (Number(request.headers.get('content-length')) > LARGEST_FORM) return refusal('bad_request');
  const form = new URLSearchParams(await request.text());
  const handover: Handover = {};
  const authOptions = options(config, handover, form.get('prompt') === 'login' ? { prompt: 'login' } : {});
  const csrfToken = await ownCsrfToken(config, authOptions);
  const returnTo = returnPath(form.get('returnTo'));
  const body = new URLSearchParams({ csrfToken, json: 'true', callbackUrl: returnTo });
  const signInRequest = new NextRequest(new URL('/api/auth/signin/cognito', config.appUrl), {
    method: 'POST',
    body,
  });
  const response = await nextAuth(signInRequest, ['signin', 'cognito'], authOptions);

  const store = await cookies();
  store.set(flowCookieName(config, 'csrfToken'), '', { ...cookieAttributes(config), maxAge: 0 });
  const { url } = z.object({ url: z.string() }).parse(await response.json());
  if (!url.startsWith(`${endpoints(config).authorization}?`)) {
    return await signInFailed(
      config,
      handover.outcome === undefined || handover.outcome === 'opened'
        ? 'user_pool_unavailable'
        : handover.outcome,
      returnTo,
    );
  }
  const redirect = seeOther(url, config.appUrl);
  // What a response sets is decoded twice by Next.js on its way into this store: an address would not survive that.
  const returnCookie = flowCookieName(config, 'callbackUrl');
  for (const cookie of response.headers.getSetCookie()) {
    if (!cookie.startsWith(`${returnCookie}=`)) redirect.headers.append('set-cookie', cookie);
  }
  store.set(returnCookie, returnTo, cookieAttributes(config));
  return redirect;
}

function readAuthorizationResponse(query: URLSearchParams): { code: string; state: string } | ErrorCode {
  if (query.has('error')) return 'sign_in_refused';
  const once = ['code', 'state'].every((name) => query.getAll(name).length === 1);
  const response = authorizationResponse.safeParse(Object.fromEntries(query));
  return once && response.success ? response.data : 'sign_in_expired';
}

/**
 * Finishes a sign-in: the user pool has sent the browser back with a code. A response that cannot be one is refused
 * before any request is made on its behalf; every failure clears the flow's cookies and ends on the sign-in page.
 */
export async function finishSignIn(config: Config, request: NextRequest): Promise<Response> {
  const returnTo = returnPath((await cookies()).get(flowCookieName(config, 'callbackUrl'))?.value);
  const answer = readAuthorizationResponse(request.nextUrl.searchParams);
  if (typeof answer === 'string') return await signInFailed(config, answer, returnTo);
  const handover: Handover = {};
  const callbackRequest = new NextRequest(`${callbackUrl(config)}?${new URLSearchParams(answer)}`);
  await nextAuth(callbackRequest, ['callback', 'cognito'], options(config, handover));
  if (handover.outcome !== 'opened')
    return await signInFailed(config, handover.outcome ?? 'sign_in_expired', returnTo);
  clearFlowCookies(config, await cookies());
  return seeOther(returnTo, config.appUrl);
}
