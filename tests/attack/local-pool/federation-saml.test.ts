import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  appCallback,
  type ServiceProvider,
  spPoolId,
  startServiceProvider,
} from '../../integration/local-pool/federation/federated-pools.ts';
import { exchangeCode } from '../../integration/local-pool/federation/steps.ts';
import type { JarBrowser, Visit } from '../../support/jar-browser.ts';
import {
  type AuthnRequest,
  encode,
  type SamlAnswer,
  SamlIdentityProvider,
} from '../../support/saml-identity-provider.ts';
import { selfSignedCertificate } from '../../support/self-signed-certificate.ts';

let sp: ServiceProvider;
let idp: SamlIdentityProvider;
let browser: JarBrowser;
const stranger = selfSignedCertificate('A stranger');

beforeAll(async () => {
  sp = await startServiceProvider();
  idp = new SamlIdentityProvider(() => sp.clock.now());
});
afterAll(() => sp.close());
beforeEach(() => {
  browser = sp.browse();
  addCorp();
});

function addCorp(details: Record<string, string> = {}): void {
  sp.addProvider({
    name: 'Corp',
    type: 'SAML',
    details: { MetadataFile: idp.metadata(), ...details },
    attributeMapping: { email: 'mail', nickname: 'nick' },
  });
}

async function begin(): Promise<AuthnRequest> {
  const { location } = await browser.get(sp.authorizeUrl({ identity_provider: 'Corp' }));
  return idp.read(location);
}

const post = (request: AuthnRequest, xml: string): Promise<Visit> =>
  browser.post(request.acsUrl, { SAMLResponse: encode(xml), RelayState: request.relayState });

/** The XML of an honest answer to a request, changed. */
const honest = (request: AuthnRequest, changes: Partial<SamlAnswer> = {}): string =>
  Buffer.from(idp.answer(request, changes).SAMLResponse, 'base64').toString('utf8');

const noSession = (visit: Visit) =>
  expect(visit.setCookies.some((line) => /^cognito=./.test(line))).toBe(false);

function refused(visit: Visit, reason: RegExp = /./): void {
  noSession(visit);
  expect(visit.location.origin + visit.location.pathname).toBe(appCallback);
  expect(visit.location.searchParams.get('error')).toBe('invalid_request');
  const description = visit.location.searchParams.get('error_description') ?? '';
  expect(description).toMatch(/^Error in SAML response processing: /);
  expect(description).toMatch(reason);
}

const userOf = async (visit: Visit): Promise<unknown> =>
  decodeJwt((await exchangeCode(sp, visit.location)).id_token)['cognito:username'];

describe('a SAML response', () => {
  it.each<[string, Partial<SamlAnswer>, RegExp]>([
    ['that nobody signed', { signed: 'nothing' }, /signature/i],
    ['signed by a stranger', { privateKey: stranger.privateKey }, /signature/i],
    [
      'whose response a stranger signed',
      { privateKey: stranger.privateKey, signed: 'response' },
      /signature/i,
    ],
    ['for another audience', { audience: 'urn:amazon:cognito:sp:us-east-1_Another01' }, /audience/],
    ['for another recipient', { recipient: 'https://elsewhere.example/acs' }, /subject confirmation/],
    ['of another issuer', { issuer: 'https://other.example' }, /another issuer/],
    ['to another request', { inResponseTo: '_another' }, /InResponseTo/],
    ['to no request', { inResponseTo: undefined }, /InResponseTo/],
    ['without a name', { nameId: '' }, /incomplete/],
  ])('%s is refused', async (_, changes, reason) => {
    const request = await begin();
    refused(await post(request, honest(request, changes)), reason);
  });

  it('that has expired by the pool’s clock is refused', async () => {
    const request = await begin();
    const xml = honest(request);
    sp.clock.advance(60_000);
    refused(await post(request, xml), /expired/);
  });

  it('from the future is refused', async () => {
    const request = await begin();
    refused(await post(request, honest(request, { issuedAt: sp.clock.now() + 30_000 })), /not yet valid/);
  });

  it('whose text was changed after signing is refused', async () => {
    const request = await begin();
    refused(await post(request, honest(request).replace('>jane<', '>admin<')), /signature/i);
  });

  it.each([
    'not base64 of XML',
    '<a/>',
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    '',
  ])('that is %j is refused', async (xml) => refused(await post(await begin(), xml)));

  it('is answered once: the same relay state and the same assertion are refused the second time', async () => {
    const request = await begin();
    const xml = honest(request, { nameId: 'replayed' });
    expect(await userOf(await post(request, xml))).toBe('corp_replayed');
    const again = await post(request, xml);
    noSession(again);
    expect(again.status).toBe(400);
  });

  it('of another browser is refused', async () => {
    const request = await begin();
    browser = sp.browse();
    await begin();
    const visit = await post(request, honest(request));
    noSession(visit);
    expect(visit.status).toBe(400);
  });

  it('later than five minutes is refused', async () => {
    const request = await begin();
    sp.clock.advance(300_000);
    expect((await post(request, honest(request))).status).toBe(400);
  });

  it('larger than a hundred kilobytes is refused', async () => {
    const request = await begin();
    expect((await post(request, 'x'.repeat(80_000))).status).toBe(413);
  });
});

describe('an assertion replayed where no request binds it', () => {
  it('is refused', async () => {
    addCorp({ IDPInit: 'true' });
    sp.support(['Corp']);
    const query = {
      identity_provider: 'Corp',
      client_id: 'federationapp0000000000001',
      response_type: 'code',
    };
    const relayState = String(new URLSearchParams({ ...query, redirect_uri: appCallback, scope: 'openid' }));
    const acsUrl = `${sp.url}/${spPoolId}/saml2/idpresponse`;
    const request = {
      id: '',
      issuer: `urn:amazon:cognito:sp:${spPoolId}`,
      acsUrl,
      relayState,
      destination: '',
    };
    const xml = honest(request, { inResponseTo: undefined, nameId: 'starter' });
    expect(await userOf(await post(request, xml))).toBe('corp_starter');
    refused(await post(request, xml), /used before/);
    sp.support(['COGNITO', 'Corp']);
  });
});

describe('XML signature wrapping', () => {
  const assertionOf = (xml: string): string =>
    /<saml:Assertion [\s\S]*<\/saml:Assertion>/.exec(xml)?.[0] ?? '';
  const forged = (assertion: string): string =>
    assertion
      .replace(/<(ds:)?Signature [\s\S]*<\/(ds:)?Signature>/, '')
      .replace(/ID="[^"]+"/, 'ID="_forged"')
      .replace('>jane<', '>admin<');

  it.each<[string, (xml: string, signed: string) => string]>([
    [
      'a forged assertion before the signed one',
      (xml, signed) => xml.replace(signed, forged(signed) + signed),
    ],
    [
      'a forged assertion after the signed one',
      (xml, signed) => xml.replace(signed, signed + forged(signed)),
    ],
    [
      'the signed assertion within the forged one',
      (xml, signed) =>
        xml.replace(signed, forged(signed).replace('</saml:Issuer>', `</saml:Issuer>${signed}`)),
    ],
    [
      'the signed assertion in an extension of the response',
      (xml, signed) =>
        xml
          .replace(signed, forged(signed))
          .replace('<samlp:Status>', `<samlp:Extensions>${signed}</samlp:Extensions><samlp:Status>`),
    ],
    [
      'a forged assertion with the ID of the signed one',
      (xml, signed) => {
        const id = /ID="([^"]+)"/.exec(signed)?.[1] ?? '';
        return xml.replace(signed, forged(signed).replace('_forged', id) + signed);
      },
    ],
    [
      'the signature moved into the forged assertion',
      (xml, signed) => {
        const signature = /<(ds:)?Signature [\s\S]*<\/(ds:)?Signature>/.exec(signed)?.[0] ?? '';
        const wrapped = signature.replace(
          /<\/(ds:)?Signature>$/,
          (end) => `<Object>${signed.replace(signature, '')}</Object>${end}`,
        );
        return xml.replace(signed, forged(signed).replace('</saml:Issuer>', `</saml:Issuer>${wrapped}`));
      },
    ],
  ])('%s is refused', async (_, wrap) => {
    const request = await begin();
    const xml = honest(request, { nameId: 'jane' });
    const signed = assertionOf(xml);
    expect(signed).toContain('Signature');
    const hostile = wrap(xml, signed);
    expect(hostile).toContain('>admin<');
    refused(await post(request, hostile));
  });

  it('a comment within the name does not cut it short', async () => {
    const request = await begin();
    const xml = honest(request, { nameIdXml: 'admin<!-- x -->.evil' });
    expect(await userOf(await post(request, xml))).toBe('corp_admin.evil');
    browser = sp.browse();
    const unsignedComment = await begin();
    const clean = honest(unsignedComment, { nameId: 'admin.evil2' });
    const visit = await post(unsignedComment, clean.replace('admin.evil2', 'admin<!-- x -->.evil2'));
    expect(await userOf(visit)).toBe('corp_admin.evil2');
  });
});

describe('a SAML provider that the local pool cannot honour', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['without metadata', { MetadataFile: '' }, /neither MetadataFile nor MetadataURL/],
    ['with metadata that is no XML', { MetadataFile: 'no' }, /describes no SAML identity provider/],
    [
      'with the metadata of a service provider',
      { MetadataFile: '<EntityDescriptor entityID="x"/>' },
      /describes no/,
    ],
    [
      'whose metadata is out of reach',
      { MetadataFile: '', MetadataURL: 'http://127.0.0.1:1/' },
      /cannot be fetched/,
    ],
    [
      'whose metadata is on plain http elsewhere',
      { MetadataFile: '', MetadataURL: 'http://idp.example.com/' },
      /https/,
    ],
  ])('%s goes back to the client', async (_, details, reason) => {
    addCorp(details);
    const { location } = await browser.get(sp.authorizeUrl({ identity_provider: 'Corp' }));
    expect(location.searchParams.get('error')).toBe('invalid_request');
    expect(location.searchParams.get('error_description')).toMatch(reason);
  });
});
