import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { updateAttributes } from '../model/update-attributes.ts';
import { requireAccessToken } from './authorisation.ts';
import { AttributeListType, ClientMetadataType, TokenModelType } from './shapes.ts';
import { attributeRecord, codeDeliveryDetails } from './user-type.ts';

/** Changes attributes of the token's user that its client may write (Cognito: UpdateUserAttributes). */
export const operation = publicOperation(
  z.object({
    UserAttributes: AttributeListType,
    AccessToken: TokenModelType,
    ClientMetadata: ClientMetadataType.optional(),
  }),
  async (pool, input) => {
    const { userPool, client, user } = await requireAccessToken(pool, input.AccessToken);
    const deliveries = await updateAttributes(pool, {
      userPool,
      client,
      user,
      attributes: attributeRecord(input.UserAttributes),
      clientMetadata: input.ClientMetadata,
    });
    return { CodeDeliveryDetailsList: deliveries.map(codeDeliveryDetails) };
  },
);
