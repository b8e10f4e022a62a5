import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireIdentityPoolByArn } from '../identity-pool/find.ts';
import { invalidParameter } from '../identity-pool/refusals.ts';
import { putIdentityPool } from '../store/identity-pools.ts';
import { ARNString, IdentityPoolTagsType } from './shapes.ts';

const MOST_TAGS = 50;

/** Adds tags to an identity pool (Cognito Federated Identities: TagResource). */
export const operation = signedOperation(
  z.object({ ResourceArn: ARNString, Tags: IdentityPoolTagsType }),
  (pool, input) => {
    const identityPool = requireIdentityPoolByArn(pool, input.ResourceArn);
    const tags = { ...identityPool.tags, ...input.Tags };
    if (Object.keys(tags).length > MOST_TAGS)
      throw invalidParameter(`An identity pool can have at most ${MOST_TAGS} tags.`);
    putIdentityPool(pool, { ...identityPool, tags });
    return {};
  },
);
