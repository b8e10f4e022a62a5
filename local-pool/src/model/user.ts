import type { MfaFactor } from './mfa-factor.ts';

export type UserStatus =
  | 'UNCONFIRMED'
  | 'CONFIRMED'
  | 'FORCE_CHANGE_PASSWORD'
  | 'RESET_REQUIRED'
  | 'EXTERNAL_PROVIDER';

export interface User {
  sub: string;
  /** Immutable; equals `sub` where people sign in with their email or phone number. */
  username: string;
  userPoolId: string;
  status: UserStatus;
  enabled: boolean;
  /** Without `sub` and `identities`; every value a string, as on Cognito's wire. */
  attributes: Record<string, string>;
  /** Hexadecimal, absent together for a user without a password. A password itself is never stored. */
  srpSalt?: string;
  srpVerifier?: string;
  /** What only some users have; kept together in one column. */
  details: UserDetails;
  /** Milliseconds since the epoch. */
  createdAt: number;
  modifiedAt: number;
}

export interface UserDetails {
  /** Factors that the user has switched on (`UserMFASettingList`). */
  mfaFactors?: MfaFactor[];
  preferredMfa?: MfaFactor;
  /** A verified authenticator app. */
  softwareToken?: SoftwareToken;
  /** The base32 secret of AssociateSoftwareToken until VerifySoftwareToken proves it. */
  pendingSoftwareToken?: string;
  /** Milliseconds since the epoch: when a temporary password was set, for its expiry. */
  temporaryPasswordSetAt?: number;
  /** New addresses that take the place of the old ones once they are verified (AttributesRequireVerificationBeforeUpdate). */
  pendingAttributes?: Record<string, string>;
  /** Former passwords, newest first, for PasswordHistorySize. */
  passwordHistory?: { srpSalt: string; srpVerifier: string }[];
  /** Accounts of identity providers that sign this user in, as in the `identities` claim; the store finds users by them. */
  identities?: UserIdentity[];
  /** What identities linked by another assertion attribute than the subject are recognised by. */
  linkedAttributes?: { providerName: string; name: string; value: string }[];
}

export interface SoftwareToken {
  /** Base32. */
  secret: string;
  friendlyDeviceName?: string;
  /** The last 30-second step whose code was used: each code is good once. */
  lastUsedStep?: number;
}

/** An entry of the `identities` attribute and claim (Cognito: linking federated users). */
export interface UserIdentity {
  userId: string;
  providerName: string;
  providerType: string;
  issuer: string | null;
  primary: boolean;
  /** Milliseconds since the epoch. */
  dateCreated: number;
}
