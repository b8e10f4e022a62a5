import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireIdentityProvider } from '../configuration/configure-identity-provider.ts';
import { ProviderNameType } from '../configuration/identity-provider-shape.ts';
import { identityProviderType } from './identity-provider-type.ts';
import { UserPoolIdType } from './shapes.ts';

/** Cognito: DescribeIdentityProvider. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, ProviderName: ProviderNameType }),
  (pool, { UserPoolId, ProviderName }) => ({
    IdentityProvider: identityProviderType(
      UserPoolId,
      requireIdentityProvider(pool, UserPoolId, ProviderName),
    ),
  }),
);
