export type IdentityProviderType =
  | 'SAML'
  | 'Facebook'
  | 'Google'
  | 'LoginWithAmazon'
  | 'SignInWithApple'
  | 'OIDC';

/** An identity provider of a user pool (Cognito: CreateIdentityProvider). */
export interface IdentityProvider {
  name: string;
  type: IdentityProviderType;
  /** `client_id`, `oidc_issuer`, `MetadataFile` … by type; every value a string. */
  details: Record<string, string>;
  /** Pool attribute -> the provider's claim or assertion attribute. */
  attributeMapping: Record<string, string>;
  /** Other names that `idp_identifier` may carry. */
  identifiers: string[];
  /** Milliseconds since the epoch. */
  createdAt: number;
  modifiedAt: number;
}
