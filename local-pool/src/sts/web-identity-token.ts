import { decodeJwt, errors, type JWTPayload } from 'jose';
import { secondsNow } from '../clock.ts';
import { OPEN_ID_ISSUER } from '../identity-pool/open-id-token.ts';
import { type OwnToken, verifyOwnToken } from '../identity-pool/own-token.ts';
import type { LocalPool } from '../local-pool.ts';
import { findIdentityPool } from '../store/identity-pools.ts';
import { StsError } from './sts-error.ts';

/**
 * Verifies the OpenID token of an identity pool that is still there.
 * @throws StsError InvalidIdentityToken, ExpiredTokenException (STS: AssumeRoleWithWebIdentity)
 */
export async function verifyWebIdentityToken(pool: LocalPool, token: string): Promise<OwnToken> {
  requireOwnIssuer(token);
  const own = await verified(pool, token);
  if (!findIdentityPool(pool, own.identityPoolId)) throw invalid('Incorrect token audience');
  return own;
}

function requireOwnIssuer(token: string): void {
  let claims: JWTPayload;
  try {
    claims = decodeJwt(token);
  } catch {
    throw invalid(
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    );
  }
  if (claims.iss !== OPEN_ID_ISSUER)
    throw invalid('No OpenIDConnect provider found in your account for the issuer of the token');
}

async function verified(pool: LocalPool, token: string): Promise<OwnToken> {
  try {
    return await verifyOwnToken(pool, token);
  } catch (error) {
    if (error instanceof errors.JWTExpired)
      throw new StsError(
        'ExpiredTokenException',
        `Token expired: current date/time ${secondsNow(pool.clock)} must be before the expiration date/time ${error.payload.exp}`,
      );
    if (error instanceof errors.JOSEError)
      throw invalid('The signature or a claim of the token is not valid');
    throw error;
  }
}

function invalid(message: string): StsError {
  return new StsError('InvalidIdentityToken', message);
}
