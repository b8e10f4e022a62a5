import { z } from 'zod';
import { list, stringMap, text } from '../aws-json/shapes.ts';

export const ProviderNameType = text({
  min: 1,
  max: 32,
  pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\p{Z}]+`,
});
/** A new provider's name: three characters or more, without blank or underscore at its ends. */
export const ProviderNameTypeV2 = text({
  min: 1,
  max: 32,
  pattern: String.raw`[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+`,
});
export const IdpIdentifierType = text({ min: 1, max: 40, pattern: String.raw`[\w\s+=.@-]+` });

/** What UpdateIdentityProvider replaces where it is sent. */
export const identityProviderSettings = {
  ProviderDetails: stringMap(),
  AttributeMapping: stringMap().optional(),
  IdpIdentifiers: list(IdpIdentifierType, { max: 50 }).optional(),
};

/** API reference: IdentityProviderType. */
export const identityProvider = {
  ProviderName: ProviderNameTypeV2,
  ProviderType: z.enum(['SAML', 'Facebook', 'Google', 'LoginWithAmazon', 'SignInWithApple', 'OIDC']),
  ...identityProviderSettings,
};

const wireIdentityProvider = z.object(identityProvider);
export interface IdentityProviderDocument extends z.infer<typeof wireIdentityProvider> {
  /** Milliseconds since the epoch. */
  createdAt: number;
  modifiedAt: number;
}
