import { createPublicKey, sign } from 'node:crypto';

/** One DER value: tag, length, content (X.690 section 8.1). */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const header =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(header), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const RSA_SHA256 = sequence(Buffer.from('06092a864886f70d01010b', 'hex'), der(0x05));
const COMMON_NAME = Buffer.from('0603550403', 'hex');

/** GeneralizedTime, in whole seconds (RFC 5280 section 4.1.2.5.2). */
const time = (milliseconds: number): Buffer =>
  der(0x18, Buffer.from(`${new Date(milliseconds).toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`));

/**
 * Puts an RSA key into a certificate that it signs itself (RFC 5280 section 4.1). node:crypto reads certificates and
 * makes none.
 * @param privateKey PKCS #8 in PEM
 * @param validity milliseconds since the epoch
 * @returns DER in base64
 */
export function selfSignedCertificate(
  name: string,
  privateKey: string,
  validity: { from: number; until: number },
): string {
  const subject = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(name)))));
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const body = sequence(
    der(0x02, Buffer.from([1])),
    RSA_SHA256,
    subject,
    sequence(time(validity.from), time(validity.until)),
    subject,
    spki,
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  return sequence(body, RSA_SHA256, signature).toString('base64');
}
