import type { VerifiableAttribute } from './user-pool.ts';

/** Where a code went, masked for the page that says so (`CodeDeliveryDetails` on the wire). */
export interface CodeDelivery {
  destination: string;
  deliveryMedium: 'EMAIL' | 'SMS';
  attributeName: VerifiableAttribute;
}

/** Describes a delivery with the address masked: `j***@e***`, `+*******0100`. */
export function describeDelivery(attributeName: VerifiableAttribute, value: string): CodeDelivery {
  return attributeName === 'email'
    ? { destination: maskEmail(value), deliveryMedium: 'EMAIL', attributeName }
    : { destination: `+*******${value.slice(-4)}`, deliveryMedium: 'SMS', attributeName };
}

function maskEmail(email: string): string {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  return `${email.slice(0, 1)}***@${domain.slice(0, 1)}***`;
}
