import { z } from 'zod';
import type { BrandingDocument } from '../../configuration/app-client-document.ts';
import { flag, userPoolId } from '../property-types.ts';

/** The style of a client's managed login pages: that there is one counts, the local pages have their own look. */
export const managedLoginBrandingProperties = z.strictObject({
  UserPoolId: userPoolId,
  ClientId: z.string(),
  UseCognitoProvidedValues: flag.default(false),
  Settings: z.unknown().optional(),
  Assets: z.array(z.unknown()).optional(),
  ReturnMergedResources: flag.optional(),
});

/** @param id what tells it from the client's next style */
export function brandingDocumentOf(
  id: string,
  { UseCognitoProvidedValues, Settings, Assets }: z.infer<typeof managedLoginBrandingProperties>,
): BrandingDocument {
  return {
    id,
    useCognitoProvidedValues: UseCognitoProvidedValues,
    ...(Settings !== undefined && { settings: Settings }),
    ...(Assets && { assets: Assets }),
    createdAt: 0,
    modifiedAt: 0,
  };
}
