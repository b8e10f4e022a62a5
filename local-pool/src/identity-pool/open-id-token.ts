import { SignJWT } from 'jose';
import { secondsNow } from '../clock.ts';
import type { LocalPool } from '../local-pool.ts';
import type { Identity } from '../store/identity-pool-identities.ts';
import { identityPoolArn } from './identity-pool.ts';
import { openIdKey } from './signing-key.ts';

export const OPEN_ID_ISSUER = 'https://cognito-identity.amazonaws.com';
export const TAGS_CLAIM = 'https://aws.amazon.com/tags';
/** Marks a token that is good as a login: one of GetOpenIdTokenForDeveloperIdentity. */
export const LOGIN_CLAIM = `${OPEN_ID_ISSUER}/login`;
/** Seconds (captured; GetOpenIdTokenForDeveloperIdentity: the default). */
export const OPEN_ID_TOKEN_DURATION = 900;

/** Tag key -> value, of a session. */
export type PrincipalTags = Record<string, string>;

/** What an OpenID token says besides whom it is for. */
export interface OpenIdTokenContents {
  /** What the login adds; none = a guest. */
  amr: string[];
  tags: PrincipalTags;
  /** Seconds. */
  duration: number;
  /** Whether the identity pool takes it as a login. */
  isLogin: boolean;
}

/**
 * Issues the token of GetOpenIdToken: `aud` is the identity pool, `amr` tells guests from people who signed in
 * (Cognito: Identity pools authentication flow; the form is that of captured tokens).
 */
export async function issueOpenIdToken(
  pool: LocalPool,
  identity: Identity,
  { amr, tags, duration, isLogin }: OpenIdTokenContents,
): Promise<string> {
  const { kid, privateKey } = await openIdKey(pool);
  const issuedAt = secondsNow(pool.clock);
  const entries = Object.entries(tags).map(([key, value]) => [key, [value]] as const);
  return new SignJWT({
    sub: identity.id,
    aud: identity.identityPoolId,
    amr: amr.length > 0 ? ['authenticated', ...amr] : ['unauthenticated'],
    iss: OPEN_ID_ISSUER,
    [`${OPEN_ID_ISSUER}/identity-pool-arn`]: identityPoolArn(identity.identityPoolId),
    exp: issuedAt + duration,
    iat: issuedAt,
    ...(isLogin && { [LOGIN_CLAIM]: true }),
    ...(entries.length > 0 && { [TAGS_CLAIM]: { principal_tags: Object.fromEntries(entries) } }),
  })
    .setProtectedHeader({ kid, typ: 'JWS', alg: 'RS512' })
    .sign(privateKey);
}
