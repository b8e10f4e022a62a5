import { z } from 'zod';
import { text } from '../aws-json/shapes.ts';
import {
  EmailVerificationMessageType,
  EmailVerificationSubjectType,
  SmsVerificationMessageType,
} from './message-shapes.ts';
import { wire } from './notation.ts';
import { smsConfiguration } from './user-pool-settings.ts';

/** What SetUserPoolMfaConfig replaces besides `MfaConfiguration` (API reference: SetUserPoolMfaConfig). */
export const mfaSettings = {
  SmsMfaConfiguration: z
    .object({
      SmsAuthenticationMessage: SmsVerificationMessageType.optional(),
      SmsConfiguration: smsConfiguration(wire).optional(),
    })
    .optional(),
  SoftwareTokenMfaConfiguration: z.object({ Enabled: z.boolean().optional() }).optional(),
  EmailMfaConfiguration: z
    .object({
      Message: EmailVerificationMessageType.optional(),
      Subject: EmailVerificationSubjectType.optional(),
    })
    .optional(),
  WebAuthnConfiguration: z
    .object({
      RelyingPartyId: text({ min: 1, max: 127 }).optional(),
      UserVerification: z.enum(['required', 'preferred']).optional(),
      FactorConfiguration: z.enum(['SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION']).optional(),
    })
    .optional(),
};

const wireMfa = z.object(mfaSettings);
export type MfaSettings = z.infer<typeof wireMfa>;
