import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { text } from '../aws-json/shapes.ts';
import { changeAppClient, changeUserPool } from '../configuration/find-document.ts';
import type { UiCustomizationDocument } from '../configuration/user-pool-document.ts';
import { BlobType, ClientIdType, UserPoolIdType } from './shapes.ts';
import { ALL_CLIENTS, uiCustomizationType } from './ui-customization-type.ts';

/** Characters of base64 for 128 KiB. */
const LARGEST_IMAGE = Math.ceil((128 * 1024) / 3) * 4;

/** Kept and given back: the local pages have a look of their own (Cognito: SetUICustomization). */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    ClientId: ClientIdType.optional(),
    CSS: text({ max: 131_072 }).optional(),
    ImageFile: BlobType.max(LARGEST_IMAGE).optional(),
  }),
  (pool, { UserPoolId, ClientId = ALL_CLIENTS, CSS, ImageFile }) => {
    const now = pool.clock.now();
    const customise = <Document extends { uiCustomization?: UiCustomizationDocument }>(
      document: Document,
    ) => ({
      ...document,
      uiCustomization: {
        ...(CSS !== undefined && { css: CSS }),
        ...(ImageFile !== undefined && { image: ImageFile }),
        createdAt: document.uiCustomization?.createdAt ?? now,
        modifiedAt: now,
      },
    });
    const { document } =
      ClientId === ALL_CLIENTS
        ? changeUserPool(pool, UserPoolId, customise)
        : changeAppClient(pool, UserPoolId, ClientId, customise);
    return { UICustomization: uiCustomizationType(UserPoolId, ClientId, document.uiCustomization) };
  },
);
