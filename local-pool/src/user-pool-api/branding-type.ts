import { z } from 'zod';
import { list, text } from '../aws-json/shapes.ts';
import type { BrandingDocument } from '../configuration/app-client-document.ts';
import type { BrandingSettings } from '../configuration/configure-branding.ts';
import { BlobType } from './shapes.ts';
import { timestamp } from './user-type.ts';

const AssetType = z.object({
  Category: text({ min: 1 }),
  ColorMode: z.enum(['LIGHT', 'DARK', 'DYNAMIC']),
  Extension: z.enum(['ICO', 'JPEG', 'PNG', 'SVG', 'WEBP']),
  Bytes: BlobType.max(1_000_000).optional(),
  ResourceId: text({ min: 1, max: 40 }).optional(),
});

/** What the operations that make a style take. */
export const brandingInput = {
  UseCognitoProvidedValues: z.boolean().optional(),
  Settings: z.record(z.string(), z.unknown()).optional(),
  Assets: list(AssetType, { max: 40 }).optional(),
};

const wireInput = z.object(brandingInput);

export function brandingSettings(input: z.infer<typeof wireInput>): BrandingSettings {
  const { UseCognitoProvidedValues, Settings, Assets } = input;
  return {
    ...(UseCognitoProvidedValues !== undefined && { useCognitoProvidedValues: UseCognitoProvidedValues }),
    ...(Settings && { settings: Settings }),
    ...(Assets && { assets: Assets }),
  };
}

/** API reference: ManagedLoginBrandingType. */
export function brandingType(UserPoolId: string, branding: BrandingDocument) {
  return {
    ManagedLoginBrandingId: branding.id,
    UserPoolId,
    UseCognitoProvidedValues: branding.useCognitoProvidedValues,
    Settings: branding.settings,
    Assets: branding.assets,
    CreationDate: timestamp(branding.createdAt),
    LastModifiedDate: timestamp(branding.modifiedAt),
  };
}
