import type { Claims } from '../token-claims.ts';
import type { ClaimOverride, GroupOverride, TokenOverrides } from './pre-token-generation-response.ts';

/** Claims that no trigger can change (Cognito: Pre token generation trigger, claims that can't be modified). */
const FIXED =
  'acr amr at_hash auth_time azp exp iat iss jti nbf nonce origin_jti token_use sub username identities'.split(
    ' ',
  );
const FIXED_IN_ACCESS = ['client_id', 'event_id', 'device_key', 'version', 'scope'];
const GROUP_CLAIMS = ['cognito:groups', 'cognito:roles', 'cognito:preferred_role'];

/** The claims of an ID token as a trigger wants them. Attempts at fixed claims are ignored, as Cognito does. */
export function overrideIdClaims(claims: Claims, override: ClaimOverride, groups?: GroupOverride): Claims {
  const regrouped = groups ? withGroups(claims, groups, GROUP_CLAIMS) : claims;
  return changed(regrouped, override, ID_RULES);
}

/** The claims of an access token as a trigger wants them, scopes included. */
export function overrideAccessClaims(
  claims: Claims,
  override: ClaimOverride,
  groups?: GroupOverride,
): Claims {
  const regrouped = groups ? withGroups(claims, groups, ['cognito:groups']) : claims;
  const scopes = new Set([...String(claims.scope ?? '').split(' '), ...override.scopesToAdd]);
  for (const scope of ['', ...override.scopesToSuppress]) scopes.delete(scope);
  return changed({ ...regrouped, scope: [...scopes].join(' ') }, override, accessRules(claims.client_id));
}

/** The claims that a trigger tries to change and cannot, for a line that says so. */
export function ignoredChanges({ id, access }: TokenOverrides, clientId: string): string[] {
  const attempts = ({ add, suppress }: ClaimOverride, { mayAdd, maySuppress }: Rules) => [
    ...Object.entries(add).flatMap(([name, value]) => (mayAdd(name, value) ? [] : name)),
    ...suppress.filter((name) => name !== 'cognito:groups' && !maySuppress(name)),
  ];
  return [...new Set([...attempts(id, ID_RULES), ...attempts(access, accessRules(clientId))])];
}

interface Rules {
  mayAdd(name: string, value: unknown): boolean;
  maySuppress(name: string): boolean;
}

const ID_RULES: Rules = {
  mayAdd: (name) => !isFixed(name) && name !== 'aud' && !name.startsWith('dev:'),
  maySuppress: (name) => !isFixed(name) && name !== 'aud',
};

/** An access token may be given an audience, but only its client. */
function accessRules(clientId: unknown): Rules {
  const isFree = (name: string) => !isFixed(name) && !FIXED_IN_ACCESS.includes(name);
  return {
    mayAdd: (name, value) =>
      isFree(name) && !name.startsWith('dev:') && (name !== 'aud' || value === clientId),
    maySuppress: isFree,
  };
}

function changed(claims: Claims, { add, suppress }: ClaimOverride, { mayAdd, maySuppress }: Rules): Claims {
  const result = { ...claims };
  for (const [name, value] of Object.entries(add)) if (mayAdd(name, value)) result[name] = value;
  for (const name of suppress) {
    if (name === 'cognito:groups') for (const claim of GROUP_CLAIMS) delete result[claim];
    else if (maySuppress(name)) delete result[name];
  }
  return result;
}

function withGroups(claims: Claims, override: GroupOverride, names: string[]): Claims {
  const values: Claims = {
    'cognito:groups': override.groups.length > 0 ? override.groups : undefined,
    'cognito:roles': override.roles.length > 0 ? override.roles : undefined,
    'cognito:preferred_role': override.preferredRole,
  };
  const result = { ...claims };
  for (const name of names) {
    if (values[name] === undefined) delete result[name];
    else result[name] = values[name];
  }
  return result;
}

function isFixed(name: string): boolean {
  return FIXED.includes(name) || name.startsWith('cognito:');
}
