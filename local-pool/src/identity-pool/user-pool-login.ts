import { decodeProtectedHeader, jwtVerify } from 'jose';
import type { LocalPool } from '../local-pool.ts';
import type { UserPool } from '../model/user-pool.ts';
import { findTokenFamily, findTokenFamilyOfEvent } from '../store/token-families.ts';
import { findUser } from '../store/users.ts';
import type { CognitoIdentityProvider } from './identity-pool.ts';
import type { VerifiedLogin } from './login.ts';
import { type LoginClaims, notOpenId, readLoginToken, verifiedLogin } from './login-token.ts';
import { canonicalProviderName } from './provider-name.ts';
import { refusals } from './refusals.ts';

/**
 * Verifies a user pool's ID token: issuer, signature, dates, that it is an ID token, and that it was made for a client
 * of the identity pool (Cognito: Configuring Amazon Cognito user pools as an IdP of an identity pool).
 * @param provider the canonical name, one of the identity pool's
 * @throws CognitoError NotAuthorizedException
 */
export async function verifyUserPoolLogin(
  pool: LocalPool,
  providers: readonly CognitoIdentityProvider[],
  provider: string,
  token: string,
): Promise<VerifiedLogin> {
  const userPool = pool.userPool(provider.slice(provider.indexOf('/') + 1));
  if (!userPool) throw refusals.unsupportedProvider();
  const read = readLoginToken(token, [userPool.issuer]);
  const { payload } = await verifiedLogin(pool.clock, verifySignature(pool, userPool, token));
  const claims: LoginClaims = { ...payload, iss: read.iss, sub: read.sub };
  if (claims.token_use !== 'id') throw notOpenId();
  const configured = providers.find(
    ({ providerName, clientId }) =>
      canonicalProviderName(pool, providerName) === provider && clientId === claims.aud,
  );
  if (!configured) throw refusals.unsupportedProvider();
  if (configured.serverSideTokenCheck) requireStanding(pool, userPool, claims);
  return {
    provider,
    developer: false,
    subject: claims.sub,
    claims,
    roleMappingKey: `${provider}:${configured.clientId}`,
    amr: [provider, `${provider}:CognitoSignIn:${claims.sub}`],
  };
}

function verifySignature(pool: LocalPool, userPool: UserPool, token: string) {
  const { id, access } = pool.signingKeys(userPool.id);
  return jwtVerify(token, () => (decodeProtectedHeader(token).kid === access.kid ? access : id).publicKey, {
    algorithms: ['RS256'],
    issuer: userPool.issuer,
    currentDate: new Date(pool.clock.now()),
    requiredClaims: ['exp'],
  });
}

/** ServerSideTokenCheck: the user must be there and enabled, and the sign-in that the token is of must not be revoked. */
function requireStanding(pool: LocalPool, userPool: UserPool, claims: LoginClaims): void {
  const user = findUser(pool, userPool.id, claims.sub);
  const family =
    claims.origin_jti === undefined
      ? findTokenFamilyOfEvent(pool, userPool.id, claims.sub, String(claims.event_id))
      : findTokenFamily(pool, String(claims.origin_jti));
  if (!user?.enabled || !family || family.revoked)
    throw refusals.loginToken('Token is revoked or its user is no longer signed in.');
}
