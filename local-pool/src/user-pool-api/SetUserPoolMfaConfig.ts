import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { setMfaConfiguration } from '../configuration/configure-user-pool.ts';
import { mfaSettings } from '../configuration/mfa-settings.ts';
import { UserPoolIdType } from './shapes.ts';

/** Replaces the whole MFA part and echoes it (Cognito: SetUserPoolMfaConfig). */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    ...mfaSettings,
    MfaConfiguration: z.enum(['OFF', 'ON', 'OPTIONAL']).optional(),
  }),
  (pool, { UserPoolId, MfaConfiguration, ...given }) => {
    const { mfa, settings } = setMfaConfiguration(pool, UserPoolId, MfaConfiguration, given);
    return { ...mfa, MfaConfiguration: settings.MfaConfiguration };
  },
);
