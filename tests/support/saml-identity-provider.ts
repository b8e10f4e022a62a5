import { createCipheriv, publicEncrypt, randomBytes, X509Certificate } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { signXml } from '@node-saml/node-saml/lib/xml.js';
import { selfSignedCertificate } from './self-signed-certificate.ts';

/** What goes into a response; all of it may be wrong on purpose. */
export interface SamlAnswer {
  /** The ID of the AuthnRequest; undefined for a sign-in that begins here. */
  inResponseTo: string | undefined;
  audience: string;
  recipient: string;
  nameId: string;
  /** The XML of NameID's content instead of the escaped `nameId`. */
  nameIdXml: string | undefined;
  attributes: Record<string, string | string[]>;
  issuer: string;
  /** Milliseconds since the epoch. */
  issuedAt: number;
  notOnOrAfter: number;
  assertionId: string;
  status: string;
  signed: 'assertion' | 'response' | 'nothing';
  /** PEM. */
  privateKey: string;
}

/** An AuthnRequest as it arrives by HTTP-Redirect. */
export interface AuthnRequest {
  id: string;
  issuer: string;
  acsUrl: string;
  relayState: string;
  destination: string;
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';

/** A small SAML 2.0 identity provider: it has metadata, reads requests and writes signed responses. */
export class SamlIdentityProvider {
  readonly entityId = 'https://idp.example.com/saml';
  readonly singleSignOnUrl = 'https://idp.example.com/sso';
  readonly singleLogoutUrl = 'https://idp.example.com/slo';
  readonly #key = selfSignedCertificate('A test identity provider');
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The metadata that MetadataFile or MetadataURL of the provider's details gives. */
  metadata(): string {
    return `<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${this.entityId}">
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>
      <ds:X509Certificate>
        ${this.#key.certificate.match(/.{1,64}/g)?.join('\n        ')}
      </ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${this.singleSignOnUrl}/post"/>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${this.singleSignOnUrl}"/>
    <md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${this.singleLogoutUrl}"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>`;
  }

  /** The XML of a request in the address that a browser was sent to. */
  readXml(address: URL): string {
    const encoded = address.searchParams.get('SAMLRequest') ?? '';
    return inflateRawSync(Buffer.from(encoded, 'base64')).toString('utf8');
  }

  /** Reads the address that a browser was sent to (SAML 2.0 Bindings section 3.4.4.1). */
  read(address: URL): AuthnRequest {
    const xml = this.readXml(address);
    const find = (pattern: RegExp): string => pattern.exec(xml)?.[1] ?? '';
    return {
      id: find(/\sID="([^"]+)"/),
      issuer: find(/<saml:Issuer[^>]*>([^<]+)</),
      acsUrl: find(/AssertionConsumerServiceURL="([^"]+)"/),
      relayState: address.searchParams.get('RelayState') ?? '',
      destination: find(/Destination="([^"]+)"/),
    };
  }

  /** The answer to a request for somebody, changed; what a good one posts as `SAMLResponse` and `RelayState`. */
  answer(
    request: AuthnRequest,
    changes: Partial<SamlAnswer> = {},
  ): { SAMLResponse: string; RelayState: string } {
    const good = { inResponseTo: request.id, audience: request.issuer, recipient: request.acsUrl };
    return { SAMLResponse: encode(this.response({ ...good, ...changes })), RelayState: request.relayState };
  }

  /** The XML of a response. */
  response(changes: Partial<SamlAnswer> & Pick<SamlAnswer, 'audience' | 'recipient'>): string {
    const answer: SamlAnswer = {
      inResponseTo: undefined,
      nameId: 'jane',
      nameIdXml: undefined,
      attributes: {},
      issuer: this.entityId,
      issuedAt: this.#now(),
      notOnOrAfter: this.#now() + 60_000,
      assertionId: `_${randomBytes(16).toString('hex')}`,
      status: SUCCESS,
      signed: 'assertion',
      privateKey: this.#key.privateKey,
      ...changes,
    };
    const xml = responseXml(answer);
    if (answer.signed === 'nothing') return xml;
    const [path, issuer] =
      answer.signed === 'assertion'
        ? ["//*[local-name(.)='Assertion']", "//*[local-name(.)='Assertion']/*[local-name(.)='Issuer']"]
        : ["/*[local-name(.)='Response']", "/*[local-name(.)='Response']/*[local-name(.)='Issuer']"];
    return signXml(xml, path, { reference: issuer, action: 'after' }, signing(answer.privateKey));
  }
}

/** The parameter value of a response's XML. */
export function encode(xml: string): string {
  return Buffer.from(xml).toString('base64');
}

function signing(privateKey: string) {
  return { privateKey, signatureAlgorithm: 'sha256', digestAlgorithm: 'sha256' } as const;
}

function responseXml(answer: SamlAnswer): string {
  const { issuer, issuedAt, notOnOrAfter, recipient, audience, status } = answer;
  const [instant, until] = [issuedAt, notOnOrAfter].map((time) => new Date(time).toISOString());
  const inResponseTo = answer.inResponseTo === undefined ? '' : ` InResponseTo="${answer.inResponseTo}"`;
  const attributes = Object.entries(answer.attributes).map(
    ([name, values]) =>
      `<saml:Attribute Name="${escapeXml(name)}">${[values]
        .flat()
        .map((value) => `<saml:AttributeValue>${escapeXml(value)}</saml:AttributeValue>`)
        .join('')}</saml:Attribute>`,
  );
  const assertion = `<saml:Assertion ID="${answer.assertionId}" Version="2.0" IssueInstant="${instant}">\
<saml:Issuer>${issuer}</saml:Issuer>\
<saml:Subject><saml:NameID>${answer.nameIdXml ?? escapeXml(answer.nameId)}</saml:NameID>\
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">\
<saml:SubjectConfirmationData NotOnOrAfter="${until}" Recipient="${recipient}"${inResponseTo}/></saml:SubjectConfirmation></saml:Subject>\
<saml:Conditions NotBefore="${instant}" NotOnOrAfter="${until}"><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>\
<saml:AuthnStatement AuthnInstant="${instant}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>\
${attributes.length > 0 ? `<saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement>` : ''}</saml:Assertion>`;
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" \
ID="_${randomBytes(16).toString('hex')}" Version="2.0" IssueInstant="${instant}" Destination="${recipient}"${inResponseTo}>\
<saml:Issuer>${issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${status}"/></samlp:Status>${status === SUCCESS ? assertion : ''}</samlp:Response>`;
}

/**
 * A response with its assertion encrypted (XML Encryption: AES-256-GCM, the key by RSA-OAEP).
 * @param certificate of the receiver, DER in base64
 */
export function encryptAssertion(xml: string, certificate: string): string {
  const plain = /<saml:Assertion [\s\S]*<\/saml:Assertion>/.exec(xml)?.[0] ?? '';
  const alone = plain.replace(
    '<saml:Assertion ',
    '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ',
  );
  const [key, iv] = [randomBytes(32), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const content = Buffer.concat([iv, cipher.update(alone, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'));
  const value = (bytes: Buffer): string =>
    `<xenc:CipherData><xenc:CipherValue>${bytes.toString('base64')}</xenc:CipherValue></xenc:CipherData>`;
  const wrappedKey = `<xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/>${value(publicEncrypt(publicKey, key))}</xenc:EncryptedKey>`;
  return xml.replace(
    plain,
    `<saml:EncryptedAssertion><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element"><xenc:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${wrappedKey}</ds:KeyInfo>${value(content)}</xenc:EncryptedData></saml:EncryptedAssertion>`,
  );
}
