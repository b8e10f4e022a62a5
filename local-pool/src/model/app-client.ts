import { createHash, timingSafeEqual } from 'node:crypto';

export type OAuthFlow = 'code' | 'implicit' | 'client_credentials';

export interface AppClientSecret {
  id: string;
  value: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
}

export interface AppClient {
  clientId: string;
  clientName: string;
  userPoolId: string;
  /** Any of them proves the client; none = a public client (Cognito: at most two). */
  secrets: AppClientSecret[];
  callbackUrls: string[];
  logoutUrls: string[];
  defaultRedirectUri?: string;
  /** Empty unless AllowedOAuthFlowsUserPoolClient is true: without it all OAuth settings are inert. */
  allowedOAuthFlows: OAuthFlow[];
  allowedOAuthScopes: string[];
  /** Absent = every attribute. */
  readAttributes?: string[];
  /** Absent = every attribute. */
  writeAttributes?: string[];
  /** Seconds. */
  validity: { access: number; id: number; refresh: number };
  refreshTokenRotation: { enabled: boolean; graceSeconds: number };
  enableTokenRevocation: boolean;
  preventUserExistenceErrors: boolean;
  supportedIdentityProviders: string[];
  /** With Cognito's default filled in where nothing was set. */
  explicitAuthFlows: string[];
  /** Milliseconds: how long the `Session` of a challenge is good. */
  authSessionValidity: number;
  /** Whether managed login (domain version 2) has a style for this client; without one its pages answer 403. */
  branded: boolean;
}

/** What an app client may do when nothing was set (Cognito: CreateUserPoolClient). */
export const DEFAULT_AUTH_FLOWS = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'];

/** Whether a secret was given that is one of the client's, in a time that tells nothing; a public client wants none. */
export function provesClient(client: AppClient, secret: string | undefined): boolean {
  if (client.secrets.length === 0) return secret === undefined;
  // Hashed first, because the comparison wants equal lengths and must not tell the secret's.
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return client.secrets.some(({ value }) => timingSafeEqual(hash(secret ?? ''), hash(value)));
}

/** Whether the client's tokens carry `jti` and `origin_jti` (Cognito: Revoking tokens; Refresh token rotation). */
export function emitsTokenIds(client: AppClient): boolean {
  return client.enableTokenRevocation || client.refreshTokenRotation.enabled;
}

/** Whether the client may read an attribute; `sub` is always readable. */
export function isReadable(client: AppClient, attribute: string): boolean {
  return client.readAttributes === undefined || client.readAttributes.includes(attribute);
}

/** What says that an address is verified; a custom attribute whose name ends alike does not. */
export function isVerifiedFlag(attribute: string): boolean {
  return attribute === 'email_verified' || attribute === 'phone_number_verified';
}

/** Whether the client may write an attribute. Verified flags and `dev:` are for administrators only. */
export function isWritable(client: AppClient, attribute: string): boolean {
  if (attribute === 'sub' || isVerifiedFlag(attribute) || attribute.startsWith('dev:')) return false;
  return client.writeAttributes === undefined || client.writeAttributes.includes(attribute);
}
