import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { list } from '../aws-json/shapes.ts';
import { requireIdentityPoolByArn } from '../identity-pool/find.ts';
import { putIdentityPool } from '../store/identity-pools.ts';
import { ARNString, TagKeysType } from './shapes.ts';

/** Takes tags from an identity pool (Cognito Federated Identities: UntagResource). */
export const operation = signedOperation(
  z.object({ ResourceArn: ARNString, TagKeys: list(TagKeysType) }),
  (pool, input) => {
    const identityPool = requireIdentityPoolByArn(pool, input.ResourceArn);
    const kept = Object.entries(identityPool.tags).filter(([key]) => !input.TagKeys.includes(key));
    putIdentityPool(pool, { ...identityPool, tags: Object.fromEntries(kept) });
    return {};
  },
);
