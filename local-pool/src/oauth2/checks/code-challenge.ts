import type { Refuse } from './refuse.ts';

/** A SHA-256 in base64url without padding. */
const S256_CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/** The PKCE challenge, only by S256 and only with its method named (Cognito: Using PKCE; RFC 7636 section 4.3). */
export function requireCodeChallenge(query: URLSearchParams, refuse: Refuse): string | undefined {
  const challenge = query.get('code_challenge');
  const method = query.get('code_challenge_method');
  if (challenge === null && method === null) return undefined;
  if (method !== 'S256') throw refuse('invalid_request', 'code_challenge_method must be S256');
  if (!challenge || !S256_CHALLENGE.test(challenge))
    throw refuse('invalid_request', 'code_challenge must be 43 characters of base64url');
  return challenge;
}
