import { z } from 'zod';
import { list, text } from '../aws-json/shapes.ts';
import { acrConfiguration } from './acr-configuration.ts';
import { ArnType, lambdaConfig } from './lambda-config-shape.ts';
import {
  EmailVerificationMessageType,
  EmailVerificationSubjectType,
  inviteMessageTemplate,
  SmsVerificationMessageType,
  verificationTexts,
} from './message-shapes.ts';
import { type Notation, wire } from './notation.ts';

const VerifiedAttributes = list(z.enum(['phone_number', 'email']));
const policies = (n: Notation) =>
  n.object({
    PasswordPolicy: n
      .object({
        MinimumLength: n.integer({ min: 6, max: 99 }).optional(),
        RequireUppercase: n.flag().optional(),
        RequireLowercase: n.flag().optional(),
        RequireNumbers: n.flag().optional(),
        RequireSymbols: n.flag().optional(),
        PasswordHistorySize: n.integer({ min: 0, max: 24 }).optional(),
        TemporaryPasswordValidityDays: n.integer({ min: 0, max: 365 }).optional(),
      })
      .optional(),
    SignInPolicy: n
      .object({
        AllowedFirstAuthFactors: list(z.enum(['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN']), {
          min: 1,
        }).optional(),
      })
      .optional(),
  });

export const smsConfiguration = (n: Notation) =>
  n.object({
    SnsCallerArn: ArnType.optional(),
    ExternalId: text().optional(),
    SnsRegion: text({ min: 5, max: 32 }).optional(),
  });

const emailConfiguration = (n: Notation) =>
  n.object({
    SourceArn: ArnType.optional(),
    ReplyToEmailAddress: text().optional(),
    EmailSendingAccount: z.enum(['COGNITO_DEFAULT', 'DEVELOPER']).optional(),
    From: text().optional(),
    ConfigurationSet: text({ min: 1, max: 64, pattern: '[a-zA-Z0-9_-]+' }).optional(),
  });

/** What UpdateUserPool replaces, by the names of the API, which are the template's too. */
export const userPoolSettings = (n: Notation) => ({
  Policies: policies(n).optional(),
  DeletionProtection: z.enum(['ACTIVE', 'INACTIVE']).optional(),
  LambdaConfig: n.object(lambdaConfig(n)).optional(),
  AutoVerifiedAttributes: VerifiedAttributes.optional(),
  SmsVerificationMessage: SmsVerificationMessageType.optional(),
  EmailVerificationMessage: EmailVerificationMessageType.optional(),
  EmailVerificationSubject: EmailVerificationSubjectType.optional(),
  VerificationMessageTemplate: n
    .object({
      ...verificationTexts,
      DefaultEmailOption: z.enum(['CONFIRM_WITH_LINK', 'CONFIRM_WITH_CODE']).optional(),
    })
    .optional(),
  SmsAuthenticationMessage: SmsVerificationMessageType.optional(),
  UserAttributeUpdateSettings: n
    .object({ AttributesRequireVerificationBeforeUpdate: VerifiedAttributes.optional() })
    .optional(),
  MfaConfiguration: z.enum(['OFF', 'ON', 'OPTIONAL']).optional(),
  DeviceConfiguration: n
    .object({
      ChallengeRequiredOnNewDevice: n.flag().optional(),
      DeviceOnlyRememberedOnUserPrompt: n.flag().optional(),
    })
    .optional(),
  EmailConfiguration: emailConfiguration(n).optional(),
  SmsConfiguration: smsConfiguration(n).optional(),
  AdminCreateUserConfig: n
    .object({
      AllowAdminCreateUserOnly: n.flag().optional(),
      UnusedAccountValidityDays: n.integer({ min: 0, max: 365 }).optional(),
      InviteMessageTemplate: inviteMessageTemplate(n).optional(),
    })
    .optional(),
  UserPoolAddOns: n
    .object({
      AdvancedSecurityMode: z.enum(['OFF', 'AUDIT', 'ENFORCED']),
      AdvancedSecurityAdditionalFlows: n
        .object({ CustomAuthMode: z.enum(['AUDIT', 'ENFORCED']).optional() })
        .optional(),
    })
    .optional(),
  AccountRecoverySetting: n
    .object({
      RecoveryMechanisms: list(
        n.object({
          Name: z.enum(['verified_email', 'verified_phone_number', 'admin_only']),
          Priority: n.integer({ min: 1, max: 2 }),
        }),
        { min: 1, max: 2 },
      ).optional(),
    })
    .optional(),
  UserPoolTier: z.enum(['LITE', 'ESSENTIALS', 'PLUS']).optional(),
  AcrConfiguration: acrConfiguration(n).optional(),
});

const wireSettings = z.object(userPoolSettings(wire));
export type UserPoolSettings = z.infer<typeof wireSettings>;

/** What is fixed when a user pool is created, its schema apart. */
export const userPoolIdentity = (n: Notation) => ({
  AliasAttributes: list(z.enum(['phone_number', 'email', 'preferred_username'])).optional(),
  UsernameAttributes: list(z.enum(['phone_number', 'email'])).optional(),
  UsernameConfiguration: n.object({ CaseSensitive: n.flag() }).optional(),
});

const wireIdentity = z.object(userPoolIdentity(wire));
export type UserPoolIdentity = z.infer<typeof wireIdentity>;
