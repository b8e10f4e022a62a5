import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { page } from '../model/page.ts';
import { listGroups } from '../store/groups.ts';
import { requireUserPool } from './authorisation.ts';
import { groupType } from './group-type.ts';
import { PaginationKey, QueryLimitType, UserPoolIdType } from './shapes.ts';

/** Cognito: ListGroups. */
export const operation = signedOperation(
  z.object({
    UserPoolId: UserPoolIdType,
    Limit: QueryLimitType.optional(),
    NextToken: PaginationKey.optional(),
  }),
  (pool, { UserPoolId, Limit, NextToken }) => {
    requireUserPool(pool, UserPoolId);
    const { items, nextToken } = page(
      (after, count) => listGroups(pool, UserPoolId, after, count),
      ({ name }) => name,
      { limit: Limit, most: 60, token: NextToken },
    );
    return { Groups: items.map(groupType), NextToken: nextToken };
  },
);
