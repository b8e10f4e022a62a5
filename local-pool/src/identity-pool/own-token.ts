import { jwtVerify } from 'jose';
import type { LocalPool } from '../local-pool.ts';
import { LOGIN_CLAIM, OPEN_ID_ISSUER, type PrincipalTags, TAGS_CLAIM } from './open-id-token.ts';
import { openIdKey } from './signing-key.ts';

/** What an OpenID token of an identity pool says. */
export interface OwnToken {
  identityId: string;
  identityPoolId: string;
  authenticated: boolean;
  /** Whether it is of GetOpenIdTokenForDeveloperIdentity, and so good as a login. */
  isLogin: boolean;
  /** The logins of its `amr`, after `authenticated`. */
  amr: string[];
  tags: PrincipalTags;
}

/**
 * Verifies a token that GetOpenIdToken or GetOpenIdTokenForDeveloperIdentity gave.
 * @throws JOSEError
 */
export async function verifyOwnToken(pool: LocalPool, token: string): Promise<OwnToken> {
  const { publicKey } = await openIdKey(pool);
  const { payload } = await jwtVerify(token, publicKey, {
    algorithms: ['RS512'],
    issuer: OPEN_ID_ISSUER,
    currentDate: new Date(pool.clock.now()),
    requiredClaims: ['exp', 'sub', 'aud', 'amr'],
  });
  const [kind, ...amr] = payload.amr as string[];
  return {
    identityId: String(payload.sub),
    identityPoolId: String(payload.aud),
    authenticated: kind === 'authenticated',
    isLogin: payload[LOGIN_CLAIM] === true,
    amr,
    tags: tagsOf(payload[TAGS_CLAIM]),
  };
}

function tagsOf(claim: unknown): PrincipalTags {
  const { principal_tags = {} } = (claim ?? {}) as { principal_tags?: Record<string, string[]> };
  return Object.fromEntries(Object.entries(principal_tags).map(([key, [value = '']]) => [key, value]));
}
