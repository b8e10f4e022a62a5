import { verify, X509Certificate } from 'node:crypto';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { samlSigningKey } from '../../../../local-pool/src/federation/saml/signing-key.ts';
import type { JarBrowser, Visit } from '../../../support/jar-browser.ts';
import {
  type AuthnRequest,
  encode,
  encryptAssertion,
  SamlIdentityProvider,
} from '../../../support/saml-identity-provider.ts';
import { selfSignedCertificate } from '../../../support/self-signed-certificate.ts';
import {
  appCallback,
  appClientId,
  type ServiceProvider,
  spPoolId,
  startServiceProvider,
} from './federated-pools.ts';
import { exchangeCode } from './steps.ts';

let sp: ServiceProvider;
let idp: SamlIdentityProvider;
let browser: JarBrowser;
let certificate: X509Certificate;
let encodedCertificate: string;

beforeAll(async () => {
  sp = await startServiceProvider();
  idp = new SamlIdentityProvider(() => sp.clock.now());
  encodedCertificate = (await samlSigningKey(sp.pool, spPoolId)).certificate;
  certificate = new X509Certificate(Buffer.from(encodedCertificate, 'base64'));
});
afterAll(() => sp.close());
beforeEach(() => {
  browser = sp.browse();
});

async function begin(details: Record<string, string>): Promise<{ address: URL; request: AuthnRequest }> {
  sp.addProvider({ name: 'Corp', type: 'SAML', details: { MetadataFile: idp.metadata(), ...details } });
  const { location } = await browser.get(sp.authorizeUrl({ identity_provider: 'Corp' }));
  return { address: location, request: idp.read(location) };
}

const post = (request: AuthnRequest, xml: string): Promise<Visit> =>
  browser.post(request.acsUrl, { SAMLResponse: encode(xml), RelayState: request.relayState });

const honest = (request: AuthnRequest, nameId: string): string =>
  Buffer.from(idp.answer(request, { nameId }).SAMLResponse, 'base64').toString('utf8');

/** Whether the query is signed with the pool's key (SAML 2.0 Bindings section 3.4.4.1). */
function isSigned({ search, searchParams }: URL): boolean {
  const signed = /(?:SAMLRequest=[^&]+&)(?:RelayState=[^&]+&)?SigAlg=[^&]+/.exec(search)?.[0] ?? '';
  const signature = Buffer.from(searchParams.get('Signature') ?? '', 'base64');
  return verify('sha256', Buffer.from(signed), certificate.publicKey, signature);
}

describe('the pool’s SAML key', () => {
  it('is in a certificate of ten years that it signed itself, always the same', async () => {
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.subject).toBe(`CN=${spPoolId}`);
    const years = (certificate.validToDate.getTime() - certificate.validFromDate.getTime()) / 31_536_000_000;
    expect(years).toBe(10);
    const [one, two] = await Promise.all([samlSigningKey(sp.pool, 'a_1'), samlSigningKey(sp.pool, 'a_1')]);
    expect(one).toEqual(two);
    expect(one.certificate).not.toBe(encodedCertificate);
  });

  it('signs requests where the provider wants that, and only there', async () => {
    const { address } = await begin({ RequestSigningAlgorithm: 'rsa-sha256' });
    expect(address.searchParams.get('SigAlg')).toBe('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
    expect(isSigned(address)).toBe(true);
    expect((await begin({})).address.searchParams.has('Signature')).toBe(false);
  });
});

describe('a provider with EncryptedResponses', () => {
  const details = { EncryptedResponses: 'true' };

  it('signs in by an encrypted assertion', async () => {
    const { request } = await begin(details);
    const visit = await post(request, encryptAssertion(honest(request, 'secret'), encodedCertificate));
    const claims = decodeJwt((await exchangeCode(sp, visit.location)).id_token);
    expect(claims['cognito:username']).toBe('corp_secret');
  });

  it.each<[string, (xml: string) => string, RegExp]>([
    ['in clear', (xml) => xml, /not encrypted/],
    ['that is nothing', () => '', /not encrypted/],
    [
      'for another key',
      (xml) => encryptAssertion(xml, selfSignedCertificate('Another').certificate),
      /response processing/,
    ],
    [
      'whose signature is broken',
      (xml) => encryptAssertion(xml.replace('>jane<', '>admin<'), encodedCertificate),
      /signature/,
    ],
  ])('refuses an assertion %s', async (_, change, reason) => {
    const { request } = await begin(details);
    const { location } = await post(request, change(honest(request, 'jane')));
    expect(location.searchParams.has('code')).toBe(false);
    expect(location.searchParams.get('error_description')).toMatch(reason);
  });
});

describe('sign-out with IDPSignout', () => {
  const logout = (): Promise<Visit> => {
    const query = { client_id: appClientId, redirect_uri: appCallback, response_type: 'code' };
    return browser.get(`/${spPoolId}/logout?${new URLSearchParams(query)}`);
  };

  async function signIn(details: Record<string, string>): Promise<void> {
    const { request } = await begin(details);
    expect((await post(request, honest(request, 'leaver'))).location.searchParams.has('code')).toBe(true);
  }

  it('goes to the provider with a signed request first, and comes back by /saml2/logout', async () => {
    await signIn({ IDPSignout: 'true' });
    const { location } = await logout();
    expect(location.origin + location.pathname).toBe(idp.singleLogoutUrl);
    expect(isSigned(location)).toBe(true);
    expect(idp.readXml(location)).toMatch(/<samlp:LogoutRequest .*>leaver<\/saml:NameID>/s);
    expect(browser.jar.of('localhost')).not.toHaveProperty('cognito');
    const RelayState = location.searchParams.get('RelayState') ?? '';
    const back = await browser.get(`/${spPoolId}/saml2/logout?${new URLSearchParams({ RelayState })}`);
    expect(back.location.pathname).toBe(`/${spPoolId}/login`);
    expect(back.location.searchParams.get('redirect_uri')).toBe(appCallback);
  });

  it('comes back once, and only in the browser that left; a sign-out is no sign-in', async () => {
    await signIn({ IDPSignout: 'true' });
    const RelayState = (await logout()).location.searchParams.get('RelayState') ?? '';
    const address = `/${spPoolId}/saml2/logout`;
    expect((await sp.browse().post(address, { RelayState })).status).toBe(400);
    const acs = await browser.post(`/${spPoolId}/saml2/idpresponse`, { RelayState, SAMLResponse: '' });
    expect(acs.status).toBe(400);
    expect((await browser.post(address, { RelayState })).status).toBe(303);
    expect((await browser.post(address, { RelayState })).status).toBe(400);
  });

  it.each<[string, Record<string, string>]>([
    ['where it is off', { IDPSignout: 'false' }],
    ['where the provider has no such service', { IDPSignout: 'true', MetadataFile: '' }],
  ])('ends the pool’s session alone %s', async (_, details) => {
    const MetadataFile = idp.metadata().replace(/<md:SingleLogoutService.*\/>/, '');
    await signIn({ ...details, ...(details.MetadataFile === '' && { MetadataFile }) });
    expect((await logout()).location.pathname).toBe(`/${spPoolId}/login`);
  });

  it('goes on without the provider when its metadata is out of reach', async () => {
    await signIn({ IDPSignout: 'true' });
    const details = { IDPSignout: 'true', MetadataURL: 'http://127.0.0.1:1/' };
    sp.addProvider({ name: 'Corp', type: 'SAML', details });
    expect((await logout()).location.pathname).toBe(`/${spPoolId}/login`);
    expect(browser.jar.of('localhost')).not.toHaveProperty('cognito');
  });
});
