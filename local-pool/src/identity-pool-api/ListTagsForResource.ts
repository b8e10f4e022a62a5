import { z } from 'zod';
import { signedOperation } from '../aws-json/operation.ts';
import { requireIdentityPoolByArn } from '../identity-pool/find.ts';
import { ARNString } from './shapes.ts';

/** The tags of an identity pool (Cognito Federated Identities: ListTagsForResource). */
export const operation = signedOperation(z.object({ ResourceArn: ARNString }), (pool, input) => ({
  Tags: requireIdentityPoolByArn(pool, input.ResourceArn).tags,
}));
