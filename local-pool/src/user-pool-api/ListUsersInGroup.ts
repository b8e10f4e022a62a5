import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireGroup } from '../configuration/configure-group.ts';
import { page } from '../model/page.ts';
import { listGroupMembers } from '../store/groups.ts';
import { requireUserPool } from './authorisation.ts';
import { GroupNameType, PaginationKey, QueryLimitType, UserPoolIdType } from './shapes.ts';
import { userType } from './user-type.ts';

/** Cognito: ListUsersInGroup. */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    GroupName: GroupNameType,
    Limit: QueryLimitType.optional(),
    NextToken: PaginationKey.optional(),
  }),
  (pool, { UserPoolId, GroupName, Limit, NextToken }) => {
    requireUserPool(pool, UserPoolId);
    requireGroup(pool, UserPoolId, GroupName);
    const { items, nextToken } = page(
      (after, count) => listGroupMembers(pool, UserPoolId, GroupName, after, count),
      ({ sub }) => sub,
      { limit: Limit, most: 60, token: NextToken },
    );
    return { Users: items.map((user) => userType(user)), NextToken: nextToken };
  },
);
