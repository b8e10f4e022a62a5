import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import type { VerifiedLogin } from './login.ts';
import { readLoginToken, verifiedLogin } from './login-token.ts';
import { fetchLoopbackJson, isLoopback } from './loopback-json.ts';
import { refusals } from './refusals.ts';

const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA'];

/**
 * Verifies an ID token of an OpenID Connect provider on this machine by its discovery document (OpenID Connect Discovery
 * 1.0 section 4). Which audiences are good stands in IAM's provider, which the local pool does not have: any is.
 * @param provider the issuer without its scheme, one of the identity pool's
 * @throws CognitoError NotAuthorizedException, also for a provider elsewhere; ExternalServiceException
 */
export async function verifyOidcLogin(
  pool: LocalPool,
  provider: string,
  token: string,
): Promise<VerifiedLogin> {
  if (!isLoopback(`http://${provider}`)) throw refusals.unsupportedProvider();
  const { iss } = readLoginToken(token, [`http://${provider}`, `https://${provider}`]);
  const keys = await fetchKeys(iss);
  const { payload: claims } = await verifiedLogin(
    pool.clock,
    jwtVerify(token, keys, {
      algorithms: ALGORITHMS,
      issuer: iss,
      currentDate: new Date(pool.clock.now()),
      requiredClaims: ['exp', 'sub'],
    }),
  );
  return {
    provider,
    developer: false,
    subject: String(claims.sub),
    claims,
    roleMappingKey: provider,
    amr: [provider],
  };
}

async function fetchKeys(issuer: string): Promise<ReturnType<typeof createLocalJWKSet>> {
  try {
    const discovery = await fetchLoopbackJson(
      `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    );
    if (discovery.issuer !== issuer) throw new Error('The discovery document is of another issuer.');
    const keys = await fetchLoopbackJson(String(discovery.jwks_uri));
    return createLocalJWKSet(keys as unknown as JSONWebKeySet);
  } catch {
    throw new CognitoError('ExternalServiceException', 'The OpenID Connect provider could not be asked.');
  }
}
