import type { LocalPool } from '../local-pool.ts';
import type { UserPool } from '../model/user-pool.ts';

/** `/.well-known/openid-configuration`, with the members of a real pool and no more (Cognito: OIDC discovery). */
export function discoveryDocument(pool: LocalPool, userPool: UserPool): Record<string, unknown> {
  const hosted = `${pool.baseUrl}/${userPool.id}`;
  return {
    authorization_endpoint: `${hosted}/oauth2/authorize`,
    end_session_endpoint: `${hosted}/logout`,
    id_token_signing_alg_values_supported: ['RS256'],
    issuer: userPool.issuer,
    jwks_uri: `${hosted}/.well-known/jwks.json`,
    response_types_supported: ['code', 'token'],
    revocation_endpoint: `${hosted}/oauth2/revoke`,
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint: `${hosted}/oauth2/token`,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    userinfo_endpoint: `${hosted}/oauth2/userInfo`,
  };
}
