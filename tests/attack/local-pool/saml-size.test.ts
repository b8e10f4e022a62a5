import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ServiceProvider,
  startServiceProvider,
} from '../../integration/local-pool/federation/federated-pools.ts';
import { encode, SamlIdentityProvider } from '../../support/saml-identity-provider.ts';

let sp: ServiceProvider;
let idp: SamlIdentityProvider;
beforeAll(async () => {
  sp = await startServiceProvider();
  idp = new SamlIdentityProvider(() => sp.clock.now());
  sp.addProvider({ name: 'Corp', type: 'SAML', details: { MetadataFile: idp.metadata() } });
});
afterAll(() => sp.close());

/** Nested elements, each with a namespace of its own: reading them takes time by the square of their number. */
function namespaces(count: number): string {
  const open = Array.from({ length: count }, (_, index) => `<a xmlns:n${index}="u">`);
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">${open.join('')}${'</a>'.repeat(count)}</samlp:Response>`;
}

describe('a SAML response that is long to read', () => {
  it('is refused by its size, before it is read', async () => {
    const browser = sp.browse();
    const request = idp.read((await browser.get(sp.authorizeUrl({ identity_provider: 'Corp' }))).location);
    const visit = await browser.post(request.acsUrl, {
      SAMLResponse: encode(namespaces(8_000)),
      RelayState: request.relayState,
    });
    expect(visit.status).toBe(413);
  });

  it('is judged by what it says up to a hundred kilobytes', async () => {
    const browser = sp.browse();
    const request = idp.read((await browser.get(sp.authorizeUrl({ identity_provider: 'Corp' }))).location);
    const SAMLResponse = encode(namespaces(3_000));
    expect(SAMLResponse.length).toBeGreaterThan(90_000);
    const visit = await browser.post(request.acsUrl, { SAMLResponse, RelayState: request.relayState });
    expect(visit.location.searchParams.get('error')).toBe('invalid_request');
  });

  it('of a person in hundreds of groups is read', async () => {
    const browser = sp.browse();
    const request = idp.read((await browser.get(sp.authorizeUrl({ identity_provider: 'Corp' }))).location);
    const groups = Array.from(
      { length: 400 },
      (_, index) => `CN=Group ${index},OU=Groups,DC=corp,DC=example`,
    );
    const visit = await browser.post(request.acsUrl, idp.answer(request, { attributes: { groups } }));
    expect(visit.location.searchParams.has('code')).toBe(true);
  });
});
