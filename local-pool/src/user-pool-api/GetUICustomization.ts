import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireAppClientDocument, requireUserPoolDocument } from '../configuration/find-document.ts';
import { ClientIdType, UserPoolIdType } from './shapes.ts';
import { ALL_CLIENTS, uiCustomizationType } from './ui-customization-type.ts';

/** A client without a look of its own has that of all clients (Cognito: GetUICustomization). */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, ClientId: ClientIdType.optional() }),
  (pool, { UserPoolId, ClientId = ALL_CLIENTS }) => {
    const forAll = requireUserPoolDocument(pool, UserPoolId).document.uiCustomization;
    const own =
      ClientId === ALL_CLIENTS
        ? undefined
        : requireAppClientDocument(pool, UserPoolId, ClientId).document.uiCustomization;
    return { UICustomization: uiCustomizationType(UserPoolId, ClientId, own ?? forAll) };
  },
);
