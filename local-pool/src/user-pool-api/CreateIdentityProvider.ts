import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { createIdentityProvider } from '../configuration/configure-identity-provider.ts';
import { identityProvider } from '../configuration/identity-provider-shape.ts';
import { identityProviderType } from './identity-provider-type.ts';
import { UserPoolIdType } from './shapes.ts';

/** Cognito: CreateIdentityProvider. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, ...identityProvider }),
  (pool, { UserPoolId, ...given }) => ({
    IdentityProvider: identityProviderType(UserPoolId, createIdentityProvider(pool, UserPoolId, given)),
  }),
);
