import { Secret, TOTP } from 'otpauth';
import { CognitoError } from '../errors.ts';
import type { User } from './user.ts';
import type { UserPool } from './user-pool.ts';

const PERIOD_MS = 30_000;
/** 52 characters in base32. */
const SECRET_BYTES = 32;

/** A secret to share with an authenticator app, in base32 (Cognito: AssociateSoftwareToken). */
export function createSoftwareTokenSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/**
 * The 30-second step that a code belongs to, if it is that of now or of a neighbour (RFC 6238 section 5.2).
 * @param now milliseconds since the epoch
 * @returns undefined for a wrong code
 */
export function stepOfSoftwareCode(secret: string, code: string, now: number): number | undefined {
  const delta = TOTP.validate({ token: code, secret: Secret.fromBase32(secret), timestamp: now, window: 1 });
  return delta === null ? undefined : Math.floor(now / PERIOD_MS) + delta;
}

/**
 * Notes the code of a user's authenticator app as used; the caller stores the user.
 * @throws CognitoError CodeMismatchException for a wrong one, ExpiredCodeException for one that was used, or is older
 *   than one that was (RFC 6238 section 5.2)
 */
export function spendSoftwareCode({ details }: User, code: string, now: number): void {
  const token = details.softwareToken;
  const step = token && stepOfSoftwareCode(token.secret, code, now);
  if (token === undefined || step === undefined)
    throw new CognitoError('CodeMismatchException', 'Invalid code received for user');
  if (step <= (token.lastUsedStep ?? 0))
    throw new CognitoError('ExpiredCodeException', 'Your software token has already been used once.');
  token.lastUsedStep = step;
}

/**
 * Makes the pending secret of an authenticator app the user's, with a code that the app shows; the caller stores the user.
 * @throws CognitoError EnableSoftwareTokenMFAException (Cognito: VerifySoftwareToken)
 */
export function enrolSoftwareToken(
  user: User,
  secret: string,
  { code, friendlyDeviceName, now }: { code: string; friendlyDeviceName?: string | undefined; now: number },
): void {
  const lastUsedStep = stepOfSoftwareCode(secret, code, now);
  if (lastUsedStep === undefined) throw new CognitoError('EnableSoftwareTokenMFAException', 'Code mismatch');
  user.details.softwareToken = { secret, lastUsedStep, ...(friendlyDeviceName && { friendlyDeviceName }) };
}

/** @throws CognitoError SoftwareTokenMFANotFoundException in a pool that is not set up for authenticator apps */
export function requireSoftwareTokens({ poolFactors }: UserPool): void {
  if (!poolFactors.softwareToken)
    throw new CognitoError(
      'SoftwareTokenMFANotFoundException',
      'Software Token MFA has not been enabled by the userPool',
    );
}
