import { isKept } from '../cognito/claims.ts';
import type { LiveSession } from './current.ts';

/** What a session knows of the ID token that it was made from. */
interface KnownClaims {
  readonly claims: Readonly<Record<string, unknown>>;
  /** Whether a claim would be among them if the token had it. */
  readonly isKnown: (claim: string) => boolean;
}

/** The claims that the session keeps, and those that the access token has as well. */
export function knownClaims({ session, access }: LiveSession): KnownClaims {
  const shared = {
    iss: access.iss,
    aud: access.client_id,
    token_use: 'id',
    auth_time: access.auth_time,
    'cognito:groups': access['cognito:groups'],
  };
  return {
    claims: { ...session.claims, ...shared },
    isKnown: (claim) => isKept(claim) || Object.hasOwn(shared, claim),
  };
}
