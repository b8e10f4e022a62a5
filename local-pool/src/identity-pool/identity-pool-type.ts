import type { IdentityPool } from './identity-pool.ts';

/** The configuration of an identity pool on the wire (API reference: CreateIdentityPool). */
export interface IdentityPoolType {
  IdentityPoolName: string;
  AllowUnauthenticatedIdentities: boolean;
  AllowClassicFlow?: boolean | undefined;
  SupportedLoginProviders?: Record<string, string> | undefined;
  DeveloperProviderName?: string | undefined;
  OpenIdConnectProviderARNs?: string[] | undefined;
  CognitoIdentityProviders?:
    | { ProviderName: string; ClientId: string; ServerSideTokenCheck?: boolean | undefined }[]
    | undefined;
  SamlProviderARNs?: string[] | undefined;
  IdentityPoolTags?: Record<string, string> | undefined;
}

/**
 * An identity pool as CreateIdentityPool and UpdateIdentityPool describe it.
 * @param existing what an update leaves alone: roles and mappings
 */
export function identityPoolOf(
  id: string,
  input: IdentityPoolType,
  existing: Pick<IdentityPool, 'roles' | 'roleMappings' | 'principalTags'> = {
    roles: {},
    roleMappings: {},
    principalTags: {},
  },
): IdentityPool {
  const providers = input.CognitoIdentityProviders?.map(
    ({ ProviderName, ClientId, ServerSideTokenCheck }) => ({
      providerName: ProviderName,
      clientId: ClientId,
      serverSideTokenCheck: ServerSideTokenCheck ?? false,
    }),
  );
  return {
    id,
    name: input.IdentityPoolName,
    allowUnauthenticated: input.AllowUnauthenticatedIdentities,
    ...(input.AllowClassicFlow !== undefined && { allowClassicFlow: input.AllowClassicFlow }),
    ...(input.SupportedLoginProviders && { supportedLoginProviders: input.SupportedLoginProviders }),
    ...(input.DeveloperProviderName !== undefined && { developerProviderName: input.DeveloperProviderName }),
    ...(input.OpenIdConnectProviderARNs && { openIdConnectProviderArns: input.OpenIdConnectProviderARNs }),
    ...(providers && { cognitoIdentityProviders: providers }),
    ...(input.SamlProviderARNs && { samlProviderArns: input.SamlProviderARNs }),
    tags: input.IdentityPoolTags ?? {},
    roles: existing.roles,
    roleMappings: existing.roleMappings,
    principalTags: existing.principalTags,
  };
}

/** API reference: IdentityPool. */
export function identityPoolType(identityPool: IdentityPool): IdentityPoolType & { IdentityPoolId: string } {
  return {
    IdentityPoolId: identityPool.id,
    IdentityPoolName: identityPool.name,
    AllowUnauthenticatedIdentities: identityPool.allowUnauthenticated,
    AllowClassicFlow: identityPool.allowClassicFlow,
    SupportedLoginProviders: identityPool.supportedLoginProviders,
    DeveloperProviderName: identityPool.developerProviderName,
    OpenIdConnectProviderARNs: identityPool.openIdConnectProviderArns,
    CognitoIdentityProviders: identityPool.cognitoIdentityProviders?.map((provider) => ({
      ProviderName: provider.providerName,
      ClientId: provider.clientId,
      ServerSideTokenCheck: provider.serverSideTokenCheck,
    })),
    SamlProviderARNs: identityPool.samlProviderArns,
    IdentityPoolTags: identityPool.tags,
  };
}
