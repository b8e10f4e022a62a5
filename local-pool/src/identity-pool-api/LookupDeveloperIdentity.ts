import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { lookUpDeveloperIdentity } from '../identity-pool/developer-identities.ts';
import { requireIdentityPool } from '../identity-pool/find.ts';
import { pageOf, positionOf } from './page.ts';
import { DeveloperUserIdentifier, IdentityId, IdentityPoolId, PaginationKey, QueryLimit } from './shapes.ts';

const LARGEST_PAGE = 60;

/** An identity's developer users, or a developer user's identity (LookupDeveloperIdentity). */
export const operation = signedOperation(
  z.object({
    IdentityPoolId,
    IdentityId: IdentityId.optional(),
    DeveloperUserIdentifier: DeveloperUserIdentifier.optional(),
    MaxResults: QueryLimit.optional(),
    NextToken: PaginationKey.optional(),
  }),
  (pool, input) => {
    const { MaxResults = LARGEST_PAGE } = input;
    const identityPool = requireIdentityPool(pool, input.IdentityPoolId);
    const { identity, subjects } = lookUpDeveloperIdentity(pool, identityPool, {
      identityId: input.IdentityId,
      subject: input.DeveloperUserIdentifier,
    });
    const position = positionOf(input.NextToken);
    const rest = subjects.filter((subject) => subject > position);
    const { page, next } = pageOf(rest, MaxResults, (subject) => subject);
    return { IdentityId: identity.id, DeveloperUserIdentifierList: page, ...next };
  },
);
