import { z } from 'zod';
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

/** The style of a client's managed login pages: that there is one counts, the local pages have their own look. */
export const managedLoginBrandingProperties = z.strictObject({
  UserPoolId: userPoolId,
  ClientId: z.string(),
  UseCognitoProvidedValues: z.union([z.boolean(), z.string()]).optional(),
  Settings: z.unknown().optional(),
  Assets: z.unknown().optional(),
  ReturnMergedResources: z.union([z.boolean(), z.string()]).optional(),
});
