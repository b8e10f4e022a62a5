import type { LocalPool } from '../../local-pool.ts';
import type { IdentityProvider } from '../../model/identity-provider.ts';
import type { UserPool } from '../../model/user-pool.ts';
import { validateAuthorizeRequest } from '../../oauth2/authorize.ts';
import type { AuthorizeRequest } from '../../oauth2/authorize-request.ts';

/**
 * A sign-in that began at the provider: its RelayState is an authorization request of its own (Cognito: IdP-initiated
 * SAML sign-in). Only for a provider with `IDPInit`, and an app client that has SAML providers and nothing else.
 * @returns undefined for any other RelayState
 * @throws AuthorizeError for an authorization request that is refused.
 */
export function idpInitiated(
  pool: LocalPool,
  userPool: UserPool,
  relayState: string,
): { authorize: AuthorizeRequest; provider: IdentityProvider } | undefined {
  const query = new URLSearchParams(relayState);
  const samlProviders = userPool.identityProviders.filter(({ type }) => type === 'SAML');
  const provider = samlProviders.find(({ name }) => name === query.get('identity_provider'));
  if (provider?.details.IDPInit !== 'true') return undefined;
  const authorize = validateAuthorizeRequest(pool, userPool, query);
  const onlySaml = authorize.client.supportedIdentityProviders.every((name) =>
    samlProviders.some((saml) => saml.name === name),
  );
  return onlySaml ? { authorize, provider } : undefined;
}
