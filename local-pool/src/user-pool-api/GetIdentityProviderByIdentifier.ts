import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireIdentityProviderByIdentifier } from '../configuration/configure-identity-provider.ts';
import { IdpIdentifierType } from '../configuration/identity-provider-shape.ts';
import { identityProviderType } from './identity-provider-type.ts';
import { UserPoolIdType } from './shapes.ts';

/** Cognito: GetIdentityProviderByIdentifier. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, IdpIdentifier: IdpIdentifierType }),
  (pool, { UserPoolId, IdpIdentifier }) => ({
    IdentityProvider: identityProviderType(
      UserPoolId,
      requireIdentityProviderByIdentifier(pool, UserPoolId, IdpIdentifier),
    ),
  }),
);
