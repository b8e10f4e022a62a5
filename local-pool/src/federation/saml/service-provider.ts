import { SAML } from '@node-saml/node-saml';
import type { LocalPool } from '../../local-pool.ts';
import type { IdentityProvider } from '../../model/identity-provider.ts';
import type { UserPool } from '../../model/user-pool.ts';
import { type SamlMetadata, samlMetadata } from './metadata.ts';
import { samlSigningKey } from './signing-key.ts';

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
 * @param request the ID of the request to send, and what it asks for
 * @throws OAuthError when the metadata cannot be read.
 */
export async function serviceProvider(
  pool: LocalPool,
  userPool: UserPool,
  provider: IdentityProvider,
  { purpose = 'sign-in', requestId }: { purpose?: 'sign-in' | 'sign-out'; requestId?: string } = {},
): Promise<{ saml: SAML; metadata: SamlMetadata }> {
  const { RequestSigningAlgorithm, EncryptedResponses, IDPSignout } = provider.details;
  const metadata = await samlMetadata(provider);
  const key = async () => (await samlSigningKey(pool, userPool.id)).privateKey;
  // Sign-out requests are always signed.
  const signs = RequestSigningAlgorithm === 'rsa-sha256' || (purpose === 'sign-out' && IDPSignout === 'true');
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
    ...(metadata.singleLogoutUrl !== undefined && { logoutUrl: metadata.singleLogoutUrl }),
    ...(signs && { privateKey: await key(), signatureAlgorithm: 'sha256' as const }),
    ...(EncryptedResponses === 'true' && { decryptionPvk: await key() }),
    ...(requestId !== undefined && { generateUniqueId: () => requestId }),
  };
  return { saml: new PoolServiceProvider(options, () => pool.clock.now()), metadata };
}
