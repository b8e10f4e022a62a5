import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireBrandingOfClient } from '../configuration/configure-branding.ts';
import { brandingType } from './branding-type.ts';
import { ClientIdType, UserPoolIdType } from './shapes.ts';

/** Cognito: DescribeManagedLoginBrandingByClient. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, ClientId: ClientIdType }),
  (pool, { UserPoolId, ClientId }) => ({
    ManagedLoginBranding: brandingType(
      UserPoolId,
      requireBrandingOfClient(pool, UserPoolId, ClientId).branding,
    ),
  }),
);
