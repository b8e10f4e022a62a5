import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { updateIdentityProvider } from '../configuration/configure-identity-provider.ts';
import { identityProviderSettings, ProviderNameType } from '../configuration/identity-provider-shape.ts';
import { identityProviderType } from './identity-provider-type.ts';
import { UserPoolIdType } from './shapes.ts';

/** What is not sent stays as it is (Cognito: UpdateIdentityProvider). */
export const operation = signedOperation(
  z
    .object({ UserPoolId: UserPoolIdType, ProviderName: ProviderNameType })
    .extend(z.object(identityProviderSettings).partial().shape),
  (pool, { UserPoolId, ProviderName, ProviderDetails, AttributeMapping, IdpIdentifiers }) => {
    const provider = updateIdentityProvider(pool, UserPoolId, ProviderName, {
      ...(ProviderDetails && { ProviderDetails }),
      ...(AttributeMapping && { AttributeMapping }),
      ...(IdpIdentifiers && { IdpIdentifiers }),
    });
    return { IdentityProvider: identityProviderType(UserPoolId, provider) };
  },
);
