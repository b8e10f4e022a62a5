import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { sendAttributeCode } from '../model/verify-attribute.ts';
import { requireAccessToken } from './authorisation.ts';
import { AttributeNameType, ClientMetadataType, TokenModelType } from './shapes.ts';
import { codeDeliveryDetails } from './user-type.ts';

/** Sends a code with which the token's user verifies an address (Cognito: GetUserAttributeVerificationCode). */
export const operation = publicOperation(
  z.object({
    AccessToken: TokenModelType,
    AttributeName: AttributeNameType,
    ClientMetadata: ClientMetadataType.optional(),
  }),
  async (pool, input) => {
    const { userPool, client, user } = await requireAccessToken(pool, input.AccessToken);
    const verification = { userPool, client, user, attribute: input.AttributeName };
    const delivery = await sendAttributeCode(pool, verification, input.ClientMetadata);
    return { CodeDeliveryDetails: codeDeliveryDetails(delivery) };
  },
);
