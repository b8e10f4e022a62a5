import type { Context } from 'hono';
import { OAuthError } from '../../errors.ts';
import type { LocalPool } from '../../local-pool.ts';
import type { UserPool } from '../../model/user-pool.ts';
import { insertFederationRequest } from '../../store/federation-requests.ts';
import type { HostedSession } from '../../store/hosted-sessions.ts';
import { findUser } from '../../store/users.ts';
import { markBrowser } from '../browser-cookie.ts';
import { linkingAttribute, SUBJECT } from '../find-user.ts';
import { serviceProvider } from './service-provider.ts';

/**
 * Where a browser that signs out goes first, so that it is signed out of its SAML provider too: for a provider with
 * `IDPSignout` and a single logout service, and a person whose NameID is known (Cognito: SAML single logout).
 * @param query of the app client's request at `/logout`, for which the browser will come back
 * @returns undefined where the pool's own session is all that ends
 */
export async function samlLogoutUrl(
  context: Context,
  pool: LocalPool,
  userPool: UserPool,
  session: HostedSession,
  query: URLSearchParams,
): Promise<string | undefined> {
  const provider = userPool.identityProviders.find(({ name }) => name === session.identityProvider);
  const nameId = nameIdOf(pool, session);
  if (provider?.details.IDPSignout !== 'true' || nameId === undefined) return undefined;
  try {
    const { saml, metadata } = await serviceProvider(pool, userPool, provider, { purpose: 'sign-out' });
    if (metadata.singleLogoutUrl === undefined) return undefined;
    const relayState = insertFederationRequest(
      pool,
      {
        userPoolId: userPool.id,
        providerName: provider.name,
        purpose: 'sign-out',
        query: query.toString(),
        proof: '',
      },
      markBrowser(context, userPool.id),
    );
    const person = { issuer: metadata.entityId, nameID: nameId, nameIDFormat: UNSPECIFIED };
    return await saml.getLogoutUrlAsync(person, relayState, {});
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    pool.log(`Sign-out at ${provider.name} is left out: ${error.message}`);
    return undefined;
  }
}

const UNSPECIFIED = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified';

function nameIdOf(pool: LocalPool, { userPoolId, sub, identityProvider }: HostedSession): string | undefined {
  const user = findUser(pool, userPoolId, sub);
  return user?.details.identities
    ?.filter(({ providerName }) => providerName === identityProvider)
    .map(({ userId }) => userId)
    .find((userId) => linkingAttribute(user, identityProvider, userId) === SUBJECT);
}
