import type { PasswordPolicy } from './password-policy.ts';
import type { ResourceServer } from './resource-server.ts';
import type { SchemaAttribute } from './schema-attribute.ts';

export type VerifiableAttribute = 'email' | 'phone_number';
export type AliasAttribute = VerifiableAttribute | 'preferred_username';
export type RecoveryMechanism = 'verified_email' | 'verified_phone_number' | 'admin_only';

export interface UserPool {
  id: string;
  name: string;
  region: string;
  arn: string;
  issuer: string;
  /** Standard and custom attributes by name (`email`, `custom:plan`). */
  schema: Map<string, SchemaAttribute>;
  passwordPolicy: PasswordPolicy;
  usernameAttributes: VerifiableAttribute[];
  aliasAttributes: AliasAttribute[];
  caseSensitive: boolean;
  autoVerifiedAttributes: VerifiableAttribute[];
  allowAdminCreateUserOnly: boolean;
  mfaConfiguration: 'OFF' | 'OPTIONAL' | 'ON';
  lambdaConfig: LambdaConfig;
  /** In order of priority; empty = Cognito's legacy order (Cognito: ForgotPassword). */
  accountRecovery: RecoveryMechanism[];
  /** Absent = the pool has no hosted pages and no OAuth endpoints. */
  domain?: UserPoolDomain;
  resourceServers: ResourceServer[];
}

export interface UserPoolDomain {
  name: string;
  /** 1 = hosted UI (classic), 2 = managed login, the only one in which `prompt` works. */
  managedLoginVersion: 1 | 2;
}

export interface LambdaConfig {
  preTokenGeneration?: { version: 'V1_0' | 'V2_0' | 'V3_0'; functionArn: string };
}

/** The part of a user pool ID after `_`, which SRP mixes into passwords (Cognito: SRP). */
export function poolNameOf(userPoolId: string): string {
  return userPoolId.slice(userPoolId.indexOf('_') + 1);
}
