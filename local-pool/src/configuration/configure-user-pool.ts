import { CognitoError } from '../errors.ts';
import type { LocalPool } from '../local-pool.ts';
import type { StoredUserPool } from '../store/user-pools.ts';
import { changeUserPool, requireUserPoolDocument } from './find-document.ts';
import type { MfaSettings } from './mfa-settings.ts';
import { newUserPoolId } from './new-identifiers.ts';
import type { SchemaAttributeDocument } from './schema-attribute-shape.ts';
import { withUserPoolDefaults } from './user-pool-defaults.ts';
import { bareUserPool, type UserPoolDocument } from './user-pool-document.ts';
import { schemaProblem, userPoolProblem } from './user-pool-rules.ts';
import type { UserPoolIdentity, UserPoolSettings } from './user-pool-settings.ts';

export interface NewUserPool {
  name: string;
  identity: UserPoolIdentity;
  schema: SchemaAttributeDocument[];
  settings: UserPoolSettings;
  tags: Record<string, string>;
}

/**
 * Creates a user pool with an ID and signing keys of its own.
 * @throws CognitoError InvalidParameterException (Cognito: CreateUserPool)
 */
export async function createUserPool(pool: LocalPool, given: NewUserPool): Promise<StoredUserPool> {
  const settings = withUserPoolDefaults(given.settings);
  const document = {
    ...bareUserPool(newUserPoolId(), given.name),
    ...given,
    settings,
    mfa: smsFactorOf(settings),
  };
  requireRules(document);
  await pool.addUserPool(document);
  return requireUserPoolDocument(pool, document.id);
}

/**
 * Replaces everything that may change: what is not given goes back to its default (Cognito: UpdateUserPool).
 * @throws CognitoError InvalidParameterException, ResourceNotFoundException
 */
export function updateUserPool(
  pool: LocalPool,
  userPoolId: string,
  given: { name?: string | undefined; settings: UserPoolSettings; tags: Record<string, string> },
): void {
  changeUserPool(pool, userPoolId, (before) => {
    const settings = withUserPoolDefaults(given.settings);
    const wasOff = before.settings.MfaConfiguration === 'OFF';
    const document = {
      ...before,
      name: given.name ?? before.name,
      settings,
      mfa: { ...before.mfa, ...(wasOff && smsFactorOf(settings)) },
      tags: given.tags,
    };
    requireRules(document);
    return document;
  });
}

/**
 * Replaces the pool's MFA part (Cognito: SetUserPoolMfaConfig).
 * @throws CognitoError InvalidParameterException, ResourceNotFoundException
 */
export function setMfaConfiguration(
  pool: LocalPool,
  userPoolId: string,
  MfaConfiguration: UserPoolSettings['MfaConfiguration'],
  mfa: MfaSettings,
): UserPoolDocument {
  const sms = mfa.SmsMfaConfiguration;
  return changeUserPool(pool, userPoolId, (before) => {
    const document = {
      ...before,
      mfa,
      settings: {
        ...before.settings,
        MfaConfiguration: MfaConfiguration ?? 'OFF',
        ...(sms?.SmsConfiguration && { SmsConfiguration: sms.SmsConfiguration }),
        ...(sms?.SmsAuthenticationMessage && { SmsAuthenticationMessage: sms.SmsAuthenticationMessage }),
      },
    };
    requireRules(document);
    return document;
  }).document;
}

/**
 * Adds custom attributes, which stay for good (Cognito: AddCustomAttributes).
 * @throws CognitoError InvalidParameterException, ResourceNotFoundException
 */
export function addCustomAttributes(
  pool: LocalPool,
  userPoolId: string,
  attributes: SchemaAttributeDocument[],
): void {
  changeUserPool(pool, userPoolId, (before) => {
    const added = attributes.map((attribute) => ({ ...attribute, added: true as const }));
    const schema = [...before.schema, ...added];
    const problem = schemaProblem(schema);
    if (problem) throw problem.error;
    return { ...before, schema };
  });
}

/**
 * Deletes a user pool with everything in it.
 * @throws CognitoError InvalidParameterException while it is protected or has a domain; ResourceNotFoundException
 */
export function deleteUserPool(pool: LocalPool, userPoolId: string): void {
  const { settings, domains } = requireUserPoolDocument(pool, userPoolId).document;
  if (settings.DeletionProtection === 'ACTIVE')
    throw new CognitoError(
      'InvalidParameterException',
      'The user pool cannot be deleted because deletion protection is activated. ' +
        'Deletion protection must be inactivated first.',
    );
  if (domains.length > 0)
    throw new CognitoError(
      'InvalidParameterException',
      'User pool cannot be deleted. It has a domain configured that should be deleted first.',
    );
  pool.deleteUserPool(userPoolId);
}

/** With MFA on, a pool that can send SMS has SMS for a factor (Cognito: CreateUserPool). */
function smsFactorOf({
  MfaConfiguration,
  SmsConfiguration,
  SmsAuthenticationMessage,
}: UserPoolSettings): MfaSettings {
  return MfaConfiguration !== 'OFF' && SmsConfiguration
    ? { SmsMfaConfiguration: { SmsAuthenticationMessage, SmsConfiguration } }
    : {};
}

function requireRules(document: UserPoolDocument): void {
  const problem = userPoolProblem(document);
  if (problem) throw problem.error;
}
