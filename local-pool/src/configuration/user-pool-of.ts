import type { IdentityProvider } from '../model/identity-provider.ts';
import type { PasswordPolicy } from '../model/password-policy.ts';
import {
  type LambdaConfig,
  type MessageTemplates,
  type TriggerName,
  type UserPool,
  type UserPoolDomain,
  userPoolArn,
} from '../model/user-pool.ts';
import { acrValuesOf } from './acr-configuration.ts';
import type { IdentityProviderDocument } from './identity-provider-shape.ts';
import { schemaOf } from './schema-of.ts';
import type { UserPoolDocument } from './user-pool-document.ts';
import type { UserPoolSettings } from './user-pool-settings.ts';

/** The user pool that a document configures. @param issuer of its tokens, which only the running server knows */
export function userPoolOf(document: UserPoolDocument, issuer: string): UserPool {
  const { id, name, identity, settings, mfa } = document;
  const domain = domainOf(document);
  const recovery = [...(settings.AccountRecoverySetting?.RecoveryMechanisms ?? [])];
  return {
    id,
    name,
    region: id.slice(0, id.indexOf('_')),
    arn: userPoolArn(id),
    issuer,
    schema: schemaOf(document.schema),
    passwordPolicy: passwordPolicyOf(settings),
    usernameAttributes: identity.UsernameAttributes ?? [],
    aliasAttributes: identity.AliasAttributes ?? [],
    caseSensitive: identity.UsernameConfiguration?.CaseSensitive ?? true,
    autoVerifiedAttributes: settings.AutoVerifiedAttributes ?? [],
    verifiedBeforeUpdate:
      settings.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [],
    allowAdminCreateUserOnly: settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly ?? false,
    mfaConfiguration: settings.MfaConfiguration ?? 'OFF',
    poolFactors: {
      sms: mfa.SmsMfaConfiguration !== undefined,
      softwareToken: mfa.SoftwareTokenMfaConfiguration?.Enabled ?? false,
      email: mfa.EmailMfaConfiguration !== undefined,
    },
    firstFactors: settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? ['PASSWORD'],
    webAuthn: {
      ...(mfa.WebAuthnConfiguration?.RelyingPartyId !== undefined && {
        relyingPartyId: mfa.WebAuthnConfiguration.RelyingPartyId,
      }),
      userVerification: mfa.WebAuthnConfiguration?.UserVerification ?? 'preferred',
      multiFactor: mfa.WebAuthnConfiguration?.FactorConfiguration === 'MULTI_FACTOR_WITH_USER_VERIFICATION',
    },
    ...(settings.AcrConfiguration && { acrValues: acrValuesOf(settings.AcrConfiguration) }),
    ...(settings.DeviceConfiguration && {
      deviceConfiguration: {
        challengeRequiredOnNewDevice: settings.DeviceConfiguration.ChallengeRequiredOnNewDevice ?? false,
        deviceOnlyRememberedOnUserPrompt:
          settings.DeviceConfiguration.DeviceOnlyRememberedOnUserPrompt ?? false,
      },
    }),
    lambdaConfig: lambdaConfigOf(settings),
    messages: messagesOf(document),
    accountRecovery: recovery.sort((a, b) => a.Priority - b.Priority).map(({ Name }) => Name),
    ...(domain && { domain }),
    resourceServers: document.resourceServers.map(({ Identifier, Name, Scopes }) => ({
      identifier: Identifier,
      name: Name,
      scopes: (Scopes ?? []).map(({ ScopeName, ScopeDescription }) => ({
        name: ScopeName,
        description: ScopeDescription,
      })),
    })),
    identityProviders: document.identityProviders.map(identityProviderOf),
  };
}

/** The pages look as the custom domain says where there is one. */
function domainOf({ domains }: UserPoolDocument): UserPoolDomain | undefined {
  const domain = domains.find(({ certificateArn }) => certificateArn !== undefined) ?? domains[0];
  return domain && { name: domain.name, managedLoginVersion: domain.managedLoginVersion };
}

function passwordPolicyOf({ Policies, AdminCreateUserConfig }: UserPoolSettings): PasswordPolicy {
  const policy = Policies?.PasswordPolicy ?? {};
  return {
    minimumLength: policy.MinimumLength ?? 8,
    requireUppercase: policy.RequireUppercase ?? false,
    requireLowercase: policy.RequireLowercase ?? false,
    requireNumbers: policy.RequireNumbers ?? false,
    requireSymbols: policy.RequireSymbols ?? false,
    temporaryPasswordValidityDays:
      policy.TemporaryPasswordValidityDays || AdminCreateUserConfig?.UnusedAccountValidityDays || 7,
    historySize: policy.PasswordHistorySize ?? 0,
  };
}

const TRIGGERS: TriggerName[] = [
  'PreSignUp',
  'PostConfirmation',
  'PreAuthentication',
  'PostAuthentication',
  'DefineAuthChallenge',
  'CreateAuthChallenge',
  'VerifyAuthChallengeResponse',
  'UserMigration',
  'CustomMessage',
];

function lambdaConfigOf({ LambdaConfig = {} }: UserPoolSettings): LambdaConfig {
  const { PreTokenGenerationConfig } = LambdaConfig;
  const named = TRIGGERS.flatMap((trigger) => {
    const arn = LambdaConfig[trigger];
    return arn === undefined ? [] : [[trigger, arn] as const];
  });
  return {
    functions: Object.fromEntries(named),
    ...(PreTokenGenerationConfig && {
      preTokenGeneration: {
        version: PreTokenGenerationConfig.LambdaVersion,
        functionArn: PreTokenGenerationConfig.LambdaArn,
      },
    }),
  };
}

function messagesOf({ settings, mfa }: UserPoolDocument): MessageTemplates {
  const verification = settings.VerificationMessageTemplate ?? {};
  const invitation = settings.AdminCreateUserConfig?.InviteMessageTemplate ?? {};
  const texts = {
    smsVerification: verification.SmsMessage,
    emailVerification: verification.EmailMessage,
    emailVerificationSubject: verification.EmailSubject,
    smsAuthentication: mfa.SmsMfaConfiguration?.SmsAuthenticationMessage ?? settings.SmsAuthenticationMessage,
    emailAuthentication: mfa.EmailMfaConfiguration?.Message,
    emailAuthenticationSubject: mfa.EmailMfaConfiguration?.Subject,
    smsInvitation: invitation.SMSMessage,
    emailInvitation: invitation.EmailMessage,
    emailInvitationSubject: invitation.EmailSubject,
  };
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)),
    ...(verification.DefaultEmailOption === 'CONFIRM_WITH_LINK' && {
      confirmationLink: {
        message: verification.EmailMessageByLink,
        subject: verification.EmailSubjectByLink,
      },
    }),
  };
}

function identityProviderOf(provider: IdentityProviderDocument): IdentityProvider {
  return {
    name: provider.ProviderName,
    type: provider.ProviderType,
    details: provider.ProviderDetails,
    attributeMapping: provider.AttributeMapping ?? {},
    identifiers: provider.IdpIdentifiers ?? [],
    createdAt: provider.createdAt,
    modifiedAt: provider.modifiedAt,
  };
}
