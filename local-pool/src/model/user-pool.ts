import { accountId } from '../account.ts';
import type { AcrValues } from './authentication-methods.ts';
import type { IdentityProvider } from './identity-provider.ts';
import type { FirstFactor } from './mfa-factor.ts';
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
  /** Addresses whose new value waits until it is verified (UserAttributeUpdateSettings). */
  verifiedBeforeUpdate: VerifiableAttribute[];
  allowAdminCreateUserOnly: boolean;
  mfaConfiguration: 'OFF' | 'OPTIONAL' | 'ON';
  /** The second factors that the pool is set up for (Cognito: MFA, pool factors). */
  poolFactors: { sms: boolean; softwareToken: boolean; email: boolean };
  /** Always with PASSWORD (SignInPolicy). */
  firstFactors: FirstFactor[];
  webAuthn: WebAuthnConfiguration;
  /** The names of the levels of authentication; absent = tokens do not tell how people signed in. */
  acrValues?: AcrValues;
  /** Absent = devices are not tracked. */
  deviceConfiguration?: DeviceConfiguration;
  lambdaConfig: LambdaConfig;
  messages: MessageTemplates;
  /** In order of priority; empty = Cognito's legacy order (Cognito: ForgotPassword). */
  accountRecovery: RecoveryMechanism[];
  /** Absent = the pool has no hosted pages and no OAuth endpoints. */
  domain?: UserPoolDomain;
  resourceServers: ResourceServer[];
  identityProviders: IdentityProvider[];
}

export interface UserPoolDomain {
  name: string;
  /** 1 = hosted UI (classic), 2 = managed login, the only one in which `prompt` works. */
  managedLoginVersion: 1 | 2;
}

export interface WebAuthnConfiguration {
  /** Absent = the host of the hosted pages. */
  relyingPartyId?: string;
  userVerification: 'required' | 'preferred';
  /** Whether a passkey with user verification counts as both factors. */
  multiFactor: boolean;
}

export interface DeviceConfiguration {
  challengeRequiredOnNewDevice: boolean;
  deviceOnlyRememberedOnUserPrompt: boolean;
}

/** The triggers that take an ARN and nothing else, by their keys in LambdaConfig. */
export type TriggerName =
  | 'PreSignUp'
  | 'PostConfirmation'
  | 'PreAuthentication'
  | 'PostAuthentication'
  | 'DefineAuthChallenge'
  | 'CreateAuthChallenge'
  | 'VerifyAuthChallengeResponse'
  | 'UserMigration'
  | 'CustomMessage';

export interface LambdaConfig {
  /** Function ARNs. */
  functions: Partial<Record<TriggerName, string>>;
  preTokenGeneration?: { version: 'V1_0' | 'V2_0' | 'V3_0'; functionArn: string };
}

/** Texts of messages where the pool has its own, with `{####}` for the code and `{username}` (Cognito: message templates). */
export interface MessageTemplates {
  smsVerification?: string;
  emailVerification?: string;
  emailVerificationSubject?: string;
  /** Present = people confirm their registration by a link in the mail (CONFIRM_WITH_LINK), `{##text##}` in its text. */
  confirmationLink?: { message?: string | undefined; subject?: string | undefined };
  smsAuthentication?: string;
  emailAuthentication?: string;
  emailAuthenticationSubject?: string;
  smsInvitation?: string;
  emailInvitation?: string;
  emailInvitationSubject?: string;
}

/** The part of a user pool ID after `_`, which SRP mixes into passwords (Cognito: SRP). */
export function poolNameOf(userPoolId: string): string {
  return userPoolId.slice(userPoolId.indexOf('_') + 1);
}

/** The ARN of a user pool, in the region that its ID begins with. */
export function userPoolArn(userPoolId: string): string {
  const region = userPoolId.slice(0, userPoolId.indexOf('_'));
  return `arn:aws:cognito-idp:${region}:${accountId}:userpool/${userPoolId}`;
}
