import type { IdentityProviderDocument } from '../configuration/identity-provider-shape.ts';
import { timestamp } from './user-type.ts';

/** API reference: IdentityProviderType. */
export function identityProviderType(UserPoolId: string, provider: IdentityProviderDocument) {
  const { createdAt, modifiedAt, ...settings } = provider;
  return {
    UserPoolId,
    AttributeMapping: {},
    IdpIdentifiers: [],
    ...settings,
    CreationDate: timestamp(createdAt),
    LastModifiedDate: timestamp(modifiedAt),
  };
}

/** API reference: ProviderDescription. */
export function providerDescription({
  ProviderName,
  ProviderType,
  createdAt,
  modifiedAt,
}: IdentityProviderDocument) {
  return {
    ProviderName,
    ProviderType,
    CreationDate: timestamp(createdAt),
    LastModifiedDate: timestamp(modifiedAt),
  };
}
