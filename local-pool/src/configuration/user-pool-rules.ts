import { CognitoError } from '../errors.ts';
import { standardAttributes } from '../model/schema-attribute.ts';
import { acrRefusal } from './acr-configuration.ts';
import type { SchemaAttributeDocument } from './schema-attribute-shape.ts';
import type { UserPoolDocument } from './user-pool-document.ts';

/** A setting that Cognito refuses: the member that the template calls by the same name, and the API's answer. */
export interface Problem {
  member: string;
  error: CognitoError;
}

const MOST_CUSTOM_ATTRIBUTES = 50;

/** The first rule between several members of a user pool that is broken (Cognito: CreateUserPool, UpdateUserPool). */
export function userPoolProblem({ identity, schema, settings, mfa }: UserPoolDocument): Problem | undefined {
  if (identity.AliasAttributes?.length && identity.UsernameAttributes?.length)
    return problem(
      'AliasAttributes',
      'Only one of the aliasAttributes or usernameAttributes can be set in a user pool.',
    );
  const factors = settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  if (!factors.includes('PASSWORD'))
    return problem('Policies', 'PASSWORD must be one of the AllowedFirstAuthFactors.');
  if (settings.MfaConfiguration === 'ON' && factors.some((factor) => factor.endsWith('_OTP')))
    return problem('Policies', 'One-time passwords cannot be a first factor when MFA is required.');
  if (
    settings.MfaConfiguration !== 'OFF' &&
    !settings.SmsConfiguration &&
    !mfa.SmsMfaConfiguration &&
    !mfa.SoftwareTokenMfaConfiguration?.Enabled &&
    !mfa.EmailMfaConfiguration &&
    mfa.WebAuthnConfiguration?.FactorConfiguration !== 'MULTI_FACTOR_WITH_USER_VERIFICATION'
  )
    return problem(
      'MfaConfiguration',
      'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
    );
  const { PreTokenGeneration, PreTokenGenerationConfig } = settings.LambdaConfig ?? {};
  if (PreTokenGeneration !== PreTokenGenerationConfig?.LambdaArn)
    return problem(
      'LambdaConfig',
      'PreTokenGeneration and PreTokenGenerationConfig must name the same function.',
    );
  const { AcrConfiguration, UserPoolTier } = settings;
  const refusal = AcrConfiguration && acrRefusal(AcrConfiguration, UserPoolTier);
  if (refusal) return { member: 'AcrConfiguration', error: refusal };
  return schemaProblem(schema);
}

/** What is wrong with the attributes of a pool's schema. */
export function schemaProblem(schema: SchemaAttributeDocument[]): Problem | undefined {
  const standard = standardAttributes();
  const isCustom = ({ Name, added }: SchemaAttributeDocument) => added === true || !standard.has(Name);
  const custom = schema.filter(isCustom);
  if (custom.some(({ Required }) => Required))
    return problem('Schema', 'Required custom attributes are not supported currently.');
  if (custom.length > MOST_CUSTOM_ATTRIBUTES)
    return problem('Schema', `A user pool has at most ${MOST_CUSTOM_ATTRIBUTES} custom attributes.`);
  const names = custom.map(({ Name }) => Name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    return problem('Schema', `custom:${twice}: Existing attribute already has name custom:${twice}.`);
  const other = schema.find(
    (definition) =>
      !isCustom(definition) &&
      definition.AttributeDataType !== undefined &&
      standard.get(definition.Name)?.type !== definition.AttributeDataType,
  );
  if (other)
    return problem(
      'Schema',
      `You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute ${other.Name}`,
    );
  const unlimited = schema.find((definition) => !hasLimits(definition));
  if (unlimited) return problem('Schema', `The constraints of the attribute ${unlimited.Name} are invalid.`);
  return undefined;
}

/** Limits are numbers; a text has at most 2048 characters (Cognito: User pool attributes). */
function hasLimits(definition: SchemaAttributeDocument): boolean {
  const { MinLength = '0', MaxLength = '2048' } = definition.StringAttributeConstraints ?? {};
  const { MinValue = '0', MaxValue = '0' } = definition.NumberAttributeConstraints ?? {};
  return (
    [MinLength, MaxLength].every((length) => /^\d+$/.test(length) && Number(length) <= 2048) &&
    [MinValue, MaxValue].every((value) => /^-?\d+$/.test(value))
  );
}

function problem(member: string, message: string): Problem {
  return { member, error: new CognitoError('InvalidParameterException', message) };
}
