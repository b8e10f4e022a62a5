import type { AppClient } from '../../model/app-client.ts';
import type { UserPool } from '../../model/user-pool.ts';
import type { AuthorizeRequest } from '../authorize-request.ts';
import type { Refuse } from './refuse.ts';

/**
 * Where a person signs in: the provider that `identity_provider` or `idp_identifier` asks for, else the client's only
 * one. It must be one of the client's (Cognito: Authorize endpoint).
 * @returns a provider's name, `COGNITO` for the pool's own form, or undefined where the person chooses
 */
export function requireIdentityProvider(
  userPool: UserPool,
  client: AppClient,
  query: URLSearchParams,
  refuse: Refuse,
): string | undefined {
  const enabled = client.supportedIdentityProviders.filter(
    (name) => name === 'COGNITO' || userPool.identityProviders.some((provider) => provider.name === name),
  );
  const asked = query.get('identity_provider') ?? query.get('idp_identifier');
  if (asked === null) {
    if (enabled.length === 0)
      throw refuse('invalid_request', 'No identity provider is enabled for the app client');
    return enabled.length === 1 ? enabled[0] : undefined;
  }
  const name = query.has('identity_provider') ? asked : nameOfIdentifier(userPool, asked);
  if (name === undefined || !enabled.includes(name))
    throw refuse('invalid_request', `The identity provider ${asked} is not enabled for the app client`);
  return name;
}

function nameOfIdentifier(userPool: UserPool, identifier: string): string | undefined {
  return userPool.identityProviders.find(({ identifiers }) => identifiers.includes(identifier))?.name;
}

/** Whether the pool's own users may sign in: the client lets them, and no other provider is asked for. */
export function letsPoolUsersIn({ client, identityProvider = 'COGNITO' }: AuthorizeRequest): boolean {
  return identityProvider === 'COGNITO' && client.supportedIdentityProviders.includes('COGNITO');
}
