import { withAcrDefaults } from './acr-configuration.ts';
import type { UserPoolSettings } from './user-pool-settings.ts';

const DEFAULT_PASSWORD_POLICY = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  TemporaryPasswordValidityDays: 7,
};

/** A policy that was given replaces the usual one: what it does not require is not required. */
const GIVEN_PASSWORD_POLICY = {
  MinimumLength: 8,
  RequireUppercase: false,
  RequireLowercase: false,
  RequireNumbers: false,
  RequireSymbols: false,
  TemporaryPasswordValidityDays: 7,
};

/**
 * The settings that a user pool has when these are given to CreateUserPool or UpdateUserPool, both of which set
 * everything else to its default (Cognito: CreateUserPool, UpdateUserPool).
 */
export function withUserPoolDefaults(given: UserPoolSettings): UserPoolSettings {
  const { PasswordPolicy, SignInPolicy } = given.Policies ?? {};
  return {
    ...given,
    Policies: {
      PasswordPolicy: PasswordPolicy
        ? { ...GIVEN_PASSWORD_POLICY, ...PasswordPolicy }
        : DEFAULT_PASSWORD_POLICY,
      SignInPolicy: {
        AllowedFirstAuthFactors: SignInPolicy?.AllowedFirstAuthFactors ?? ['PASSWORD'],
      },
    },
    DeletionProtection: given.DeletionProtection ?? 'INACTIVE',
    LambdaConfig: withBothTokenTriggers(given.LambdaConfig ?? {}),
    UserAttributeUpdateSettings: {
      AttributesRequireVerificationBeforeUpdate:
        given.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [],
    },
    MfaConfiguration: given.MfaConfiguration ?? 'OFF',
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT', ...given.EmailConfiguration },
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: false,
      UnusedAccountValidityDays: 7,
      ...given.AdminCreateUserConfig,
    },
    UserPoolTier: given.UserPoolTier ?? 'ESSENTIALS',
    ...(given.AcrConfiguration && { AcrConfiguration: withAcrDefaults(given.AcrConfiguration) }),
    ...verificationMessages(given),
  };
}

/** An ARN alone means the first version of the event (API reference: LambdaConfigType). */
function withBothTokenTriggers(
  config: NonNullable<UserPoolSettings['LambdaConfig']>,
): NonNullable<UserPoolSettings['LambdaConfig']> {
  const { PreTokenGeneration, PreTokenGenerationConfig } = config;
  if (PreTokenGenerationConfig) return { PreTokenGeneration: PreTokenGenerationConfig.LambdaArn, ...config };
  if (!PreTokenGeneration) return config;
  return {
    ...config,
    PreTokenGenerationConfig: { LambdaVersion: 'V1_0', LambdaArn: PreTokenGeneration },
  };
}

/** The older members and the template say the same; whoever sets one reads both. */
function verificationMessages(given: UserPoolSettings): UserPoolSettings {
  const template = given.VerificationMessageTemplate ?? {};
  const SmsMessage = template.SmsMessage ?? given.SmsVerificationMessage;
  const EmailMessage = template.EmailMessage ?? given.EmailVerificationMessage;
  const EmailSubject = template.EmailSubject ?? given.EmailVerificationSubject;
  return {
    SmsVerificationMessage: SmsMessage,
    EmailVerificationMessage: EmailMessage,
    EmailVerificationSubject: EmailSubject,
    VerificationMessageTemplate: {
      ...template,
      SmsMessage,
      EmailMessage,
      EmailSubject,
      DefaultEmailOption: template.DefaultEmailOption ?? 'CONFIRM_WITH_CODE',
    },
  };
}
