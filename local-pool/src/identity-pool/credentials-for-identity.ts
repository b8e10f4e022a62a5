import type { LocalPool } from '../local-pool.ts';
import type { Identity } from '../store/identity-pool-identities.ts';
import { CREDENTIALS_DURATION, type Credentials, issueCredentials } from './credentials.ts';
import { presentIdentity } from './identities.ts';
import type { IdentityPool, RoleMapping } from './identity-pool.ts';
import type { PresentedLogins, VerifiedLogin } from './login.ts';
import { principalTagsOf } from './principal-tags.ts';
import { canonicalProviderName } from './provider-name.ts';
import { refusals } from './refusals.ts';
import { parseRoleArn } from './role-arn.ts';
import { type RoleRequest, selectRole } from './role-selection.ts';

/**
 * The enhanced flow's second step: credentials of the role that the identity's logins lead to.
 * @returns the identity too, which is another one when a guest presented somebody's login
 * @throws CognitoError NotAuthorizedException, ResourceConflictException, InvalidIdentityPoolConfigurationException
 */
export function credentialsForIdentity(
  pool: LocalPool,
  { identity: presented, identityPool }: { identity: Identity; identityPool: IdentityPool },
  logins: PresentedLogins,
  customRoleArn: string | undefined,
): { identity: Identity; credentials: Credentials } {
  return pool.store.transaction(() => {
    const identity = presentIdentity(pool, identityPool, presented, logins);
    const login = loginForRole(pool, identityPool, logins);
    const roleArn = requireRole(identity, {
      roles: identityPool.roles,
      ...(login && { login }),
      ...(customRoleArn !== undefined && { customRoleArn }),
    });
    const session = {
      roleArn,
      roleSessionName: 'CognitoIdentityCredentials',
      identityId: identity.id,
      identityPoolId: identityPool.id,
      principalTags: logins.ownToken?.tags ?? principalTagsOf(identityPool, logins.logins),
    };
    return { identity, credentials: issueCredentials(pool, session, CREDENTIALS_DURATION) };
  });
}

/** Of several logins the first that has a mapping decides. */
function loginForRole(
  pool: LocalPool,
  identityPool: IdentityPool,
  { logins, ownToken }: PresentedLogins,
): RoleRequest['login'] {
  for (const login of logins) {
    const mapping = mappingOf(pool, identityPool, login);
    if (mapping) return { mapping, claims: login.claims };
  }
  return logins.length > 0 || ownToken?.authenticated ? { claims: {} } : undefined;
}

function mappingOf(
  pool: LocalPool,
  { roleMappings }: IdentityPool,
  { roleMappingKey }: VerifiedLogin,
): RoleMapping | undefined {
  return Object.entries(roleMappings).find(
    ([key]) => canonicalProviderName(pool, key) === roleMappingKey,
  )?.[1];
}

function requireRole(identity: Identity, request: RoleRequest): string {
  const choice = selectRole(request);
  switch (choice.kind) {
    case 'role':
      if (!parseRoleArn(choice.roleArn)) throw refusals.noRole();
      return choice.roleArn;
    case 'none':
      throw refusals.noRole();
    case 'denied':
      throw refusals.ambiguousRole();
    case 'custom-role-refused':
      throw refusals.forbidden(identity.id);
  }
}
