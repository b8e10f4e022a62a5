import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { updateAttributes } from '../model/update-attributes.ts';
import { requireNamedUser } from './authorisation.ts';
import { AttributeListType, ClientMetadataType, namedUserMembers } from './shapes.ts';
import { attributeRecord } from './user-type.ts';

/** Changes any attribute of a user but `sub` and immutable ones (Cognito: AdminUpdateUserAttributes). */
export const operation = signedOperation(
  z.object({
    ...namedUserMembers,
    UserAttributes: AttributeListType,
    ClientMetadata: ClientMetadataType.optional(),
  }),
  async (pool, input) => {
    await updateAttributes(pool, {
      ...requireNamedUser(pool, input),
      attributes: attributeRecord(input.UserAttributes),
      clientMetadata: input.ClientMetadata,
    });
    return {};
  },
);
