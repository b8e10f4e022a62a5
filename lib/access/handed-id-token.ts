import { headers } from 'next/headers';
import type { IdTokenClaims } from '../cognito/claims.ts';
import { tokenVerifier } from '../cognito/token-verifier.ts';
import { config } from '../config.ts';
import { handedOver } from '../session/id-token-hand-over.ts';
import { guardedSession } from './guards.ts';

interface HandedIdToken {
  readonly text: string;
  readonly claims: IdTokenClaims;
}

/**
 * The ID token that the person asked for and the middleware has just been given, verified here once more.
 * @returns undefined where it was not asked for, where this request is not the one that refreshed, and where the
 * registry does not confirm the session: what is exchanged for the token outlives every sign-out
 */
export async function handedIdToken(): Promise<HandedIdToken | undefined> {
  const current = await guardedSession();
  if (current.kind !== 'live' || !current.confirmed) return undefined;
  const text = await handedOver(config(), await headers(), current.session);
  if (text === undefined) return undefined;
  const verdict = await tokenVerifier().idToken(text, [config().clientId]);
  return verdict.kind === 'valid' && verdict.claims.sub === current.access.sub
    ? { text, claims: verdict.claims }
    : undefined;
}
