import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import type { LocalPool } from '../local-pool.ts';
import type { IdentityProvider } from '../model/identity-provider.ts';
import type { AuthorizeRequest } from '../oauth2/authorize-request.ts';
import { redirect } from '../oauth2/redirect.ts';
import { insertFederationRequest } from '../store/federation-requests.ts';
import { markBrowser } from './browser-cookie.ts';
import { toClient } from './to-client.ts';

/** The external provider that an authorization request leads to, or undefined for the pool's own pages. */
export function externalProvider({
  userPool,
  identityProvider,
}: AuthorizeRequest): IdentityProvider | undefined {
  return userPool.identityProviders.find(({ name }) => name === identityProvider);
}

/**
 * Sends the browser to an identity provider and keeps what it will come back for.
 * @param query the authorization request as the app client wrote it
 * @throws AuthorizeError back to the client when the provider cannot be reached or is not fully configured.
 */
export async function sendToProvider(
  context: Context,
  pool: LocalPool,
  authorize: AuthorizeRequest,
  provider: IdentityProvider,
  query: URLSearchParams,
): Promise<Response> {
  const { userPool } = authorize;
  // Begins with a letter, because the ID of a SAML request must (XML Schema: NCName).
  const proof = `_${randomBytes(24).toString('base64url')}`;
  const state = insertFederationRequest(
    pool,
    {
      userPoolId: userPool.id,
      providerName: provider.name,
      purpose: 'sign-in',
      query: query.toString(),
      proof,
    },
    markBrowser(context, userPool.id),
  );
  const urlOf = await providerUrl(provider);
  const location = await toClient(authorize, () => urlOf(pool, authorize, provider, { state, proof }));
  return redirect(context, location);
}

/** The protocols' libraries are read when a provider is first used: they would be half of every start. */
async function providerUrl({ type }: IdentityProvider) {
  return type === 'SAML'
    ? (await import('./saml/request-url.ts')).samlRequestUrl
    : (await import('./oidc/authorization-url.ts')).oidcAuthorizationUrl;
}
