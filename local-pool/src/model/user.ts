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
  /** Without `sub`; every value a string, as on Cognito's wire. */
  attributes: Record<string, string>;
  /** Hexadecimal. A password itself is never stored. */
  srpSalt: string;
  srpVerifier: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  modifiedAt: number;
}
