import type { AppClient } from '../../model/app-client.ts';
import type { Refuse } from './refuse.ts';

/** The client must let the pool's own users sign in, and a provider that is asked for must be one of the client's. */
export function requireIdentityProvider(client: AppClient, query: URLSearchParams, refuse: Refuse): void {
  const asked = query.get('identity_provider') ?? query.get('idp_identifier') ?? 'COGNITO';
  if (!client.supportedIdentityProviders.includes(asked))
    throw refuse('invalid_request', `The identity provider ${asked} is not enabled for the app client`);
}
