import { z } from 'zod';
import { list, text } from '../aws-json/shapes.ts';
import { type Notation, wire } from './notation.ts';

const NAME = String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+`;
export const ClientNameType = text({ min: 1, max: 128, pattern: String.raw`[\w\s+=,.@-]+` });
const RedirectUrlType = text({ min: 1, max: 1024, pattern: NAME });
const ClientPermissionType = text({ min: 1, max: 2048 });
export const ScopeListType = list(
  text({ min: 1, max: 256, pattern: String.raw`[\x21\x23-\x5B\x5D-\x7E]+` }),
  {
    max: 50,
  },
);

export const EXPLICIT_AUTH_FLOWS = [
  'ADMIN_NO_SRP_AUTH',
  'CUSTOM_AUTH_FLOW_ONLY',
  'USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_CLIENT_TOKEN_AUTH',
] as const;

/** What UpdateUserPoolClient replaces besides the name, by the names of the API, which are the template's too. */
export const appClientSettings = (n: Notation) => {
  const unit = z.enum(['seconds', 'minutes', 'hours', 'days']).optional();
  return {
    RefreshTokenValidity: n.integer({ min: 0, max: 315_360_000 }).optional(),
    AccessTokenValidity: n.integer({ min: 1, max: 86_400 }).optional(),
    IdTokenValidity: n.integer({ min: 1, max: 86_400 }).optional(),
    TokenValidityUnits: n.object({ AccessToken: unit, IdToken: unit, RefreshToken: unit }).optional(),
    ReadAttributes: list(ClientPermissionType).optional(),
    WriteAttributes: list(ClientPermissionType).optional(),
    ExplicitAuthFlows: list(z.enum(EXPLICIT_AUTH_FLOWS)).optional(),
    SupportedIdentityProviders: list(
      text({ min: 1, max: 32, pattern: String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\p{Z}]+` }),
    ).optional(),
    CallbackURLs: list(RedirectUrlType, { max: 100 }).optional(),
    LogoutURLs: list(RedirectUrlType, { max: 100 }).optional(),
    DefaultRedirectURI: RedirectUrlType.optional(),
    AllowedOAuthFlows: list(z.enum(['code', 'implicit', 'client_credentials']), { max: 3 }).optional(),
    AllowedOAuthScopes: ScopeListType.optional(),
    AllowedOAuthFlowsUserPoolClient: n.flag().optional(),
    AnalyticsConfiguration: n
      .object({
        ApplicationId: text().optional(),
        ApplicationArn: text().optional(),
        RoleArn: text().optional(),
        ExternalId: text().optional(),
        UserDataShared: n.flag().optional(),
      })
      .optional(),
    PreventUserExistenceErrors: z.enum(['LEGACY', 'ENABLED']).optional(),
    EnableTokenRevocation: n.flag().optional(),
    EnablePropagateAdditionalUserContextData: n.flag().optional(),
    AuthSessionValidity: n.integer({ min: 3, max: 15 }).optional(),
    RefreshTokenRotation: n
      .object({
        Feature: z.enum(['ENABLED', 'DISABLED']),
        RetryGracePeriodSeconds: n.integer({ min: 0, max: 60 }).optional(),
      })
      .optional(),
  };
};

const wireSettings = z.object(appClientSettings(wire));
export type AppClientSettings = z.infer<typeof wireSettings>;
