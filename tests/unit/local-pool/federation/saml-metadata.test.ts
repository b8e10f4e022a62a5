import { describe, expect, it } from 'vitest';
import { parseSamlMetadata } from '../../../../local-pool/src/federation/saml/metadata.ts';

const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const post = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';
const key = (certificate: string, use = '') =>
  `<KeyDescriptor${use && ` use="${use}"`}><KeyInfo><X509Data><X509Certificate>${certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`;
const signOn = (binding: string, location = 'https://idp.example.com/sso') =>
  `<SingleSignOnService Binding="${binding}" Location="${location}"/>`;
const document = (content: string) =>
  `<EntityDescriptor entityID="urn:idp"><IDPSSODescriptor>${content}</IDPSSODescriptor></EntityDescriptor>`;
const parse = (xml: string) => parseSamlMetadata({ name: 'Corp' }, xml);

describe('SAML metadata', () => {
  it('gives entity, service and every certificate that may sign', async () => {
    const keys = key('AAAA\n  BBBB', 'signing') + key('CCCC') + key('DDDD', 'encryption');
    expect(await parse(document(keys + signOn(post, 'https://x') + signOn(redirect)))).toEqual({
      entityId: 'urn:idp',
      singleSignOnUrl: 'https://idp.example.com/sso',
      certificates: ['AAAABBBB', 'CCCC'],
    });
  });

  it.each([
    ['only a key for encryption', key('A', 'encryption') + signOn(redirect), /no signing certificate/],
    ['no key', signOn(redirect), /no signing certificate/],
    ['no service by HTTP-Redirect', key('A') + signOn(post), /HTTP-Redirect/],
    ['no service', key('A'), /describes no SAML identity provider/],
    ['a service on plain http', key('A') + signOn(redirect, 'http://idp.example.com'), /https/],
    ['a service that is a script', key('A') + signOn(redirect, 'javascript:alert(1)'), /https/],
  ])('with %s is refused', async (_, content, message) => {
    await expect(parse(document(content))).rejects.toThrow(message);
  });

  it.each(['', 'text', '<a', '<a/>', '<EntityDescriptor/>', '{"json":1}'])('%j is none', async (xml) => {
    await expect(parse(xml)).rejects.toThrow('Corp: the metadata describes no SAML identity provider');
  });
});
