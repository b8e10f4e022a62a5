import { CognitoError } from '../errors.ts';
import { isVerifiedFlag } from '../model/app-client.ts';
import { customScopesOf } from '../model/resource-server.ts';
import type { UserPool } from '../model/user-pool.ts';
import { validityOf } from './app-client-of.ts';
import type { AppClientSettings } from './app-client-settings.ts';
import { isRedirectUrl } from './redirect-url.ts';
import type { Problem } from './user-pool-rules.ts';

const STANDARD_SCOPES = ['phone', 'email', 'openid', 'profile', 'aws.cognito.signin.user.admin'];
const MINUTE = 60;
const DAY = 86_400;

/** What the rules look at besides the settings themselves. */
export interface AppClientSurroundings {
  userPool: UserPool;
  hasSecret: boolean;
  /** As the texts have it. */
  verb: 'creating' | 'updating';
}

type Rule = (settings: AppClientSettings, surroundings: AppClientSurroundings) => Problem | undefined;

/** The first rule between several members of an app client that is broken (Cognito: CreateUserPoolClient). */
export function appClientProblem(
  settings: AppClientSettings,
  surroundings: AppClientSurroundings,
): Problem | undefined {
  for (const rule of [validity, attributes, authFlows, providers, oauthFlows, scopes, urls]) {
    const found = rule(settings, surroundings);
    if (found) return found;
  }
  return undefined;
}

const validity: Rule = (settings) => {
  const { access, id, refresh } = validityOf(settings);
  const outOfRange = (time: number) => time < 5 * MINUTE || time > DAY;
  const range = 'Invalid range for token validity.';
  if (outOfRange(access)) return problem('AccessTokenValidity', range);
  if (outOfRange(id)) return problem('IdTokenValidity', range);
  if (refresh < 60 * MINUTE || refresh > 3_650 * DAY || refresh < Math.max(access, id))
    return problem('RefreshTokenValidity', range);
  return undefined;
};

const attributes: Rule = ({ ReadAttributes, WriteAttributes }, { userPool, verb }) => {
  const known = (name: string) => ['sub', 'identities'].includes(name) || userPool.schema.has(name);
  if (ReadAttributes?.some((name) => !known(name)))
    return problem('ReadAttributes', `Invalid read attributes specified while ${verb} a client`);
  const required = [...userPool.schema.values()].filter((attribute) => attribute.required);
  const unwritable =
    WriteAttributes?.some((name) => !userPool.schema.has(name) || isVerifiedFlag(name)) ||
    (WriteAttributes && required.some(({ name }) => !WriteAttributes.includes(name)));
  return unwritable
    ? problem('WriteAttributes', `Invalid write attributes specified while ${verb} a client`)
    : undefined;
};

const authFlows: Rule = ({ ExplicitAuthFlows = [], RefreshTokenRotation, ...settings }, { hasSecret }) => {
  const current = ExplicitAuthFlows.filter((flow) => flow.startsWith('ALLOW_'));
  if (current.length > 0 && current.length < ExplicitAuthFlows.length)
    return problem('ExplicitAuthFlows', 'ALLOW_ flows cannot stand beside the older names.');
  if (RefreshTokenRotation?.Feature === 'ENABLED' && ExplicitAuthFlows.includes('ALLOW_REFRESH_TOKEN_AUTH'))
    return problem(
      'ExplicitAuthFlows',
      'ALLOW_REFRESH_TOKEN_AUTH cannot be used with refresh token rotation.',
    );
  if (settings.EnablePropagateAdditionalUserContextData && !hasSecret)
    return problem(
      'EnablePropagateAdditionalUserContextData',
      'Only a client with a secret can propagate additional user context data.',
    );
  return undefined;
};

const providers: Rule = ({ SupportedIdentityProviders = [] }, { userPool }) => {
  const known = ['COGNITO', ...userPool.identityProviders.map(({ name }) => name)];
  const unknown = SupportedIdentityProviders.find((name) => !known.includes(name));
  return unknown === undefined
    ? undefined
    : problem(
        'SupportedIdentityProviders',
        `The provider ${unknown} does not exist for User Pool ${userPool.id}.`,
      );
};

const oauthFlows: Rule = ({ AllowedOAuthFlows = [], CallbackURLs = [] }, { hasSecret }) => {
  const invalid = (message: string) => problem('AllowedOAuthFlows', message, 'InvalidOAuthFlowException');
  if (AllowedOAuthFlows.includes('client_credentials')) {
    if (AllowedOAuthFlows.length > 1)
      return invalid('client_credentials flow can not be selected along with code flow or implicit flow.');
    if (!hasSecret)
      return invalid('client_credentials flow can not be selected if client does not have a client secret.');
    return undefined;
  }
  return AllowedOAuthFlows.length > 0 && CallbackURLs.length === 0
    ? problem('CallbackURLs', 'CallbackURLs is required by the code and implicit flows.')
    : undefined;
};

const scopes: Rule = ({ AllowedOAuthFlows = [], AllowedOAuthScopes = [] }, { userPool }) => {
  const custom = customScopesOf(userPool.resourceServers);
  for (const scope of AllowedOAuthScopes) {
    if (STANDARD_SCOPES.includes(scope)) {
      if (AllowedOAuthFlows.includes('client_credentials'))
        return problem(
          'AllowedOAuthScopes',
          `${scope} is not supported with client_credentials flow`,
          'InvalidOAuthFlowException',
        );
    } else if (!custom.has(scope))
      return problem('AllowedOAuthScopes', `Invalid scope requested: ${scope}`, 'ScopeDoesNotExistException');
  }
  return undefined;
};

const urls: Rule = ({ CallbackURLs = [], LogoutURLs = [], DefaultRedirectURI }) => {
  for (const [member, list] of [
    ['CallbackURLs', CallbackURLs],
    ['LogoutURLs', LogoutURLs],
  ] as const) {
    const bad = list.find((url) => !isRedirectUrl(url));
    if (bad !== undefined)
      return problem(
        member,
        `${bad} must be an absolute https URL, http on localhost, or a custom scheme, without a fragment.`,
      );
  }
  return DefaultRedirectURI !== undefined && !CallbackURLs.includes(DefaultRedirectURI)
    ? problem('DefaultRedirectURI', 'DefaultRedirectURI must be one of CallbackURLs.')
    : undefined;
};

function problem(member: string, message: string, code = 'InvalidParameterException'): Problem {
  return { member, error: new CognitoError(code, message) };
}
