import { isoCBOR } from '@simplewebauthn/server/helpers';
import { describe, expect, it } from 'vitest';
import { isOriginOf, readClientData } from '../../../local-pool/src/model/web-authn.ts';
import {
  hasNoCertificates,
  readAuthenticationResponse,
  readRegistrationResponse,
} from '../../../local-pool/src/model/web-authn-response.ts';

describe('the origins of a relying party', () => {
  it.each([
    ['localhost', 'http://localhost:3000', true],
    ['localhost', 'https://localhost', true],
    ['example.com', 'https://example.com', true],
    ['example.com', 'https://auth.example.com:8443', true],
    ['example.com', 'https://badexample.com', false],
    ['example.com', 'https://example.com.evil.test', false],
    ['example.com', 'https://evil.test/example.com', false],
    ['example.com', 'https://example.com@evil.test', false],
    ['example.com', 'https://example.com/', false],
    ['auth.example.com', 'https://example.com', false],
    ['localhost', 'ftp://localhost', false],
    ['localhost', 'android:apk-key-hash:x', false],
    ['localhost', 'null', false],
    ['localhost', '', false],
  ])('%s and %s: %s', (relyingPartyId, origin, belongs) => {
    expect(isOriginOf(relyingPartyId, origin)).toBe(belongs);
  });
});

describe('what a browser sends', () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const common = { id: 'AQ', rawId: 'AQ', type: 'public-key' };

  it('is read as client data, or not at all', () => {
    const data = { type: 'webauthn.get', challenge: 'AQ', origin: 'http://localhost' };
    expect(readClientData(encode(data))).toEqual(data);
    for (const other of [null, 'text', [], { ...data, origin: 1 }, { type: 'webauthn.get' }])
      expect(readClientData(encode(other))).toBeUndefined();
    expect(readClientData('AAAA')).toBeUndefined();
  });

  it('is read as a registration, or not at all', () => {
    const response = { clientDataJSON: 'AQ', attestationObject: 'AQ', transports: ['usb'] };
    const read = readRegistrationResponse({ ...common, response, authenticatorAttachment: 'no such thing' });
    expect(read).toEqual({ ...common, response, clientExtensionResults: {} });
    for (const other of [
      null,
      {},
      common,
      { ...common, response: { clientDataJSON: 'A?' } },
      { ...common, id: '' },
    ])
      expect(readRegistrationResponse(other)).toBeUndefined();
  });

  it('is read as an assertion, or not at all', () => {
    const response = { clientDataJSON: 'AQ', authenticatorData: 'AQ', signature: 'AQ', userHandle: null };
    const read = readAuthenticationResponse(JSON.stringify({ ...common, response }));
    expect(read).toMatchObject({ ...common, response: { signature: 'AQ' } });
    expect(read?.response.userHandle).toBeUndefined();
    for (const other of ['', '{', 'null', '[]', JSON.stringify(common)])
      expect(readAuthenticationResponse(other)).toBeUndefined();
  });
});

describe('an attestation', () => {
  const encode = (fmt: string, attStmt: [string, unknown][]) => {
    const attestation = new Map<string, unknown>([
      ['fmt', fmt],
      ['attStmt', new Map(attStmt)],
      ['authData', new Uint8Array(37)],
    ]);
    return Buffer.from(isoCBOR.encode(attestation as never)).toString('base64url');
  };
  const certificates: [string, unknown] = ['x5c', [new Uint8Array([1])]];

  it.each([
    ['none', encode('none', []), true],
    ['packed, by the key itself', encode('packed', [['alg', -7]]), true],
    ['packed, with certificates', encode('packed', [['alg', -7], certificates]), false],
    [
      'android-key, whose certificates say where to ask whether they are revoked',
      encode('android-key', [certificates]),
      false,
    ],
    ['garbage', 'AAAA', false],
  ])('of the kind %s', (_name, encoded, accepted) => {
    expect(hasNoCertificates(encoded)).toBe(accepted);
  });
});
