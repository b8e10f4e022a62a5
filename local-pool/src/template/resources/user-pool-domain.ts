import { z } from 'zod';
import type { UserPoolDomainDocument } from '../../configuration/user-pool-document.ts';
import { count, userPoolId } from '../property-types.ts';

/** A prefix domain; the local pool serves its pages under the user pool's ID instead. */
export const userPoolDomainProperties = z.strictObject({
  Domain: z
    .string()
    .regex(
      /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
      'must be a prefix of lower-case letters, digits and hyphens',
    ),
  UserPoolId: userPoolId,
  ManagedLoginVersion: count.pipe(z.union([z.literal(1), z.literal(2)])).default(1),
});

export function domainDocumentOf({
  Domain,
  ManagedLoginVersion,
}: z.infer<typeof userPoolDomainProperties>): UserPoolDomainDocument {
  return { name: Domain, managedLoginVersion: ManagedLoginVersion };
}
