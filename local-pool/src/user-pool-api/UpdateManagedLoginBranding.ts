import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { updateBranding } from '../configuration/configure-branding.ts';
import { brandingInput, brandingSettings, brandingType } from './branding-type.ts';
import { UserPoolIdType, UuidType } from './shapes.ts';

/** Cognito: UpdateManagedLoginBranding. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, ManagedLoginBrandingId: UuidType, ...brandingInput }),
  (pool, { UserPoolId, ManagedLoginBrandingId, ...input }) => ({
    ManagedLoginBranding: brandingType(
      UserPoolId,
      updateBranding(pool, UserPoolId, ManagedLoginBrandingId, brandingSettings(input)),
    ),
  }),
);
