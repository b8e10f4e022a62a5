import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import type { Group } from '../model/group.ts';
import { fromList, page } from '../model/page.ts';
import { listGroupsOfUser } from '../store/groups.ts';
import { requireUser, requireUserPool } from './authorisation.ts';
import { groupType } from './group-type.ts';
import { PaginationKey, QueryLimitType, UsernameType, UserPoolIdType } from './shapes.ts';

const nameOf = ({ name }: Group): string => name;

/** Cognito: AdminListGroupsForUser. */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    Username: UsernameType,
    Limit: QueryLimitType.optional(),
    NextToken: PaginationKey.optional(),
  }),
  (pool, { UserPoolId, Username, Limit, NextToken }) => {
    const user = requireUser(pool, requireUserPool(pool, UserPoolId), Username);
    const groups = listGroupsOfUser(pool, UserPoolId, user.sub);
    const request = { limit: Limit, most: 60, token: NextToken };
    const { items, nextToken } = page(fromList(groups, nameOf), nameOf, request);
    return { Groups: items.map(groupType), NextToken: nextToken };
  },
);
