import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { listIdentityPools } from '../store/identity-pools.ts';
import { pageOf, positionOf } from './page.ts';
import { PaginationKey, QueryLimit } from './shapes.ts';

/** IDs and names of the identity pools (Cognito Federated Identities: ListIdentityPools). */
export const operation = signedOperation(
  z.object({ MaxResults: QueryLimit, NextToken: PaginationKey.optional() }),
  (pool, { MaxResults, NextToken }) => {
    const found = listIdentityPools(pool, positionOf(NextToken), MaxResults + 1);
    const { page, next } = pageOf(found, MaxResults, ({ id }) => id);
    return {
      IdentityPools: page.map(({ id, name }) => ({ IdentityPoolId: id, IdentityPoolName: name })),
      ...next,
    };
  },
);
