import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireBranding } from '../configuration/configure-branding.ts';
import { brandingType } from './branding-type.ts';
import { UserPoolIdType, UuidType } from './shapes.ts';

/** Cognito: DescribeManagedLoginBranding. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, ManagedLoginBrandingId: UuidType }),
  (pool, { UserPoolId, ManagedLoginBrandingId }) => ({
    ManagedLoginBranding: brandingType(
      UserPoolId,
      requireBranding(pool, UserPoolId, ManagedLoginBrandingId).branding,
    ),
  }),
);
