import { createHash } from 'node:crypto';
import { OAuthError } from '../../errors.ts';

const FORM = /^[A-Za-z0-9\-._~]{43,128}$/;

/** @throws OAuthError invalid_request for a verifier that no client may send (RFC 7636 section 4.1). */
export function requireVerifierForm(verifier: string | null): void {
  if (verifier !== null && !FORM.test(verifier))
    throw new OAuthError('invalid_request', 'code_verifier must be 43 to 128 unreserved characters');
}

/**
 * Whether a verifier belongs to the challenge of the code. A verifier without a challenge is refused as well: it means
 * that somebody took the challenge out of the authorization request (RFC 9700 section 4.8.2).
 */
export function fitsChallenge(verifier: string | null, challenge: string | undefined): boolean {
  if (verifier === null || challenge === undefined) return verifier === null && challenge === undefined;
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}
