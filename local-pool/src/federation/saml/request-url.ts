import type { LocalPool } from '../../local-pool.ts';
import type { IdentityProvider } from '../../model/identity-provider.ts';
import type { AuthorizeRequest } from '../../oauth2/authorize-request.ts';
import { serviceProvider } from './service-provider.ts';

/**
 * The provider's single sign-on service with our AuthnRequest (SAML 2.0 Bindings section 3.4, HTTP-Redirect).
 * @throws OAuthError when the metadata cannot be read.
 */
export async function samlRequestUrl(
  pool: LocalPool,
  { userPool }: AuthorizeRequest,
  provider: IdentityProvider,
  { state, proof }: { state: string; proof: string },
): Promise<string> {
  const { saml } = await serviceProvider(pool, userPool, provider, { requestId: proof });
  return saml.getAuthorizeUrlAsync(state, undefined, {});
}
