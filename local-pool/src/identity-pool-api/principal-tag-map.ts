import { type IdentityPool, ownMember } from '../identity-pool/identity-pool.ts';
import { DEFAULT_PRINCIPAL_TAGS } from '../identity-pool/principal-tags.ts';

/** API reference: GetPrincipalTagAttributeMapResponse. @param provider the canonical name */
export function principalTagAttributeMap(
  { id, principalTags }: IdentityPool,
  provider: string,
  shownProvider: string,
) {
  const { useDefaults, tags } = ownMember(principalTags, provider) ?? { useDefaults: false, tags: {} };
  return {
    IdentityPoolId: id,
    IdentityProviderName: shownProvider,
    UseDefaults: useDefaults,
    PrincipalTags: useDefaults ? DEFAULT_PRINCIPAL_TAGS : tags,
  };
}
