import { generateKeyPairSync, sign } from 'node:crypto';

export interface SelfSignedCertificate {
  /** PKCS #8 in PEM. */
  privateKey: string;
  /** DER of an X.509 certificate in base64. */
  certificate: string;
}

/** One DER value: tag, length, content (X.690 section 8.1). */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const header =
    length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(header), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const RSA_SHA256 = sequence(Buffer.from('06092a864886f70d01010b', 'hex'), der(0x05));
const COMMON_NAME = Buffer.from('0603550403', 'hex');

/** A fresh RSA key in a certificate that it signed itself, good until 2049 (RFC 5280 section 4.1). */
export function selfSignedCertificate(name: string): SelfSignedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const subject = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(name)))));
  const validity = sequence(...['200101000000Z', '491231235959Z'].map((time) => der(0x17, Buffer.from(time))));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const body = sequence(der(0x02, Buffer.from([1])), RSA_SHA256, subject, validity, subject, spki);
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: sequence(body, RSA_SHA256, signature).toString('base64'),
  };
}
