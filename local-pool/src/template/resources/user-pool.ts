import { z } from 'zod';
import { DEFAULT_PASSWORD_POLICY } from '../../model/password-policy.ts';
import { type SchemaAttribute, standardAttributes } from '../../model/schema-attribute.ts';
import type { UserPool } from '../../model/user-pool.ts';
import { accountId, region } from '../identifiers.ts';
import { count, flag } from '../property-types.ts';

const standardNames = new Set(standardAttributes().keys());

const attribute = z
  .strictObject({
    Name: z.string().regex(/^[^\s:]{1,20}$/),
    AttributeDataType: z.enum(['String', 'Number', 'DateTime', 'Boolean']).default('String'),
    Mutable: flag.default(true),
    Required: flag.default(false),
    DeveloperOnlyAttribute: flag.default(false),
    StringAttributeConstraints: z
      .strictObject({ MinLength: count.optional(), MaxLength: count.optional() })
      .optional(),
    NumberAttributeConstraints: z
      .strictObject({ MinValue: count.optional(), MaxValue: count.optional() })
      .optional(),
  })
  .refine(({ Name, Required }) => !Required || standardNames.has(Name), {
    path: ['Required'],
    message: 'custom attributes cannot be required',
  });

const passwordPolicy = z.strictObject({
  MinimumLength: count.pipe(z.number().min(6).max(99)).default(DEFAULT_PASSWORD_POLICY.minimumLength),
  RequireUppercase: flag.default(false),
  RequireLowercase: flag.default(false),
  RequireNumbers: flag.default(false),
  RequireSymbols: flag.default(false),
  TemporaryPasswordValidityDays: count.optional(),
});

const recovery = z.strictObject({
  Name: z.enum(['verified_email', 'verified_phone_number', 'admin_only']),
  Priority: count,
});

/** The properties that the local pool honours, or that change nothing it could show. */
export const userPoolProperties = z
  .strictObject({
    UserPoolName: z.string().optional(),
    UsernameAttributes: z.array(z.enum(['email', 'phone_number'])).default([]),
    AliasAttributes: z.array(z.enum(['email', 'phone_number', 'preferred_username'])).default([]),
    UsernameConfiguration: z.strictObject({ CaseSensitive: flag }).default({ CaseSensitive: true }),
    AutoVerifiedAttributes: z.array(z.enum(['email', 'phone_number'])).default([]),
    Schema: z.array(attribute).default([]),
    Policies: z.strictObject({ PasswordPolicy: passwordPolicy.optional() }).default({}),
    MfaConfiguration: z.enum(['OFF', 'OPTIONAL'], { error: 'must be OFF or OPTIONAL' }).default('OFF'),
    EnabledMfas: z
      .array(z.literal('SOFTWARE_TOKEN_MFA', { error: 'only SOFTWARE_TOKEN_MFA can be honoured' }))
      .optional(),
    LambdaConfig: z
      .strictObject({
        PreTokenGeneration: z.string().optional(),
        PreTokenGenerationConfig: z
          .strictObject({ LambdaArn: z.string(), LambdaVersion: z.enum(['V1_0', 'V2_0', 'V3_0']) })
          .optional(),
      })
      .default({}),
    AccountRecoverySetting: z.strictObject({ RecoveryMechanisms: z.array(recovery).default([]) }).optional(),
    AdminCreateUserConfig: z.strictObject({ AllowAdminCreateUserOnly: flag.default(false) }).optional(),
    UserPoolTier: z.enum(['LITE', 'ESSENTIALS', 'PLUS']).optional(),
    DeletionProtection: z.enum(['ACTIVE', 'INACTIVE']).optional(),
    UserPoolTags: z.record(z.string(), z.string()).optional(),
  })
  .refine(
    ({ UsernameAttributes, AliasAttributes }) => !UsernameAttributes.length || !AliasAttributes.length,
    {
      path: ['AliasAttributes'],
      message: 'cannot stand beside UsernameAttributes',
    },
  );

type Properties = z.infer<typeof userPoolProperties>;

function schemaAttribute(definition: z.infer<typeof attribute>): SchemaAttribute {
  const standard = standardAttributes().has(definition.Name);
  const prefix = standard ? '' : definition.DeveloperOnlyAttribute ? 'dev:custom:' : 'custom:';
  const { MinLength, MaxLength } = definition.StringAttributeConstraints ?? {};
  const { MinValue, MaxValue } = definition.NumberAttributeConstraints ?? {};
  return {
    name: `${prefix}${definition.Name}`,
    type: definition.AttributeDataType,
    mutable: definition.Mutable,
    required: definition.Required,
    ...(MinLength !== undefined && { minLength: MinLength }),
    ...(MaxLength !== undefined && { maxLength: MaxLength }),
    ...(MinValue !== undefined && { minValue: MinValue }),
    ...(MaxValue !== undefined && { maxValue: MaxValue }),
  };
}

function preTokenGeneration({ LambdaConfig }: Properties): UserPool['lambdaConfig'] {
  const { PreTokenGeneration, PreTokenGenerationConfig } = LambdaConfig;
  if (PreTokenGenerationConfig) {
    const { LambdaArn, LambdaVersion } = PreTokenGenerationConfig;
    return { preTokenGeneration: { version: LambdaVersion, functionArn: LambdaArn } };
  }
  return PreTokenGeneration
    ? { preTokenGeneration: { version: 'V1_0', functionArn: PreTokenGeneration } }
    : {};
}

/** A user pool without its domain and resource servers, which are resources of their own. */
export function userPoolOf(logicalId: string, id: string, issuer: string, properties: Properties): UserPool {
  const policy = properties.Policies.PasswordPolicy;
  const custom = properties.Schema.map(schemaAttribute);
  const recoveryMechanisms = [...(properties.AccountRecoverySetting?.RecoveryMechanisms ?? [])];
  return {
    id,
    name: properties.UserPoolName ?? logicalId,
    region,
    arn: userPoolArn(id),
    issuer,
    schema: new Map([...standardAttributes(), ...custom.map((one) => [one.name, one] as const)]),
    passwordPolicy: policy
      ? {
          minimumLength: policy.MinimumLength,
          requireUppercase: policy.RequireUppercase,
          requireLowercase: policy.RequireLowercase,
          requireNumbers: policy.RequireNumbers,
          requireSymbols: policy.RequireSymbols,
        }
      : DEFAULT_PASSWORD_POLICY,
    usernameAttributes: properties.UsernameAttributes,
    aliasAttributes: properties.AliasAttributes,
    caseSensitive: properties.UsernameConfiguration.CaseSensitive,
    autoVerifiedAttributes: properties.AutoVerifiedAttributes,
    allowAdminCreateUserOnly: properties.AdminCreateUserConfig?.AllowAdminCreateUserOnly ?? false,
    mfaConfiguration: properties.MfaConfiguration,
    lambdaConfig: preTokenGeneration(properties),
    accountRecovery: recoveryMechanisms.sort((a, b) => a.Priority - b.Priority).map(({ Name }) => Name),
    resourceServers: [],
  };
}

export const userPoolArn = (id: string): string =>
  `arn:aws:cognito-idp:${region}:${accountId}:userpool/${id}`;
