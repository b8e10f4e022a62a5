import { z } from 'zod';
import { list, text } from '../../aws-json/shapes.ts';
import {
  EmailVerificationMessageType,
  EmailVerificationSubjectType,
} from '../../configuration/message-shapes.ts';
import type { MfaSettings } from '../../configuration/mfa-settings.ts';
import { cloudFormation as n } from '../../configuration/notation.ts';
import { schemaAttribute } from '../../configuration/schema-attribute-shape.ts';
import { withUserPoolDefaults } from '../../configuration/user-pool-defaults.ts';
import { bareUserPool, type UserPoolDocument } from '../../configuration/user-pool-document.ts';
import { userPoolIdentity, userPoolSettings } from '../../configuration/user-pool-settings.ts';

/** The properties that the local pool honours, or that change nothing it could show. */
export const userPoolProperties = z.strictObject({
  UserPoolName: text({ max: 128 }).optional(),
  ...userPoolIdentity(n),
  ...userPoolSettings(n),
  Schema: list(schemaAttribute(n)).default([]),
  UserPoolTags: z.record(z.string(), z.string()).default({}),
  EnabledMfas: list(z.enum(['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'])).default([]),
  EmailAuthenticationMessage: EmailVerificationMessageType.optional(),
  EmailAuthenticationSubject: EmailVerificationSubjectType.optional(),
  WebAuthnRelyingPartyID: text({ min: 1, max: 127 }).optional(),
  WebAuthnUserVerification: z.enum(['required', 'preferred']).optional(),
  WebAuthnFactorConfiguration: z.enum(['SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION']).optional(),
});

type Properties = z.infer<typeof userPoolProperties>;

/** A user pool without its domain, resource servers and identity providers, which are resources of their own. */
export function userPoolDocumentOf(logicalId: string, id: string, properties: Properties): UserPoolDocument {
  const {
    UserPoolName = logicalId,
    AliasAttributes,
    UsernameAttributes,
    UsernameConfiguration,
    Schema,
    UserPoolTags,
    EnabledMfas,
    EmailAuthenticationMessage,
    EmailAuthenticationSubject,
    WebAuthnRelyingPartyID,
    WebAuthnUserVerification,
    WebAuthnFactorConfiguration,
    ...settings
  } = properties;
  return {
    ...bareUserPool(id, UserPoolName),
    identity: { AliasAttributes, UsernameAttributes, UsernameConfiguration },
    schema: Schema,
    settings: withUserPoolDefaults(settings),
    mfa: mfaOf(properties),
    tags: UserPoolTags,
  };
}

function mfaOf({ EnabledMfas, ...properties }: Properties): MfaSettings {
  const { WebAuthnRelyingPartyID, WebAuthnUserVerification, WebAuthnFactorConfiguration } = properties;
  return {
    ...(EnabledMfas.includes('SMS_MFA') && {
      SmsMfaConfiguration: {
        SmsAuthenticationMessage: properties.SmsAuthenticationMessage,
        SmsConfiguration: properties.SmsConfiguration,
      },
    }),
    ...(EnabledMfas.includes('SOFTWARE_TOKEN_MFA') && { SoftwareTokenMfaConfiguration: { Enabled: true } }),
    ...(EnabledMfas.includes('EMAIL_OTP') && {
      EmailMfaConfiguration: {
        Message: properties.EmailAuthenticationMessage,
        Subject: properties.EmailAuthenticationSubject,
      },
    }),
    ...((WebAuthnRelyingPartyID ?? WebAuthnUserVerification ?? WebAuthnFactorConfiguration) !== undefined && {
      WebAuthnConfiguration: {
        RelyingPartyId: WebAuthnRelyingPartyID,
        UserVerification: WebAuthnUserVerification,
        FactorConfiguration: WebAuthnFactorConfiguration,
      },
    }),
  };
}
