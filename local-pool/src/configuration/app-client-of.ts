import { type AppClient, DEFAULT_AUTH_FLOWS } from '../model/app-client.ts';
import { type AppClientDocument, SECONDS } from './app-client-document.ts';
import type { AppClientSettings } from './app-client-settings.ts';

const HOUR = 3_600;
const MONTH = 30 * 86_400;

/** The app client that a document configures. */
export function appClientOf({
  clientId,
  userPoolId,
  name,
  settings,
  secrets,
  branding,
}: AppClientDocument): AppClient {
  const oauth = settings.AllowedOAuthFlowsUserPoolClient ?? false;
  const rotates = settings.RefreshTokenRotation?.Feature === 'ENABLED';
  return {
    clientId,
    clientName: name,
    userPoolId,
    secrets,
    callbackUrls: settings.CallbackURLs ?? [],
    logoutUrls: settings.LogoutURLs ?? [],
    ...(settings.DefaultRedirectURI !== undefined && { defaultRedirectUri: settings.DefaultRedirectURI }),
    allowedOAuthFlows: oauth ? (settings.AllowedOAuthFlows ?? []) : [],
    allowedOAuthScopes: oauth ? (settings.AllowedOAuthScopes ?? []) : [],
    ...(settings.ReadAttributes && { readAttributes: settings.ReadAttributes }),
    ...(settings.WriteAttributes && { writeAttributes: settings.WriteAttributes }),
    validity: validityOf(settings),
    refreshTokenRotation: {
      enabled: rotates,
      graceSeconds: settings.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0,
    },
    enableTokenRevocation: settings.EnableTokenRevocation ?? true,
    preventUserExistenceErrors: settings.PreventUserExistenceErrors === 'ENABLED',
    supportedIdentityProviders: settings.SupportedIdentityProviders ?? [],
    explicitAuthFlows: authFlowsOf(settings.ExplicitAuthFlows, rotates),
    authSessionValidity: (settings.AuthSessionValidity ?? 3) * 60_000,
    branded: branding !== undefined,
  };
}

/** Seconds; a unit that is not set is an hour, for refresh tokens a day (Cognito: managing token expiration). */
export function validityOf(settings: AppClientSettings): AppClient['validity'] {
  const {
    AccessToken = 'hours',
    IdToken = 'hours',
    RefreshToken = 'days',
  } = settings.TokenValidityUnits ?? {};
  const { AccessTokenValidity, IdTokenValidity, RefreshTokenValidity } = settings;
  return {
    access: AccessTokenValidity === undefined ? HOUR : AccessTokenValidity * SECONDS[AccessToken],
    id: IdTokenValidity === undefined ? HOUR : IdTokenValidity * SECONDS[IdToken],
    refresh: RefreshTokenValidity ? RefreshTokenValidity * SECONDS[RefreshToken] : MONTH,
  };
}

/** The flows by their present names: before them, SRP and refresh could not be switched off but by the custom flow. */
function authFlowsOf(given: AppClientSettings['ExplicitAuthFlows'], rotates: boolean): string[] {
  if (!given || given.length === 0)
    return DEFAULT_AUTH_FLOWS.filter((flow) => !rotates || flow !== 'ALLOW_REFRESH_TOKEN_AUTH');
  if (given.every((flow) => flow.startsWith('ALLOW_'))) return given;
  const always = given.includes('CUSTOM_AUTH_FLOW_ONLY')
    ? ['ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']
    : DEFAULT_AUTH_FLOWS;
  return [
    ...always,
    ...(given.includes('ADMIN_NO_SRP_AUTH') ? ['ALLOW_ADMIN_USER_PASSWORD_AUTH'] : []),
    ...(given.includes('USER_PASSWORD_AUTH') ? ['ALLOW_USER_PASSWORD_AUTH'] : []),
  ];
}
