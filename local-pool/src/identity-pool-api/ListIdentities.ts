import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireIdentityPool } from '../identity-pool/find.ts';
import { listIdentities } from '../store/identity-pool-identities.ts';
import { identityDescription } from './identity-description.ts';
import { pageOf, positionOf } from './page.ts';
import { IdentityPoolId, PaginationKey, QueryLimit } from './shapes.ts';

/** The identities of a pool, disabled ones too unless they are hidden (Cognito Federated Identities: ListIdentities). */
export const operation = signedOperation(
  z.object({
    IdentityPoolId,
    MaxResults: QueryLimit,
    NextToken: PaginationKey.optional(),
    HideDisabled: z.boolean().optional(),
  }),
  (pool, { IdentityPoolId: id, MaxResults, NextToken, HideDisabled = false }) => {
    requireIdentityPool(pool, id);
    const range = { after: positionOf(NextToken), limit: MaxResults + 1, hideDisabled: HideDisabled };
    const { page, next } = pageOf(listIdentities(pool, id, range), MaxResults, (identity) => identity.id);
    return {
      IdentityPoolId: id,
      Identities: page.map((identity) => identityDescription(pool, identity)),
      ...next,
    };
  },
);
