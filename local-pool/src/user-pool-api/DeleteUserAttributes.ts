import { z } from 'zod';
import { publicOperation } from '../aws-json/operation.ts';
import { deleteAttributes } from '../model/update-attributes.ts';
import { requireAccessToken } from './authorisation.ts';
import { AttributeNameListType, TokenModelType } from './shapes.ts';

/** Removes attributes of the token's user that its client may write (Cognito: DeleteUserAttributes). */
export const operation = publicOperation(
  z.object({ UserAttributeNames: AttributeNameListType, AccessToken: TokenModelType }),
  async (pool, input) => {
    const { userPool, client, user } = await requireAccessToken(pool, input.AccessToken);
    deleteAttributes(pool, { userPool, client, user }, input.UserAttributeNames);
    return {};
  },
);
