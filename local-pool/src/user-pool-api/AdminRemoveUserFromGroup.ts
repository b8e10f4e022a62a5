import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireGroup } from '../configuration/configure-group.ts';
import { removeGroupMember } from '../store/groups.ts';
import { requireUser, requireUserPool } from './authorisation.ts';
import { GroupNameType, UsernameType, UserPoolIdType } from './shapes.ts';

/** Cognito: AdminRemoveUserFromGroup. */
export const operation = signedOperation(
  z.object({ UserPoolId: UserPoolIdType, Username: UsernameType, GroupName: GroupNameType }),
  (pool, { UserPoolId, Username, GroupName }) => {
    const user = requireUser(pool, requireUserPool(pool, UserPoolId), Username);
    requireGroup(pool, UserPoolId, GroupName);
    removeGroupMember(pool, UserPoolId, user.sub, GroupName);
    return {};
  },
);
