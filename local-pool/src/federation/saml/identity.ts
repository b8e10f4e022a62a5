import type { Profile, SAML } from '@node-saml/node-saml';
import type { LocalPool } from '../../local-pool.ts';
import type { IdentityProvider } from '../../model/identity-provider.ts';
import type { UserPool } from '../../model/user-pool.ts';
import { rememberSamlAssertion } from '../../store/saml-assertions.ts';
import type { FederatedIdentity } from '../federated-identity.ts';
import { federationError } from '../federation-error.ts';
import { type Assertion, readAssertion } from './assertion.ts';
import { attributeText } from './attribute-text.ts';
import { parseXml } from './parse-xml.ts';
import { acsUrl, serviceProvider } from './service-provider.ts';

/** Milliseconds: the oldest assertion of a sign-in that began at the provider (Cognito: IdP-initiated SAML). */
const IDP_INITIATED_AGE_MS = 6 * 60 * 1000;

/**
 * Judges a SAML response and learns who signed in. node-saml verifies signature, audience and conditions; the checks of
 * the Web Browser SSO profile that depend on our request are here (SAML 2.0 Profiles section 4.1.4.3).
 * @param samlResponse base64 of the XML
 * @param requestId of our AuthnRequest; undefined for a sign-in that began at the provider
 * @throws OAuthError in the words of the front channel.
 */
export async function samlIdentity(
  pool: LocalPool,
  userPool: UserPool,
  provider: IdentityProvider,
  samlResponse: string,
  requestId: string | undefined,
): Promise<FederatedIdentity> {
  const { saml, metadata } = await serviceProvider(pool, userPool, provider);
  if (provider.details.EncryptedResponses === 'true' && !(await isEncrypted(samlResponse)))
    throw refused('the assertion is not encrypted');
  const profile = await verify(saml, samlResponse);
  const assertion = readAssertion(profile.getAssertion?.());
  if (!assertion) throw refused('the assertion is incomplete');
  if (assertion.issuer !== metadata.entityId) throw refused('the assertion is from another issuer');

  const now = pool.clock.now();
  if (requestId === undefined && now - assertion.issuedAt > IDP_INITIATED_AGE_MS)
    throw refused('the assertion is too old');
  const answered = profile.inResponseTo;
  if (answered !== undefined ? answered !== requestId : requestId !== undefined)
    throw refused('InResponseTo is not the request of this sign-in');
  const bearer = goodBearer(assertion, acsUrl(pool, userPool), requestId, now);
  if (!bearer) throw refused('no valid subject confirmation');
  const keptUntil = bearer.notOnOrAfter + IDP_INITIATED_AGE_MS;
  if (!rememberSamlAssertion(pool, userPool.id, provider.name, assertion.id, keptUntil))
    throw refused('the assertion was used before');
  return {
    provider,
    userId: assertion.nameId,
    issuer: metadata.entityId,
    claims: attributesOf(profile),
  };
}

/** Whether the one assertion of a response is an encrypted one; node-saml refuses several. */
async function isEncrypted(samlResponse: string): Promise<boolean> {
  const xml = Buffer.from(samlResponse, 'base64').toString('utf8');
  const { Response: response } = await parseXml(xml);
  return typeof response === 'object' && response !== null && 'EncryptedAssertion' in response;
}

async function verify(saml: SAML, samlResponse: string): Promise<Profile> {
  try {
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: samlResponse });
    if (profile) return profile;
  } catch (error) {
    throw refused(error instanceof Error ? error.message : 'the response cannot be read');
  }
  throw refused('the response has no assertion');
}

function goodBearer(
  { bearers }: Assertion,
  recipient: string,
  requestId: string | undefined,
  now: number,
): Assertion['bearers'][number] | undefined {
  return bearers.find(
    (bearer) =>
      bearer.recipient === recipient && bearer.inResponseTo === requestId && bearer.notOnOrAfter > now,
  );
}

function attributesOf({ attributes = {} }: Profile): Record<string, string> {
  const entries = Object.entries(attributes as Record<string, unknown>).flatMap(([name, value]) => {
    const text = attributeText(value);
    return text === undefined ? [] : [[name, text] as const];
  });
  return Object.fromEntries(entries);
}

function refused(reason: string) {
  return federationError(`Error in SAML response processing: ${reason}`);
}
