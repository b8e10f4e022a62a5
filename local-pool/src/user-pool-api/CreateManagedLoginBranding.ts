import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { createBranding } from '../configuration/configure-branding.ts';
import { brandingInput, brandingSettings, brandingType } from './branding-type.ts';
import { ClientIdType, UserPoolIdType } from './shapes.ts';

/** Cognito: CreateManagedLoginBranding. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, ClientId: ClientIdType, ...brandingInput }),
  (pool, { UserPoolId, ClientId, ...input }) => ({
    ManagedLoginBranding: brandingType(
      UserPoolId,
      createBranding(pool, UserPoolId, ClientId, brandingSettings(input)),
    ),
  }),
);
