import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { deleteIdentityProvider } from '../configuration/configure-identity-provider.ts';
import { ProviderNameType } from '../configuration/identity-provider-shape.ts';
import { UserPoolIdType } from './shapes.ts';

/** Cognito: DeleteIdentityProvider. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, ProviderName: ProviderNameType }),
  (pool, { UserPoolId, ProviderName }) => {
    deleteIdentityProvider(pool, UserPoolId, ProviderName);
    return {};
  },
);
