import type { LocalPool } from '../local-pool.ts';

/**
 * The name by which Cognito knows a provider. Amplify calls a user pool by its tokens' `iss` without the scheme, which
 * is `localhost:9229/{userPoolId}` here; both names mean one provider.
 * @param name a key of Logins or RoleMappings (there with `:{clientId}` at the end), or a ProviderName
 */
export function canonicalProviderName(pool: LocalPool, name: string): string {
  const origin = `${new URL(pool.baseUrl).host}/`;
  if (!name.startsWith(origin)) return name;
  const rest = name.slice(origin.length);
  const userPool = pool.userPool(rest.split(':')[0] ?? '');
  return userPool ? `cognito-idp.${userPool.region}.amazonaws.com/${rest}` : name;
}
