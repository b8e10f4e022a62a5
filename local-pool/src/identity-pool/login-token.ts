import { decodeJwt, errors, type JWTPayload } from 'jose';
import type { Clock } from '../clock.ts';
import { secondsNow } from '../clock.ts';
import { refusals } from './refusals.ts';

/** The claims that a login token must have before anything else of it is looked at. */
export interface LoginClaims extends JWTPayload {
  iss: string;
  sub: string;
}

/**
 * Reads a login token without believing it: that it is a JWT, of the issuer that its key in Logins names, for somebody.
 * @param issuers those that the provider's tokens may name
 * @throws CognitoError NotAuthorizedException
 */
export function readLoginToken(token: string, issuers: readonly string[]): LoginClaims {
  let claims: JWTPayload;
  try {
    claims = decodeJwt(token);
  } catch {
    throw notOpenId();
  }
  const { iss, sub, aud } = claims;
  if (typeof iss !== 'string' || !issuers.includes(iss))
    throw refusals.loginToken("Issuer doesn't match providerName");
  if (aud === undefined) throw refusals.loginToken('Missing a required claim: aud');
  if (typeof sub !== 'string' || sub === '') throw refusals.loginToken('Missing a required claim: sub');
  return { ...claims, iss, sub };
}

/**
 * Runs jose's verification and says what it found wrong as Cognito does.
 * @throws CognitoError NotAuthorizedException
 */
export async function verifiedLogin<Verified>(
  clock: Clock,
  verification: Promise<Verified>,
): Promise<Verified> {
  try {
    return await verification;
  } catch (error) {
    if (error instanceof errors.JWTExpired)
      throw refusals.loginToken(`Token expired: ${secondsNow(clock)} >= ${error.payload.exp}`);
    if (error instanceof errors.JWTClaimValidationFailed) throw notOpenId();
    throw refusals.loginToken("Couldn't verify signed token.");
  }
}

/** A token that is none of a sign-in: an access token, say. */
export function notOpenId() {
  return refusals.loginToken('Not a valid OpenId Connect identity token.');
}
