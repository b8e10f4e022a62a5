import type { IdentityPool, PrincipalTagMap } from './identity-pool.ts';
import { ownMember } from './identity-pool.ts';
import type { VerifiedLogin } from './login.ts';
import type { PrincipalTags } from './open-id-token.ts';

/** Tag key -> claim, of the default mappings (Cognito: Using attributes for access control). */
export const DEFAULT_PRINCIPAL_TAGS = { client: 'aud', username: 'sub' };

/** Characters that a tag's value may have (STS: session tags). */
const LONGEST_VALUE = 256;

/**
 * The session tags that the claims of the logins give: those of the first login whose provider has a mapping. A claim
 * that the token lacks, that is no single value or is too long for a tag sets none.
 */
export function principalTagsOf(identityPool: IdentityPool, logins: readonly VerifiedLogin[]): PrincipalTags {
  for (const { provider, claims } of logins) {
    const map = ownMember(identityPool.principalTags, provider);
    if (map) return tagsOf(map, claims);
  }
  return {};
}

function tagsOf({ useDefaults, tags }: PrincipalTagMap, claims: Record<string, unknown>): PrincipalTags {
  const found = Object.entries(useDefaults ? DEFAULT_PRINCIPAL_TAGS : tags).flatMap(([key, claim]) => {
    const value = ownMember(claims, claim);
    const single = ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
    return single !== '' && single.length <= LONGEST_VALUE ? [[key, single] as const] : [];
  });
  return Object.fromEntries(found);
}
