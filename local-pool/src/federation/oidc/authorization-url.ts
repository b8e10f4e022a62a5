import * as client from 'openid-client';
import type { LocalPool } from '../../local-pool.ts';
import type { IdentityProvider } from '../../model/identity-provider.ts';
import type { AuthorizeRequest } from '../../oauth2/authorize-request.ts';
import { asFederationError } from './provider-failure.ts';
import { issuesIdTokens, oidcRedirectUri, relyingParty } from './relying-party.ts';

/**
 * The provider's authorization endpoint with our request (Cognito: OIDC user pool IdP authentication flow).
 * @throws OAuthError when the provider cannot be reached or is not fully configured.
 */
export async function oidcAuthorizationUrl(
  pool: LocalPool,
  { userPool, prompt, maxAge, loginHint }: AuthorizeRequest,
  provider: IdentityProvider,
  { state, proof }: { state: string; proof: string },
): Promise<string> {
  try {
    const url = client.buildAuthorizationUrl(await relyingParty(pool, provider), {
      redirect_uri: oidcRedirectUri(pool, userPool),
      scope: scopeOf(provider),
      response_type: 'code',
      state,
      ...(issuesIdTokens(provider) && { nonce: proof }),
      ...(loginHint !== undefined && provider.type === 'OIDC' && { login_hint: loginHint }),
      // Or a session there could stand in for the sign-in that is asked for here.
      ...(maxAge !== undefined && provider.type === 'OIDC' && { max_age: String(maxAge) }),
      ...(prompt.length > 0 && { prompt: prompt.join(' ') }),
    });
    return url.href;
  } catch (error) {
    throw asFederationError(provider, 'discovery', error);
  }
}

/** Facebook's scopes may be set apart by commas. */
function scopeOf({ details, type }: IdentityProvider): string {
  const scopes = details.authorize_scopes ?? 'openid';
  return type === 'Facebook' ? scopes.replaceAll(',', ' ') : scopes;
}
