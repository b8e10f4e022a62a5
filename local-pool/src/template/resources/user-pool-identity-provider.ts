import { z } from 'zod';
import {
  type IdentityProviderDocument,
  identityProvider,
} from '../../configuration/identity-provider-shape.ts';
import { userPoolId } from '../property-types.ts';

export const userPoolIdentityProviderProperties = z.strictObject({
  UserPoolId: userPoolId,
  ...identityProvider,
});

export function identityProviderDocumentOf({
  UserPoolId: _,
  ...provider
}: z.infer<typeof userPoolIdentityProviderProperties>): IdentityProviderDocument {
  return { ...provider, createdAt: 0, modifiedAt: 0 };
}
