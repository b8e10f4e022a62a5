import type { UiCustomizationDocument } from '../configuration/user-pool-document.ts';
import { timestamp } from './user-type.ts';

/** Stands for every app client that has no look of its own. */
export const ALL_CLIENTS = 'ALL';

/** API reference: UICustomizationType. The image, which AWS serves from a distribution, is in its URL. */
export function uiCustomizationType(
  UserPoolId: string,
  ClientId: string,
  document: UiCustomizationDocument | undefined,
) {
  if (!document) return { UserPoolId, ClientId };
  const { css, image, createdAt, modifiedAt } = document;
  return {
    UserPoolId,
    ClientId,
    ...(image !== undefined && { ImageUrl: `data:image/*;base64,${image}` }),
    ...(css !== undefined && { CSS: css, CSSVersion: String(modifiedAt) }),
    CreationDate: timestamp(createdAt),
    LastModifiedDate: timestamp(modifiedAt),
  };
}
