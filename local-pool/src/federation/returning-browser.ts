import type { Context } from 'hono';
import { showProblem } from '../hosted-ui/show-problem.ts';
import type { LocalPool } from '../local-pool.ts';
import type { IdentityProvider } from '../model/identity-provider.ts';
import type { UserPool } from '../model/user-pool.ts';
import { validateAuthorizeRequest } from '../oauth2/authorize.ts';
import type { AuthorizeRequest } from '../oauth2/authorize-request.ts';
import { type FederationRequest, takeFederationRequest } from '../store/federation-requests.ts';
import { browserMarks } from './browser-cookie.ts';

/** What a browser left for, when it comes back from a provider. */
export interface Return {
  authorize: AuthorizeRequest;
  provider: IdentityProvider;
  /** What the provider's answer must repeat. */
  proof: string;
}

/**
 * Recognises a browser that comes back: by the state that it was sent off with and by its cookie, once, within five
 * minutes.
 * @throws AuthorizeError when the app client's request is no longer good.
 */
export function recogniseReturn(
  context: Context,
  pool: LocalPool,
  userPool: UserPool,
  state: string,
): Return | undefined {
  const request = takeRequest(context, pool, userPool, 'sign-in', state);
  const provider = userPool.identityProviders.find(({ name }) => name === request?.providerName);
  if (!request || !provider) return undefined;
  const query = new URLSearchParams(request.query);
  return { authorize: validateAuthorizeRequest(pool, userPool, query), provider, proof: request.proof };
}

/** What this browser left for with a state, once. */
export function takeRequest(
  context: Context,
  pool: LocalPool,
  userPool: UserPool,
  purpose: FederationRequest['purpose'],
  state: string,
): FederationRequest | undefined {
  for (const mark of browserMarks(context)) {
    const request = takeFederationRequest(pool, userPool.id, purpose, state, mark);
    if (request) return request;
  }
  return undefined;
}

/** The page for a browser that nobody here sent to a provider, or that took too long there. */
export function showUnrecognised(context: Context, userPool: UserPool): Promise<Response> {
  return showProblem(context, userPool, 400, {
    heading: 'Something went wrong',
    message:
      'This answer of an identity provider belongs to no sign-in of this browser. A sign-in must be finished within five minutes; start again in the application.',
  });
}
