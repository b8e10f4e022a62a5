export type OAuthFlow = 'code' | 'implicit' | 'client_credentials';

export interface AppClient {
  clientId: string;
  clientName: string;
  userPoolId: string;
  /** Absent = a public client. */
  secret?: string;
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
  explicitAuthFlows: string[];
  /** Whether managed login (domain version 2) has a style for this client; without one its pages answer 403. */
  branded: boolean;
}

/** Whether the client's tokens carry `jti` and `origin_jti` (Cognito: Revoking tokens; Refresh token rotation). */
export function emitsTokenIds(client: AppClient): boolean {
  return client.enableTokenRevocation || client.refreshTokenRotation.enabled;
}

/** Whether the client may read an attribute; `sub` is always readable. */
export function isReadable(client: AppClient, attribute: string): boolean {
  return client.readAttributes === undefined || client.readAttributes.includes(attribute);
}

/** Whether the client may write an attribute. `*_verified` and `dev:` are for administrators only. */
export function isWritable(client: AppClient, attribute: string): boolean {
  if (attribute === 'sub' || attribute.endsWith('_verified') || attribute.startsWith('dev:')) return false;
  return client.writeAttributes === undefined || client.writeAttributes.includes(attribute);
}
