import type { AppClientSecret } from '../model/app-client.ts';
import type { AppClientSettings } from './app-client-settings.ts';
import type { UiCustomizationDocument } from './user-pool-document.ts';

/** An app client as it is configured and stored: what the API and the template say, in the API's own terms. */
export interface AppClientDocument {
  clientId: string;
  userPoolId: string;
  name: string;
  /** With Cognito's defaults filled in, where it shows them. */
  settings: AppClientSettings;
  secrets: AppClientSecret[];
  branding?: BrandingDocument;
  terms: TermsDocument[];
  /** The look of the classic pages for this client. */
  uiCustomization?: UiCustomizationDocument;
  riskConfiguration?: Record<string, unknown>;
}

/** The style of an app client's managed login pages: kept and given back, the local pages have a look of their own. */
export interface BrandingDocument {
  id: string;
  useCognitoProvidedValues: boolean;
  settings?: unknown;
  assets?: unknown[];
  /** Milliseconds since the epoch. */
  createdAt: number;
  modifiedAt: number;
}

/** Terms of use or a privacy policy (API reference: TermsType). */
export interface TermsDocument {
  id: string;
  name: string;
  source: string;
  enforcement: string;
  links: Record<string, string>;
  /** Milliseconds since the epoch. */
  createdAt: number;
  modifiedAt: number;
}

/**
 * The settings that an app client has when these are given to CreateUserPoolClient or UpdateUserPoolClient, both of
 * which set everything else to its default.
 */
export function withAppClientDefaults(given: AppClientSettings): AppClientSettings {
  const { RefreshTokenRotation } = given;
  return {
    ...given,
    // Zero asks for the default as well (API reference: RefreshTokenValidityType).
    RefreshTokenValidity: given.RefreshTokenValidity || defaultRefreshValidity(given),
    TokenValidityUnits: given.TokenValidityUnits ?? {},
    AllowedOAuthFlowsUserPoolClient: given.AllowedOAuthFlowsUserPoolClient ?? false,
    PreventUserExistenceErrors: given.PreventUserExistenceErrors ?? 'LEGACY',
    EnableTokenRevocation: given.EnableTokenRevocation ?? true,
    EnablePropagateAdditionalUserContextData: given.EnablePropagateAdditionalUserContextData ?? false,
    AuthSessionValidity: given.AuthSessionValidity ?? 3,
    ...(RefreshTokenRotation && {
      RefreshTokenRotation: { RetryGracePeriodSeconds: 0, ...RefreshTokenRotation },
    }),
  };
}

/** Thirty days, in the unit of the client. */
function defaultRefreshValidity({ TokenValidityUnits }: AppClientSettings): number {
  return (30 * 86_400) / SECONDS[TokenValidityUnits?.RefreshToken ?? 'days'];
}

/** Seconds of a unit. */
export const SECONDS = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
