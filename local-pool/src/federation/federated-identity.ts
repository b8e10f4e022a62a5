import type { IdentityProvider } from '../model/identity-provider.ts';

/** Whom a provider has vouched for; nothing here that was not verified. */
export interface FederatedIdentity {
  provider: IdentityProvider;
  /** What never changes of the person at the provider: `sub`, or a SAML NameID. */
  userId: string;
  /** The entity ID of a SAML provider; null for every other. */
  issuer: string | null;
  /** Claims or assertion attributes by the provider's names. */
  claims: Record<string, string>;
}
