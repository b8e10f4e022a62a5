import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { deleteAttributes } from '../model/update-attributes.ts';
import { requireNamedUser } from './authorisation.ts';
import { AttributeNameListType, namedUserMembers } from './shapes.ts';

/** Removes attributes of a user (Cognito: AdminDeleteUserAttributes). */
export const operation = signedOperation(
  z.object({ ...namedUserMembers, UserAttributeNames: AttributeNameListType }),
  (pool, input) => {
    deleteAttributes(pool, requireNamedUser(pool, input), input.UserAttributeNames);
    return {};
  },
);
