import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireGroup } from '../configuration/configure-group.ts';
import { requireUserPool } from './authorisation.ts';
import { groupType } from './group-type.ts';
import { GroupNameType, UserPoolIdType } from './shapes.ts';

/** Cognito: GetGroup. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, GroupName: GroupNameType }),
  (pool, { UserPoolId, GroupName }) => {
    requireUserPool(pool, UserPoolId);
    return { Group: groupType(requireGroup(pool, UserPoolId, GroupName)) };
  },
);
