import * as client from 'openid-client';
import type { IdentityProvider } from '../../model/identity-provider.ts';
import { federationError } from '../federation-error.ts';

/**
 * The claims of the provider's userInfo endpoint (`attributes_url`), asked by GET or POST as `attributes_request_method`
 * says; none where there is no such endpoint.
 * @throws OAuthError for an answer that is no JSON object; errors of openid-client.
 */
export async function fetchAttributes(
  configuration: client.Configuration,
  provider: IdentityProvider,
  accessToken: string,
): Promise<Record<string, unknown>> {
  const { userinfo_endpoint: url } = configuration.serverMetadata();
  if (url === undefined) return {};
  const method = provider.details.attributes_request_method === 'POST' ? 'POST' : 'GET';
  const response = await client.fetchProtectedResource(configuration, accessToken, new URL(url), method);
  if (!response.ok) throw federationError(`${provider.name} Error - ${response.status} at userInfo`);
  const attributes: unknown = await response.json().catch(() => undefined);
  if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes))
    throw federationError(`${provider.name} Error - the userInfo response is not a JSON object`);
  return attributes as Record<string, unknown>;
}
