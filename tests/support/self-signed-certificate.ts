import { generateKeyPairSync } from 'node:crypto';
import { selfSignedCertificate as certificateOf } from '../../local-pool/src/federation/saml/certificate.ts';

export interface SelfSignedCertificate {
  /** PKCS #8 in PEM. */
  privateKey: string;
  /** DER of an X.509 certificate in base64. */
  certificate: string;
}

/** A fresh RSA key in a certificate that it signed itself. */
export function selfSignedCertificate(name: string): SelfSignedCertificate {
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const privateKey = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const validity = { from: Date.UTC(2020, 0), until: Date.UTC(2060, 0) };
  return { privateKey, certificate: certificateOf(name, privateKey, validity) };
}
