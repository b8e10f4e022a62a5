import { SAML } from '@node-saml/node-saml';
import type { LocalPool } from '../../local-pool.ts';
import type { IdentityProvider } from '../../model/identity-provider.ts';
import type { UserPool } from '../../model/user-pool.ts';
import { federationError } from '../federation-error.ts';
import { type SamlMetadata, samlMetadata } from './metadata.ts';

/** The pool's name as a SAML service provider: the audience of every assertion (Cognito: SAML user pool IdPs). */
export function spEntityId(userPool: UserPool): string {
  return `urn:amazon:cognito:sp:${userPool.id}`;
}

/** The assertion consumer service: where a SAML provider posts its response. */
export function acsUrl(pool: LocalPool, userPool: UserPool): string {
  return `${pool.baseUrl}/${userPool.id}/saml2/idpresponse`;
}

/** node-saml, judging times by the pool's clock instead of the machine's. */
class PoolServiceProvider extends SAML {
  readonly #now: () => number;

  constructor(options: ConstructorParameters<typeof SAML>[0], now: () => number) {
    super(options);
    this.#now = now;
  }

  protected override checkTimestampsValidityError(
    _nowMs: number,
    notBefore: string,
    notOnOrAfter: string,
    maxTimeLimitMs?: number,
  ): Error | null {
    return super.checkTimestampsValidityError(this.#now(), notBefore, notOnOrAfter, maxTimeLimitMs);
  }
}

/**
 * The pool as a service provider of a SAML provider.
 * @param requestId the ID of the AuthnRequest to send
 * @throws OAuthError for a configuration that the local pool cannot honour.
 */
export async function serviceProvider(
  pool: LocalPool,
  userPool: UserPool,
  provider: IdentityProvider,
  requestId?: string,
): Promise<{ saml: SAML; metadata: SamlMetadata }> {
  for (const setting of ['RequestSigningAlgorithm', 'EncryptedResponses'])
    if (provider.details[setting] && provider.details[setting] !== 'false')
      throw federationError(`${provider.name}: the local pool does not support ${setting}`);
  const metadata = await samlMetadata(provider);
  const options = {
    callbackUrl: acsUrl(pool, userPool),
    entryPoint: metadata.singleSignOnUrl,
    issuer: spEntityId(userPool),
    audience: spEntityId(userPool),
    idpCert: metadata.certificates,
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    // Either the response or its assertion must be signed; node-saml takes neither signature for granted.
    wantAuthnResponseSigned: false,
    wantAssertionsSigned: false,
    ...(requestId !== undefined && { generateUniqueId: () => requestId }),
  };
  return { saml: new PoolServiceProvider(options, () => pool.clock.now()), metadata };
}
