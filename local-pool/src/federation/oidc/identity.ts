import * as client from 'openid-client';
import type { LocalPool } from '../../local-pool.ts';
import type { IdentityProvider } from '../../model/identity-provider.ts';
import type { UserPool } from '../../model/user-pool.ts';
import type { FederatedIdentity } from '../federated-identity.ts';
import { federationError } from '../federation-error.ts';
import { claimText } from './claim-text.ts';
import { asFederationError } from './provider-failure.ts';
import { issuesIdTokens, oidcRedirectUri, relyingParty } from './relying-party.ts';
import { fetchAttributes } from './userinfo.ts';

/**
 * Exchanges the provider's code and learns who signed in: claims of the verified ID token first, then of userInfo
 * (Cognito: OIDC user pool IdP authentication flow).
 * @param answer the query that the provider sent the browser back with; its state is one of ours
 * @param nonce that the ID token must repeat
 * @throws OAuthError in the words of the front channel.
 */
export async function oidcIdentity(
  pool: LocalPool,
  userPool: UserPool,
  provider: IdentityProvider,
  answer: URLSearchParams,
  nonce: string,
): Promise<FederatedIdentity> {
  let step: 'discovery' | 'token' | 'userinfo' = 'discovery';
  try {
    const configuration = await relyingParty(pool, provider);
    step = 'token';
    const url = new URL(`${oidcRedirectUri(pool, userPool)}?${answer}`);
    const tokens = await client.authorizationCodeGrant(configuration, url, {
      expectedState: answer.get('state') ?? '',
      ...(issuesIdTokens(provider) && { expectedNonce: nonce, idTokenExpected: true }),
    });
    step = 'userinfo';
    const claims: Record<string, unknown> = { ...tokens.claims() };
    if (isMissingClaims(provider, claims)) {
      const attributes = await fetchAttributes(configuration, provider, tokens.access_token);
      // What somebody else's userInfo says must not count (OpenID Connect Core section 5.3.2).
      if (claims.sub !== undefined && attributes.sub !== undefined && attributes.sub !== claims.sub)
        throw federationError(`${provider.name} Error - the userInfo response is about another subject`);
      for (const [name, value] of Object.entries(attributes)) claims[name] ??= value;
    }
    const { access_token, id_token } = tokens;
    return {
      provider,
      userId: subjectOf(provider, claims),
      issuer: null,
      claims: { ...textClaims(claims), access_token, ...(id_token !== undefined && { id_token }) },
    };
  } catch (error) {
    throw asFederationError(provider, step, error);
  }
}

function isMissingClaims(provider: IdentityProvider, claims: Record<string, unknown>): boolean {
  const mapped = Object.values(provider.attributeMapping);
  return [subjectClaim(provider), ...mapped].some(
    (name) => claims[name] === undefined && name !== 'access_token' && name !== 'id_token',
  );
}

/** The claim that never changes of a person (section 6.2 of the behaviour notes). */
function subjectClaim({ type }: IdentityProvider): string {
  return type === 'Facebook' ? 'id' : type === 'LoginWithAmazon' ? 'user_id' : 'sub';
}

function subjectOf(provider: IdentityProvider, claims: Record<string, unknown>): string {
  const subject = claimText(claims[subjectClaim(provider)]);
  if (!subject) throw federationError(`${provider.name} Error - ${subjectClaim(provider)} is missing`);
  return subject;
}

function textClaims(claims: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(claims).flatMap(([name, value]) => {
    const text = claimText(value);
    return text === undefined ? [] : [[name, text] as const];
  });
  return Object.fromEntries(entries);
}
