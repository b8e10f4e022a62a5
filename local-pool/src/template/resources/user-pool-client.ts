import { z } from 'zod';
import type { AppClient } from '../../model/app-client.ts';
import { count, flag, texts, userPoolId } from '../property-types.ts';

const unit = z.enum(['seconds', 'minutes', 'hours', 'days']);
const seconds = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;

/** Schemes that a browser runs or reads by itself are nobody's own. */
const navigable = (scheme: string): boolean =>
  !['javascript:', 'vbscript:', 'data:', 'blob:', 'file:'].includes(scheme);

/** Absolute, without a fragment, and https, http on localhost, or a scheme of the app's own (Cognito: app client settings). */
const redirectUrl = z
  .string()
  .max(1_024)
  .refine((value) => {
    const url = URL.parse(value);
    if (!url || value.includes('#') || !navigable(url.protocol)) return false;
    return url.protocol !== 'http:' || ['localhost', '127.0.0.1'].includes(url.hostname);
  }, 'must be an absolute https URL, http on localhost, or a custom scheme, without a fragment');

export const userPoolClientProperties = z.strictObject({
  UserPoolId: userPoolId,
  ClientName: z.string().optional(),
  GenerateSecret: flag.default(false),
  CallbackURLs: z.array(redirectUrl).max(100).default([]),
  LogoutURLs: z.array(redirectUrl).max(100).default([]),
  DefaultRedirectURI: z.string().optional(),
  AllowedOAuthFlows: z.array(z.enum(['code', 'implicit', 'client_credentials'])).default([]),
  AllowedOAuthFlowsUserPoolClient: flag.default(false),
  AllowedOAuthScopes: texts.default([]),
  ReadAttributes: texts.optional(),
  WriteAttributes: texts.optional(),
  AccessTokenValidity: count.optional(),
  IdTokenValidity: count.optional(),
  RefreshTokenValidity: count.optional(),
  TokenValidityUnits: z
    .strictObject({ AccessToken: unit.optional(), IdToken: unit.optional(), RefreshToken: unit.optional() })
    .default({}),
  RefreshTokenRotation: z
    .strictObject({
      Feature: z.enum(['ENABLED', 'DISABLED']),
      RetryGracePeriodSeconds: count.pipe(z.number().min(0).max(60)).default(0),
    })
    .default({ Feature: 'DISABLED', RetryGracePeriodSeconds: 0 }),
  EnableTokenRevocation: flag.default(true),
  PreventUserExistenceErrors: z.enum(['ENABLED', 'LEGACY']).default('LEGACY'),
  SupportedIdentityProviders: z
    .array(z.literal('COGNITO', { error: 'only COGNITO can be honoured' }))
    .default([]),
  ExplicitAuthFlows: z
    .array(
      z.enum([
        'ALLOW_USER_SRP_AUTH',
        'ALLOW_USER_PASSWORD_AUTH',
        'ALLOW_ADMIN_USER_PASSWORD_AUTH',
        'ALLOW_CUSTOM_AUTH',
        'ALLOW_USER_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
      ]),
    )
    .default([]),
  AuthSessionValidity: count.optional(),
  EnablePropagateAdditionalUserContextData: flag.optional(),
});

type Properties = z.infer<typeof userPoolClientProperties>;

function validity(properties: Properties): AppClient['validity'] {
  const { AccessToken = 'hours', IdToken = 'hours', RefreshToken = 'days' } = properties.TokenValidityUnits;
  return {
    access: (properties.AccessTokenValidity ?? 3_600 / seconds[AccessToken]) * seconds[AccessToken],
    id: (properties.IdTokenValidity ?? 3_600 / seconds[IdToken]) * seconds[IdToken],
    refresh:
      (properties.RefreshTokenValidity || (30 * 86_400) / seconds[RefreshToken]) * seconds[RefreshToken],
  };
}

const DAY = 86_400;

/**
 * The rules that span several properties (Cognito: app client settings; Cognito: managing token expiration).
 * @returns the property and what is wrong with it, or undefined
 */
export function clientProblem(
  properties: Properties,
  existingScopes: ReadonlySet<string>,
  existingAttributes: ReadonlySet<string>,
): string | undefined {
  const { access, id, refresh } = validity(properties);
  if ([access, id].some((time) => time < 300 || time > DAY))
    return 'AccessTokenValidity and IdTokenValidity must be 5 minutes to 1 day';
  if (refresh < 3_600 || refresh > 3_650 * DAY || refresh < Math.max(access, id))
    return 'RefreshTokenValidity must be 60 minutes to 10 years and longer than the other tokens';
  const flows = properties.AllowedOAuthFlows;
  if (flows.includes('client_credentials') && (flows.length > 1 || !properties.GenerateSecret))
    return 'AllowedOAuthFlows: client_credentials needs a secret and excludes other flows';
  if (
    flows.includes('client_credentials') &&
    properties.AllowedOAuthScopes.some((name) => !name.includes('/'))
  )
    return 'AllowedOAuthScopes: client_credentials takes scopes of resource servers only';
  if (flows.some((flow) => flow !== 'client_credentials') && properties.CallbackURLs.length === 0)
    return 'CallbackURLs is required by the code and implicit flows';
  if (properties.DefaultRedirectURI && !properties.CallbackURLs.includes(properties.DefaultRedirectURI))
    return 'DefaultRedirectURI must be one of CallbackURLs';
  const missing = properties.AllowedOAuthScopes.find((scope) => !existingScopes.has(scope));
  if (missing) return `AllowedOAuthScopes: there is no scope ${missing}`;
  for (const list of ['ReadAttributes', 'WriteAttributes'] as const) {
    const unknown = properties[list]?.find((name) => !existingAttributes.has(name));
    if (unknown) return `${list}: the user pool has no attribute ${unknown}`;
  }
  if (properties.WriteAttributes?.some((name) => name.endsWith('_verified')))
    return 'WriteAttributes: a client cannot write what says that an address is verified';
  const rotates = properties.RefreshTokenRotation.Feature === 'ENABLED';
  if (rotates && properties.ExplicitAuthFlows.includes('ALLOW_REFRESH_TOKEN_AUTH'))
    return 'ExplicitAuthFlows: ALLOW_REFRESH_TOKEN_AUTH contradicts RefreshTokenRotation';
  return undefined;
}

/** @param identity the IDs, pinned by the template's metadata or derived */
export function appClientOf(
  logicalId: string,
  identity: { clientId: string; clientSecret: string },
  properties: Properties,
  branded: boolean,
): AppClient {
  const oauth = properties.AllowedOAuthFlowsUserPoolClient;
  return {
    clientId: identity.clientId,
    clientName: properties.ClientName ?? logicalId,
    userPoolId: properties.UserPoolId,
    ...(properties.GenerateSecret && { secret: identity.clientSecret }),
    callbackUrls: properties.CallbackURLs,
    logoutUrls: properties.LogoutURLs,
    ...(properties.DefaultRedirectURI && { defaultRedirectUri: properties.DefaultRedirectURI }),
    allowedOAuthFlows: oauth ? properties.AllowedOAuthFlows : [],
    allowedOAuthScopes: oauth ? properties.AllowedOAuthScopes : [],
    ...(properties.ReadAttributes && { readAttributes: properties.ReadAttributes }),
    ...(properties.WriteAttributes && { writeAttributes: properties.WriteAttributes }),
    validity: validity(properties),
    refreshTokenRotation: {
      enabled: properties.RefreshTokenRotation.Feature === 'ENABLED',
      graceSeconds: properties.RefreshTokenRotation.RetryGracePeriodSeconds,
    },
    enableTokenRevocation: properties.EnableTokenRevocation,
    preventUserExistenceErrors: properties.PreventUserExistenceErrors === 'ENABLED',
    supportedIdentityProviders: properties.SupportedIdentityProviders,
    explicitAuthFlows: properties.ExplicitAuthFlows,
    branded,
  };
}
