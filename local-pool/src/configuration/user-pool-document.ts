import type { IdentityProviderDocument } from './identity-provider-shape.ts';
import type { MfaSettings } from './mfa-settings.ts';
import type { ResourceServerDocument } from './resource-server-shape.ts';
import type { SchemaAttributeDocument } from './schema-attribute-shape.ts';
import type { UserPoolIdentity, UserPoolSettings } from './user-pool-settings.ts';

/** A user pool as it is configured and stored: what the API and the template say, in the API's own terms. */
export interface UserPoolDocument {
  id: string;
  name: string;
  identity: UserPoolIdentity;
  /** Custom attributes, and standard ones that are not as usual. */
  schema: SchemaAttributeDocument[];
  /** With Cognito's defaults filled in. */
  settings: UserPoolSettings;
  mfa: MfaSettings;
  tags: Record<string, string>;
  /** At most one prefix and one custom domain. */
  domains: UserPoolDomainDocument[];
  resourceServers: ResourceServerDocument[];
  identityProviders: IdentityProviderDocument[];
  /** The look of the classic pages for all clients. */
  uiCustomization?: UiCustomizationDocument;
  riskConfiguration?: Record<string, unknown>;
  logConfigurations?: unknown[];
}

export interface UserPoolDomainDocument {
  name: string;
  managedLoginVersion: 1 | 2;
  /** Of a custom domain; a prefix domain has none. */
  certificateArn?: string;
}

export interface UiCustomizationDocument {
  css?: string;
  /** Base64. */
  image?: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  modifiedAt: number;
}

const NOTHING = {
  settings: {},
  mfa: {},
  tags: {},
  schema: [],
  identity: {},
  domains: [],
  resourceServers: [],
  identityProviders: [],
};

/** A user pool with nothing but an ID and a name; defaults are filled in by {@link withUserPoolDefaults}. */
export function bareUserPool(id: string, name: string): UserPoolDocument {
  return { id, name, ...structuredClone(NOTHING) };
}
