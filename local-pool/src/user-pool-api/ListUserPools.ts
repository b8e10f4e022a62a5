import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { integer } from '../aws-json/shapes.ts';
import { fromList, page } from '../model/page.ts';
import { listUserPoolDocuments, type StoredUserPool } from '../store/user-pools.ts';
import { PaginationKey } from './shapes.ts';
import { userPoolDescription } from './user-pool-type.ts';

const idOf = ({ document }: StoredUserPool): string => document.id;

/** Cognito: ListUserPools. */
export const operation = signedOperation(
  z.object({ MaxResults: integer({ min: 1, max: 60 }), NextToken: PaginationKey.optional() }),
  (pool, { MaxResults, NextToken }) => {
    const all = listUserPoolDocuments(pool);
    const request = { limit: MaxResults, most: 60, token: NextToken };
    const { items, nextToken } = page(fromList(all, idOf), idOf, request);
    return { UserPools: items.map(userPoolDescription), NextToken: nextToken };
  },
);
