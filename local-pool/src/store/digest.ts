import { createHash } from 'node:crypto';

/** SHA-256 in hexadecimal: how the store keeps what must be recognised but never given away. */
export function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
