import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { deleteBranding } from '../configuration/configure-branding.ts';
import { UserPoolIdType, UuidType } from './shapes.ts';

/** Cognito: DeleteManagedLoginBranding. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, ManagedLoginBrandingId: UuidType }),
  (pool, { UserPoolId, ManagedLoginBrandingId }) => {
    deleteBranding(pool, UserPoolId, ManagedLoginBrandingId);
    return {};
  },
);
