import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { CognitoError } from './errors.ts';
import type { LocalPool } from './local-pool.ts';
import type { AppClient } from './model/app-client.ts';
import type { User } from './model/user.ts';
import type { UserPool } from './model/user-pool.ts';
import { findTokenFamily, findTokenFamilyOfEvent, type TokenFamily } from './store/token-families.ts';
import { findUser } from './store/users.ts';

export interface VerifiedAccessToken {
  client: AppClient;
  user: User;
  /** The sign-in that it descends from. */
  family: TokenFamily;
  scopes: string[];
}

/**
 * Verifies a user's access token and that it still stands: signature, dates, family, user.
 * @throws CognitoError NotAuthorizedException or UserNotFoundException in Cognito's words.
 */
export async function verifyAccessToken(
  pool: LocalPool,
  userPool: UserPool,
  token: string,
): Promise<VerifiedAccessToken> {
  const claims = await verifiedClaims(pool, userPool, token);
  const client = pool.appClient(String(claims.client_id));
  if (claims.token_use !== 'access' || typeof claims.username !== 'string' || !client)
    throw notAuthorized('Invalid Access Token');
  const user = findUser(pool, userPool.id, String(claims.sub));
  if (!user) throw new CognitoError('UserNotFoundException', 'User does not exist.');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  const family = familyOf(pool, user, claims);
  if (!family || family.revoked) throw notAuthorized('Access Token has been revoked');
  return { client, user, family, scopes: String(claims.scope ?? '').split(' ') };
}

/** A client without token revocation puts no `origin_jti` in its tokens, but a global sign-out ends them all the same. */
function familyOf(pool: LocalPool, user: User, claims: Record<string, unknown>): TokenFamily | undefined {
  return claims.origin_jti === undefined
    ? findTokenFamilyOfEvent(pool, user.userPoolId, user.sub, String(claims.event_id))
    : findTokenFamily(pool, String(claims.origin_jti));
}

async function verifiedClaims(
  pool: LocalPool,
  userPool: UserPool,
  token: string,
): Promise<Record<string, unknown>> {
  const key = pool.signingKeys(userPool.id).access;
  try {
    if (decodeProtectedHeader(token).kid !== key.kid) throw notAuthorized('Invalid Access Token');
    const { payload } = await jwtVerify(token, key.publicKey, {
      algorithms: ['RS256'],
      issuer: userPool.issuer,
      currentDate: new Date(pool.clock.now()),
      requiredClaims: ['exp', 'sub'],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw notAuthorized('Access Token has expired');
    if (error instanceof errors.JWSSignatureVerificationFailed)
      throw notAuthorized('Could not verify signature for Access Token');
    throw notAuthorized('Invalid Access Token');
  }
}

function notAuthorized(message: string): CognitoError {
  return new CognitoError('NotAuthorizedException', message);
}
